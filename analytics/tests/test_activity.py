"""The statistics page: what each person did, in the rights of whoever looks."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from analytics.activity import same_days_last_year
from analytics.ranks import dense_ranks
from core.models import ExportLog
from core.periods import SHANGHAI, period_of
from customers.actions import record_contact, record_milestone, share_customer
from customers.tests.factories import make_contactrecord, make_customer
from users.access import Role
from users.models import User
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/analytics/activity/"


def call(owner: User, day: date, times: int = 1, kind: str = "call") -> None:
    at = datetime.combine(day, datetime.min.time(), tzinfo=SHANGHAI)
    for _ in range(times):
        make_contactrecord(owner=owner, unit=owner.unit, at=at, kind=kind)


def line_of(page, name: str):
    return next(line for line, _contacts in page.context["lines"] if line.name == name)


@pytest.mark.parametrize(
    ("reader", "people", "contacts"),
    [
        ("sales1", {"李雪梅"}, 3),
        ("manager", {"李雪梅", "张伟", "王建国", "赵文斌", "孙立新"}, 5),
        ("dealer", {"赵文斌", "孙立新"}, 2),
        ("dealer_sales", {"孙立新"}, 2),
    ],
)
def test_each_reader_finds_his_people_and_the_sum_of_their_rows(client, cast, reader, people, contacts):
    day = date(2026, 10, 15)
    call(cast["sales1"], day, 3)
    call(cast["dealer_sales"], day, 2, "visit")
    call(cast["manager2"], day, 7)
    client.force_login(cast[reader])
    page = client.get(PAGE, {"period": "2026-10"})
    found = page.context["found"]
    assert {line.name for line in found.lines} == people
    total = next(total for total in found.totals if total.figure.name == "contacts")
    assert total.value == sum(line.values["contacts"] for line in found.lines) == contacts
    for line in found.lines:
        for shown in line.shown:
            if shown.value:
                assert client.get(shown.url).context["page"].count == shown.value


def test_finance_does_not_see_the_work_of_salespeople(client, cast):
    client.force_login(cast["finance"])
    assert client.get(PAGE).status_code == 403


def test_the_name_leads_to_the_contact_log(client, cast):
    call(cast["sales1"], date(2026, 10, 15), 2)
    call(cast["sales2"], date(2026, 10, 15))
    client.force_login(cast["manager"])
    page = client.get(PAGE, {"period": "2026-10"})
    (url,) = [contacts for line, contacts in page.context["lines"] if line.name == "李雪梅"]
    assert client.get(url).context["page"].count == 2


def test_equal_figures_share_a_rank_and_a_heading_sorts(client, cast):
    call(cast["sales1"], date(2026, 10, 15), 2, "visit")
    call(cast["sales2"], date(2026, 10, 15), 2, "call")
    call(cast["dealer"], date(2026, 10, 15), 1, "call")
    client.force_login(cast["manager"])
    page = client.get(PAGE, {"period": "2026-10"})
    assert [line_of(page, name).rank for name in ("李雪梅", "张伟", "赵文斌", "孙立新")] == [1, 1, 2, 3]
    page = client.get(PAGE, {"period": "2026-10", "sort": "contacts_call"})
    assert [line.name for line, _contacts in page.context["lines"]][:2] == ["张伟", "赵文斌"]
    assert client.get(PAGE, {"sort": "no such figure"}).status_code == 200


def test_dense_ranks_skip_no_place():
    assert dense_ranks({"a": 5, "b": 7, "c": 5, "d": 0}) == {"b": 1, "a": 2, "c": 2, "d": 3}


def test_totals_are_compared_with_the_period_and_the_year_before(client, cast):
    for day, times in ((date(2026, 10, 15), 6), (date(2026, 9, 15), 4), (date(2025, 10, 15), 3)):
        call(cast["sales1"], day, times)
    client.force_login(cast["manager"])
    total = client.get(PAGE, {"period": "2026-10"}).context["found"].totals
    contacts = next(one for one in total if one.figure.name == "contacts")
    assert (contacts.change, contacts.year_change) == (0.5, 1.0)


def test_a_running_month_is_compared_with_as_many_days():
    period = same_days_last_year(period_of("month", date(2026, 11, 10)), date(2026, 11, 10))
    assert (period.start, period.end) == (date(2025, 11, 1), date(2025, 11, 11))


@pytest.mark.parametrize("kind", ["day", "week", "month", "quarter"])
def test_the_period_is_switched_and_kept_in_the_links(client, cast, kind):
    client.force_login(cast["manager"])
    today = timezone.localdate()
    page = client.get(PAGE, {"period": f"{period_of(kind, today)}"})
    assert page.context["found"].period == period_of(kind, today)
    former = client.get(page.context["former"]).context["found"].period
    assert former == period_of(kind, today).previous()
    assert not page.context["later"]


@pytest.mark.parametrize("query", [{"period": "2199-01"}, {"period": "' OR 1=1"}, {"period": "2026-13"}])
def test_a_period_that_cannot_be_read_is_the_present_month(client, cast, query):
    client.force_login(cast["manager"])
    assert client.get(PAGE, query).context["found"].period == period_of("month", timezone.localdate())


def test_a_unit_narrows_and_a_strange_one_is_refused(client, cast):
    call(cast["dealer_sales"], date(2026, 10, 15))
    client.force_login(cast["manager"])
    page = client.get(PAGE, {"period": "2026-10", "unit": cast["dealer"].unit_id})
    assert {line.name for line, _contacts in page.context["lines"]} == {"赵文斌", "孙立新"}
    assert client.get(PAGE, {"unit": cast["dealer2"].unit_id}).status_code == 400


def test_somebody_who_left_keeps_his_line_while_he_has_figures(client, cast):
    call(cast["sales2"], date(2026, 10, 15))
    User.objects.filter(pk=cast["sales2"].pk).update(is_active=False)
    client.force_login(cast["manager"])
    assert line_of(client.get(PAGE, {"period": "2026-10"}), "张伟").values["contacts"] == 1
    names = {line.name for line, _contacts in client.get(PAGE, {"period": "2026-09"}).context["lines"]}
    assert "张伟" not in names


def test_a_customer_that_was_shared_does_not_bring_a_part_of_a_colleagues_work(client, cast):
    day = datetime(2026, 10, 15, tzinfo=SHANGHAI)
    customer = make_customer(owner=cast["sales2"])
    make_contactrecord(customer=customer, at=day)
    tomorrow = timezone.localdate() + timedelta(days=1)
    share_customer(customer.pk, by=cast["sales2"], person=cast["sales1"], until=tomorrow, access="read")
    client.force_login(cast["sales1"])
    found = client.get(PAGE, {"period": "2026-10"}).context["found"]
    assert [(line.name, line.values["contacts"]) for line in found.lines] == [("李雪梅", 0)]


def test_two_people_at_one_customer_are_one_customer_in_the_total_and_orders_are_no_contacts(client, cast):
    day = datetime(2026, 10, 15, tzinfo=SHANGHAI)
    customer = make_customer(owner=cast["sales1"])
    for person in (cast["sales1"], cast["sales2"]):
        record_contact(by=person, customer=customer, kind="visit", summary="询问路宝现车", at=day)
    place = {"owner": cast["sales1"], "unit": cast["sales1"].unit, "at": day}
    record_milestone(customer.pk, kind="order", source_key="order:7", text="DD-2026-0007", **place)
    client.force_login(cast["manager"])
    page = client.get(PAGE, {"period": "2026-10"})
    assert {total.figure.name: total.value for total in page.context["found"].totals}["customers_followed"] == 1
    values = line_of(page, "李雪梅").values
    assert (values["contacts"], values["customers_followed"]) == (1, 1)
    shown = next(one for one in line_of(page, "李雪梅").shown if one.figure.name == "contacts")
    assert client.get(shown.url).context["page"].count == 1


def test_the_workbook_holds_what_the_page_shows(client, cast):
    call(cast["sales1"], date(2026, 10, 15), 2)
    client.force_login(cast["manager"])
    answer = client.get(reverse("analytics:activity_workbook"), {"period": "2026-10"})
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    contacts = rows[0].index("联系次数")
    assert {row[1]: row[contacts] for row in rows[1:]}["李雪梅"] == 2
    assert {row[1]: row[contacts] for row in rows[1:]}["合计"] == 2
    assert ExportLog.objects.get().row_count == 5


def test_the_page_costs_the_same_for_more_people(client, cast, django_assert_max_num_queries):
    client.force_login(cast["manager"])
    client.get(PAGE)
    for _ in range(8):
        make_user(unit=cast["manager"].unit, roles=[Role.SALESMAN])
    with django_assert_max_num_queries(46):
        assert len(client.get(PAGE).context["lines"]) == 13
