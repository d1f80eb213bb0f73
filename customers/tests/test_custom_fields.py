import pytest
from django.urls import reverse

from core.custom_fields import define_custom_field
from customers.models import Customer
from customers.tests.factories import make_customer

pytestmark = pytest.mark.django_db
FIELDS = {
    "nick": ("text", [], "老王"),
    "fleet": ("number", [], 1200),
    "since": ("date", [], "2020-05-01"),
    "fuel": ("choice", ["油", "电"], "电"),
    "used": ("multiple_choice", ["城市", "长途"], ["城市", "长途"]),
    "tender": ("yes_no", [], True),
}


@pytest.fixture
def fields(sysadmin):
    for name, (kind, choices, _value) in FIELDS.items():
        define_custom_field(
            by=sysadmin, model_label="customers.customer", name=name, label=f"栏{name}", kind=kind, choices=choices
        )


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("nick", "王", "李"),
        ("fleet", "1200", "1201"),
        ("since", "2020-05-01", "2020-05-02"),
        ("fuel", "电", "油"),
        ("used", "长途", None),
        ("tender", "true", "false"),
    ],
)
def test_every_kind_of_custom_field_filters_the_list_at_once(client, sales1, fields, name, value, other):
    known = make_customer(owner=sales1, extra={name: stored for name, (_, _, stored) in FIELDS.items()})
    make_customer(owner=sales1)
    client.force_login(sales1)
    url = reverse("customers:customer_list")
    page = client.get(url, {f"extra_{name}": value})
    assert [row.pk for row in page.context["rows"]] == [known.pk]
    assert [chip.label for chip in page.context["chips"]] == [f"栏{name}"]
    if other:
        assert client.get(url, {f"extra_{name}": other}).context["rows"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"from_extra_fleet": "30"}, ["三十", "一千二"]),
        ({"to_extra_fleet": "30"}, ["九辆半", "三十"]),
        ({"from_extra_fleet": "9.5", "to_extra_fleet": "29"}, ["九辆半"]),
        ({"from_extra_fleet": "31", "to_extra_fleet": "29"}, []),
        ({"from_extra_fleet": "-1"}, ["九辆半", "三十", "一千二"]),
        ({"from_extra_since": "2020-05-01"}, ["三十", "一千二"]),
        ({"to_extra_since": "2020-05-01"}, ["九辆半", "三十"]),
        ({"from_extra_since": "2019-12-31", "to_extra_since": "2020-05-01"}, ["三十"]),
        ({"extra_used": ["城市"]}, ["九辆半", "三十"]),
        ({"extra_used": ["城市", "长途"]}, ["九辆半", "三十", "一千二"]),
        ({"extra_nick": "王"}, ["九辆半", "一千二"]),
        ({"extra_nick": "%"}, []),
        ({"from_extra_fleet": "30", "extra_used": ["城市"]}, ["三十"]),
    ],
)
def test_numbers_and_days_are_found_by_range_and_choices_by_any(client, sales1, fields, query, found):
    rows = {
        "九辆半": {"fleet": 9.5, "since": "2019-10-01", "used": ["城市"], "nick": "老王"},
        "三十": {"fleet": 30, "since": "2020-05-01", "used": ["城市", "长途"], "nick": "小李"},
        "一千二": {"fleet": 1200, "since": "2021-01-15", "used": ["长途"], "nick": "王总"},
        "没有填": {},
    }
    for name, extra in rows.items():
        make_customer(owner=sales1, name=name, extra=extra)
    client.force_login(sales1)
    page = client.get(reverse("customers:customer_list"), query | {"sort": "pk"})
    assert sorted(names_of(page)) == sorted(found)
    assert [chip.name for chip in page.context["chips"]] == list(query)


def names_of(page) -> list[str]:
    return [cell.value for row in page.context["rows"] for cell in row.cells if cell.column.name == "name"]


def test_the_ends_of_a_range_stand_in_the_form_and_the_single_value_does_not(client, sales1, fields):
    client.force_login(sales1)
    form = client.get(reverse("customers:customer_list"), {"from_extra_fleet": "30"}).context["filter"].form
    shown = {field.name for field in form.visible_fields()}
    assert {"from_extra_fleet", "to_extra_fleet", "from_extra_since", "to_extra_since", "extra_used"} <= shown
    assert not {"extra_fleet", "extra_since"} & shown
    assert str(form["from_extra_fleet"].label) == "栏fleet从"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("extra_fleet", "viele"), ("from_extra_fleet", "viele"), ("to_extra_fleet", "NaN"),
        ("extra_since", "gestern"), ("from_extra_since", "2026-02-31"), ("to_extra_since", "0000-01-01"),
        ("extra_fuel", "煤"), ("extra_used", ["城市", "煤"]),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_shows_no_rows(client, sales1, fields, name, wrong):
    make_customer(owner=sales1, extra={"fleet": 1200, "since": "2020-05-01", "used": ["城市"]})
    client.force_login(sales1)
    page = client.get(reverse("customers:customer_list"), {name: wrong})
    assert page.status_code == 200 and page.context["rows"] == []


def test_a_custom_field_is_asked_for_shown_and_chosen_as_a_column(client, sales1, fields):
    client.force_login(sales1)
    form = {"name": "鸿运", "kind": "taxi", "phone": "13904510001", "level": "c", "care_level": "standard"}
    typed = {"extra_nick": "老王", "extra_fleet": "1200", "extra_since": "2020-05-01", "extra_fuel": "电",
             "extra_used": ["城市", "长途"], "extra_tender": "True"}  # fmt: skip
    client.post(reverse("customers:customer_add"), form | typed)
    customer = Customer.objects.get()
    assert customer.extra == {name: stored for name, (_, _, stored) in FIELDS.items()}
    client.post(reverse("customers:customer_columns"), {"columns": ["name", "extra__nick", "extra_list_used"]})
    page = client.get(reverse("customers:customer_list")).content.decode()
    assert "老王" in page and "城市, 长途" in page


@pytest.mark.parametrize("label", ["电话", " 电话", "Phone", "统一社会信用代码"])
def test_a_label_that_the_record_has_already_is_refused(client, sysadmin, label):
    client.force_login(sysadmin)
    values = {"model_label": "customers.customer", "name": "second_phone", "label": label, "kind": "text"}
    page = client.post(reverse("core:customfield_add"), values | {"position": 0, "is_active": "on"})
    assert "同名字段" in str(page.context["form"].errors["label"])
    answer = client.post(
        reverse("core:customfield_add"), values | {"label": "车队电话", "position": 0, "is_active": "on"}
    )
    assert answer.status_code == 302
