import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.custom_fields import define_custom_field
from core.importing import import_file
from core.models import Notice
from customers.imports import CUSTOMERS, LEADS
from customers.models import Customer, Lead
from customers.tests.factories import make_customer, make_lead, make_source

pytestmark = pytest.mark.django_db
HEAD = "客户名称,手机,客户类型,省份,城市,统一社会信用代码,代码不合标准的原因,身份证号,来源"
ROWS = (
    "鸿运出租,13904510001,出租公司,黑龙江,哈尔滨,91110000600037341L,,,车展",
    "刘洋,１３９ 0451 0002,个人,,,,,11010519491231002X,",
)


def run(importer, *lines: str, by, **options):
    file = SimpleUploadedFile("rows.csv", "\n".join(lines).encode("gb18030"))
    return import_file(importer, file, by=by, options=options)


def messages(report) -> list[str]:
    return [f"{error.row}: {error.message}" for error in report.errors]


def test_customers_come_from_a_file_with_everything_the_form_would_check(manager):
    make_source(name="车展")
    report = run(CUSTOMERS, HEAD, *ROWS, by=manager)
    assert (messages(report), report.created, report.skipped) == ([], 2, 0)
    company, person = Customer.objects.order_by("pk")
    assert (company.kind, company.division, company.source.name, company.unit) == (
        "taxi",
        "230100",
        "车展",
        manager.unit,
    )
    assert (person.phone, person.kind, person.owner) == ("13904510002", "person", manager)
    assert Customer.objects.with_id_number("11010519491231002X").get() == person
    assert company.number.startswith("KH-") and company.number != person.number
    assert company.name_pinyin == "hong yun chu zu"


def test_the_same_file_again_changes_nothing(manager):
    make_source(name="车展")
    run(CUSTOMERS, HEAD, *ROWS, by=manager)
    for twins in ("skip", "update"):
        report = run(CUSTOMERS, HEAD, *ROWS, by=manager, twins=twins)
        assert (report.created, report.updated, report.skipped) == (0, 0, 2)
    assert Customer.objects.count() == 2


def test_twins_are_left_or_updated_as_chosen_and_empty_cells_change_nothing(manager):
    known = make_customer(owner=manager, name="鸿运", phone="13904510001", city="哈尔滨", kind="taxi")
    line = "鸿运出租集团,13904510001,,,,,,,"
    assert run(CUSTOMERS, HEAD, line, by=manager).skipped == 1
    known.refresh_from_db()
    assert known.name == "鸿运"
    assert run(CUSTOMERS, HEAD, line, by=manager, twins="update").updated == 1
    known.refresh_from_db()
    assert known.kind == "taxi"
    assert (known.name, known.city, "鸿运出租集团" in known.search_text) == ("鸿运出租集团", "哈尔滨", True)


def test_a_customer_of_another_unit_is_no_twin_and_is_not_touched(manager, manager2):
    foreign = make_customer(owner=manager2, phone="13904510001")
    assert run(CUSTOMERS, HEAD, ROWS[1].replace("0002", "0001"), by=manager, twins="update").created == 1
    before = foreign.name
    foreign.refresh_from_db()
    assert foreign.name == before


def test_a_row_that_stands_twice_in_the_file_is_entered_once(manager):
    report = run(CUSTOMERS, HEAD, ROWS[1], ROWS[1], by=manager, twins="update")
    assert (report.created, report.skipped, Customer.objects.count()) == (1, 1, 1)


def test_what_is_wrong_is_named_by_row_and_nothing_is_saved(manager):
    wrong = (
        "无电话,12345,,,,,,,",
        "错代码,13904510003,,,,91230100127040288N,,,",
        "错证件,13904510004,,,,,,110105194912310021,",
        "无来源,13904510005,,,,,,,不存在",
        "错类型,13904510006,火星,,,,,,",
    )
    report = run(CUSTOMERS, HEAD, *wrong, "好的,13904510007,,,,91230100127040288N,执照原件如此,,", by=manager)
    assert sorted(error.row for error in report.errors) == [2, 3, 4, 5, 6]
    assert not Customer.objects.exists()


def test_leads_come_from_a_file_and_twins_are_those_open_in_the_unit(manager, manager2):
    make_source(name="车展")
    make_lead(owner=manager, unit=manager.unit, phone="13904510001")
    make_lead(owner=manager2, unit=manager2.unit, phone="13904510002")
    lines = [f"线索{number},1390451000{number},哈尔滨,车展,h" for number in range(1, 4)]
    report = run(LEADS, "姓名,手机,城市,来源,级别", *lines, by=manager)
    assert (messages(report), report.created, report.skipped) == ([], 2, 1)
    lead = Lead.objects.get(name="线索3")
    assert (lead.status, lead.owner, lead.recorded_by, lead.intent_level) == ("new", None, manager, "h")
    assert lead.next_contact_on is not None


def test_a_managers_decision_is_asked_for_leads_that_another_dealer_has_under_protection(dealer, dealer2, director):
    make_source(name="车展")
    held = [make_lead(owner=dealer2, unit=dealer2.unit, phone=f"1390451000{number}") for number in (1, 2)]
    lines = [f"线索{number},1390451000{number},哈尔滨,车展" for number in range(1, 4)]
    assert run(LEADS, "姓名,手机,城市,来源", *lines, by=dealer).created == 3
    found = Lead.objects.filter(recorded_by=dealer).order_by("pk")
    assert [(lead.status, lead.contests) for lead in found] == [
        ("contested", held[0]), ("contested", held[1]), ("new", None)
    ]  # fmt: skip
    notice = Notice.objects.get(user=director)
    assert "2" in notice.text and dealer2.unit.name in notice.text


def test_custom_fields_are_columns_of_the_file(manager, sysadmin):
    for name, kind, choices in (
        ("fleet", "number", []), ("since", "date", []), ("tender", "yes_no", []), ("fuel", "choice", ["油", "电"]),
        ("used", "multiple_choice", ["城市", "长途"]), ("nick", "text", []),
    ):  # fmt: skip
        define_custom_field(
            by=sysadmin, model_label="customers.customer", name=name, label=f"栏{name}", kind=kind, choices=choices
        )
    head = "客户名称,手机,栏fleet,栏since,栏tender,栏fuel,栏used,栏nick"
    report = run(CUSTOMERS, head, '鸿运,13904510001,"1,200",2020年5月1日,是,电,城市、长途,老王', by=manager)
    assert messages(report) == []
    assert Customer.objects.get().extra == {
        "fleet": 1200, "since": "2020-05-01", "tender": True, "fuel": "电", "used": ["城市", "长途"], "nick": "老王",
    }  # fmt: skip
    wrong = run(CUSTOMERS, head, "鸿运,13904510002,很多,昨天,也许,煤,水上,", by=manager)
    assert len(wrong.errors) == 5


def test_managers_import_and_others_do_not(client, manager, sales1, finance):
    for person, code in ((manager, 200), (sales1, 403), (finance, 403)):
        client.force_login(person)
        for name in ("customers", "leads"):
            assert client.get(reverse("imports:upload", args=[name])).status_code == code
            assert client.get(reverse("imports:template", args=[name])).status_code == code
    client.force_login(manager)
    assert (
        reverse("imports:upload", args=["customers"]) in client.get(reverse("customers:customer_list")).content.decode()
    )


@pytest.mark.slow
def test_ten_thousand_rows_take_few_statements(manager, django_assert_max_num_queries):
    lines = [f"客户{number},139{number:08d},,,,,,," for number in range(10_000)]
    with django_assert_max_num_queries(120):
        report = run(CUSTOMERS, HEAD, *lines, by=manager)
    assert (report.created, messages(report)) == (10_000, [])
