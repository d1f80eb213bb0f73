"""The surcharge of urgent orders: the last step of their price, added and not taken off."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.models import PriceCondition
from contracts.price_conditions import explained
from contracts.tests.factories import make_pricecondition, signed_contract
from contracts.tests.test_pages import lines
from contracts.tests.test_price_conditions import off, prices
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer
from products.models import Price

pytestmark = pytest.mark.django_db
Kind = PriceCondition.Kind


def make_surcharge(**fields) -> PriceCondition:
    """500 yuan for every urgent car unless said otherwise."""
    how = {} if "percent" in fields else {"amount": Decimal("500")}
    return make_pricecondition(kind=Kind.SURCHARGE, **how | fields)


def place(by, contract, sku, kind: str = "urgent", **line):
    row = {"sku": sku, "quantity": 2, "unit_price_amount": None, "retail_price_amount": None} | line
    return actions.place_order(by=by, contract=contract, kind=kind, lines=[row])


def test_it_is_added_to_what_all_others_have_left():
    surcharge, promotion = off("surcharge", percent="2"), off("promotion", percent="10", key=2)
    assert prices("40000.00", surcharge, promotion) == ["36000.00", "36720.00"]
    assert prices("40000.00", off("surcharge", amount="500")) == ["40500.00"]
    assert [step.kind for step in explained(Decimal("40000"), [surcharge, promotion])] == ["promotion", "surcharge"]


def test_half_a_cent_of_a_surcharge_is_rounded_up():
    assert prices("100.10", off("surcharge", percent="5")) == ["105.11"]


def test_of_two_surcharges_the_one_for_the_closer_car_counts_and_of_equal_ones_the_later():
    wide, close = off("surcharge", amount="500"), off("surcharge", amount="300", fit=1, key=2)
    later = off("surcharge", amount="200", fit=1, key=3, valid_from=date(2026, 3, 2))
    assert prices("40000.00", wide, close) == ["40300.00"]
    assert prices("40000.00", later, close, wide) == ["40200.00"]


@pytest.mark.parametrize(
    ("kind", "unit_price"),
    [("urgent", "38500.00"), ("regular", "38000.00"), ("key_account", "38000.00"), ("demo", "38000.00")],
)
def test_only_urgent_orders_are_surcharged_and_the_guided_retail_price_stays(director, sku, kind, unit_price):
    make_surcharge()
    make_surcharge(price_kind=Price.Kind.GUIDE)
    contract = signed_contract()
    about = {"customer": make_customer()} if kind == "key_account" else {}
    row = {"sku": sku, "quantity": 1, "unit_price_amount": None, "retail_price_amount": None}
    order = actions.place_order(by=director, contract=contract, kind=kind, lines=[row], **about)
    line = order.lines.get()
    assert (line.unit_price_amount, line.retail_price_amount) == (Decimal(unit_price), Decimal("42800.00"))


@pytest.mark.parametrize(("days", "total"), [(-1, "76000.00"), (0, "77000.00"), (5, "77000.00"), (6, "76000.00")])
def test_the_first_and_the_last_day_belong_to_a_surcharge(director, sku, days, total):
    first = date(2026, 3, 1)
    make_surcharge(valid_from=first, valid_until=first + timedelta(days=5))
    row = {"sku": sku, "quantity": 2}
    day = first + timedelta(days=days)
    order = actions.place_order(by=director, contract=signed_contract(), kind="urgent", lines=[row], ordered_on=day)
    assert order.total_amount == Decimal(total)


def test_who_buys_direct_pays_the_surcharge_on_the_guide_price(director, sku):
    make_surcharge(price_kind=Price.Kind.GUIDE, percent=Decimal("1"))
    line = place(director, signed_contract(customer=make_customer()), sku).lines.get()
    assert line.unit_price_amount == line.retail_price_amount == Decimal("43228.00")


def test_the_planner_enters_it_and_the_order_shows_it_as_a_step(client, planner, director, sku):
    client.force_login(planner)
    form = {"kind": "surcharge", "name": "加急调车费", "price_kind": "wholesale", "percent": "1.5"}
    form["valid_from"] = timezone.localdate()
    assert client.post(reverse("contracts:pricecondition_add"), form).status_code == 302
    client.force_login(director)
    row = {"sku": sku.pk, "quantity": 1, "unit_price_amount": "", "retail_price_amount": ""}
    form = {"contract": signed_contract().pk, "kind": "urgent", "note": ""} | lines(row)
    answer = client.post(reverse("contracts:order_add"), form, follow=True)
    page = answer.content.decode()
    for text in ("加急费：加急调车费", "加收 1.50 %", "+570.00", "38,570.00"):
        assert text in page, text


def test_a_price_typed_below_the_surcharged_one_is_a_discount(director, sku):
    make_surcharge()
    order = place(director, signed_contract(), sku, unit_price_amount=Decimal("38115.00"))
    assert order.largest_discount_percent == Decimal("1.00")


def test_a_draft_that_becomes_urgent_is_priced_anew_and_a_typed_price_stays(director, sku):
    make_surcharge()
    contract = signed_contract()
    order = place(director, contract, sku, kind="regular")
    row = {"sku": sku, "quantity": 2, "retail_price_amount": None}
    actions.change_order(order.pk, by=director, kind="urgent", lines=[row | {"unit_price_amount": Decimal("38000")}])
    assert order.lines.get().unit_price_amount == Decimal("38500.00")
    actions.change_order(order.pk, by=director, kind="regular", lines=[row | {"unit_price_amount": Decimal("38500")}])
    assert [step["kind"] for step in order.lines.get().price_steps] == ["list"]
    actions.change_order(order.pk, by=director, lines=[row | {"unit_price_amount": Decimal("37900")}])
    actions.change_order(order.pk, by=director, kind="urgent", lines=[row | {"unit_price_amount": Decimal("37900")}])
    assert order.lines.get().unit_price_amount == Decimal("37900.00")


def test_the_price_list_of_the_day_shows_what_an_urgent_car_costs(client, dealer, sku):
    make_dealer(unit=dealer.unit)
    make_surcharge()
    client.force_login(dealer)
    address = reverse("contracts:price_list")
    found = [client.get(address, {"order_kind": kind}).context["rows"][0][2] for kind in ("urgent", "regular", "")]
    assert found == [Decimal("38500.00"), Decimal("38000.00"), Decimal("38000.00")]
