"""What comes off the price list, step by step, and how it is kept with the lines of an order."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import actions
from contracts.books import explained_lines
from contracts.models import PriceCondition
from contracts.price_conditions import Buyer, Condition, conditions_of, explained, explained_prices
from contracts.tests.factories import make_pricecondition, signed_contract
from contracts.tests.test_pages import lines
from core.errors import RuleBroken
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer
from products.models import Configuration, Price
from products.tests.factories import make_price, make_sku
from users.models import Unit
from users.tests.factories import make_unit

Kind = PriceCondition.Kind
START = date(2026, 3, 1)


def off(kind: str, *, percent: str | None = None, amount: str | None = None, key: int = 1, **fields) -> Condition:
    taken = {"percent": percent and Decimal(percent), "amount": amount and Decimal(amount)}
    return Condition(
        key=key, kind=kind, name=f"{kind}{key}", valid_from=fields.pop("valid_from", START), **taken, **fields
    )


def prices(list_price: str, *conditions: Condition) -> list[str]:
    return [str(step.price) for step in explained(Decimal(list_price), conditions)]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], []),
        (["region", "level", "promotion"], ["39200.00", "38024.00", "37643.76"]),
        (["promotion", "level", "region"], ["39200.00", "38024.00", "37643.76"]),
        (["level"], ["38800.00"]),
    ],
)
def test_region_comes_before_level_before_promotion_each_off_what_is_left(conditions, expected):
    percents = {"region": "2", "level": "3", "promotion": "1"}
    assert prices("40000.00", *(off(kind, percent=percents[kind]) for kind in conditions)) == expected


def test_half_a_cent_is_rounded_up():
    assert prices("100.10", off("level", percent="5")) == ["95.10"]
    assert prices("0.99", off("level", percent="50")) == ["0.50"]


def test_yuan_off_never_takes_a_price_below_nothing():
    assert prices("300.00", off("promotion", amount="500")) == ["0.00"]


def test_the_narrowest_region_price_counts_then_the_closest_car_then_the_later_one():
    wide, narrow = off("region", percent="1", depth=2), off("region", percent="2", depth=3, key=2)
    closer = off("region", percent="3", depth=3, fit=1, key=3)
    later = off("region", percent="4", depth=3, fit=1, key=4, valid_from=START + timedelta(days=1))
    assert prices("100.00", narrow, wide) == ["98.00"]
    assert prices("100.00", narrow, closer, wide) == ["97.00"]
    assert prices("100.00", later, closer) == ["96.00"]


@pytest.mark.parametrize(
    ("alone", "expected"),
    [
        ("4", ["39200.00", "38200.00"]),
        ("4.5", ["39200.00", "38200.00"]),
        ("5", ["38000.00"]),
    ],
)
def test_combinable_promotions_together_or_the_single_one_that_is_cheaper(alone, expected):
    together = [off("promotion", percent="2"), off("promotion", amount="1000", key=2)]
    assert prices("40000.00", *together, off("promotion", percent=alone, key=3, is_combinable=False)) == expected


def test_of_two_exclusive_promotions_of_one_day_the_better_one_counts():
    one = off("promotion", amount="800", is_combinable=False)
    two = off("promotion", amount="900", key=2, is_combinable=False)
    assert prices("40000.00", one, two) == ["39100.00"]


@st.composite
def conditions(draw) -> Condition:
    """Amounts are drawn as cents and hundredths of a percent."""
    in_yuan = draw(st.booleans())
    figure = Decimal(draw(st.integers(1, 9_000_000 if in_yuan else 10_000))) / 100
    return Condition(
        key=draw(st.integers(1, 10_000)),
        kind=draw(st.sampled_from(Kind.values)),
        name="x",
        valid_from=START,
        percent=None if in_yuan else figure,
        amount=figure if in_yuan else None,
        is_combinable=draw(st.booleans()),
        depth=draw(st.integers(1, 4)),
        fit=draw(st.integers(0, 2)),
    )


@settings(deadline=None)
@given(st.integers(1, 999_999_999), st.lists(conditions(), max_size=6, unique_by=lambda condition: condition.key))
def test_whatever_comes_together_steps_lead_to_a_price_of_whole_cents_in_any_order(cents, given_conditions):
    list_price = Decimal(cents) / 100
    steps = list(explained(list_price, given_conditions))
    after = [list_price, *(step.price for step in steps)]
    for step, (earlier, later) in zip(steps, pairwise(after), strict=True):
        assert later >= earlier if step.kind == Kind.SURCHARGE else later <= earlier
    assert all(price >= 0 and price == price.quantize(Decimal("0.01")) for price in after)
    order = [Kind.values.index(step.kind) for step in steps]
    assert order == sorted(order) and all(order.count(once) <= 1 for once in (0, 1, 3))
    promotions = [step.condition for step in steps if step.kind == Kind.PROMOTION]
    assert len(promotions) <= 1 or all(one.is_combinable for one in promotions)
    backwards = list(explained(list_price, given_conditions[::-1]))
    assert [step.frozen() for step in backwards] == [step.frozen() for step in steps]


EVERYBODY = Buyer("/1/")


def price_on(sku, day: date, buyer: Buyer = EVERYBODY) -> Decimal:
    key = sku.configuration_id
    return explained_prices([key], price_kind=Price.Kind.WHOLESALE, buyer=buyer, day=day)[key].price


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-02-28", "38000.00"), ("2026-03-01", "37000.00"), ("2026-03-31", "37000.00"), ("2026-04-01", "38000.00")],
)
def test_first_and_last_day_belong_to_the_condition(sku, day, expected):
    make_pricecondition(amount=Decimal("1000"), valid_from=START, valid_until=date(2026, 3, 31))
    assert price_on(sku, date.fromisoformat(day)) == Decimal(expected)


@pytest.mark.django_db
def test_conditions_of_many_cars_come_in_one_query(django_assert_num_queries):
    skus = [make_sku() for _ in range(6)]
    keys = [sku.configuration_id for sku in skus]
    of_all = make_pricecondition()
    of_series = make_pricecondition(series=skus[0].configuration.vehicle_model.series)
    of_one = make_pricecondition(configuration=skus[1].configuration)
    make_pricecondition(configuration=make_sku().configuration)
    make_pricecondition(price_kind=Price.Kind.GUIDE)
    with django_assert_num_queries(1):
        found = conditions_of(keys, price_kind=Price.Kind.WHOLESALE, buyer=EVERYBODY, day=date(2026, 5, 1))
    names = {key: [condition.name for condition in found[key]] for key in keys}
    assert names[keys[0]] == [of_all.name, of_series.name]
    assert names[keys[1]] == [of_all.name, of_one.name]
    assert all(names[key] == [of_all.name] for key in keys[2:])


def test_a_region_reaches_the_dealers_below_it_and_a_level_its_dealers_only(cast, sku):
    region = make_unit(kind=Unit.Kind.REGION)
    dealer = make_dealer(unit=make_unit(kind=Unit.Kind.DEALER, parent=region), level="a")
    make_pricecondition(kind=Kind.REGION, region=region, amount=Decimal("1000"))
    make_pricecondition(kind=Kind.LEVEL, dealer_level="a", amount=Decimal("500"))
    day = date(2026, 5, 1)
    assert price_on(sku, day, Buyer(dealer.unit.path, dealer.level)) == Decimal("36500.00")
    assert price_on(sku, day, Buyer(dealer.unit.path, "b")) == Decimal("37000.00")
    assert price_on(sku, day, Buyer(region.path.rstrip("/") + "0/", "")) == Decimal("38000.00")


def place(client, contract, sku, **line):
    row = {"sku": sku.pk, "quantity": 2, "unit_price_amount": "", "retail_price_amount": ""} | line
    form = {"contract": contract.pk, "kind": "regular", "note": ""}
    response = client.post(reverse("contracts:order_add"), form | lines(row))
    assert response.status_code == 302, response.context["form"].errors
    return contract.orders.latest("pk")


def test_the_record_page_says_line_by_line_how_the_price_came_about(client, director, sku):
    contract = signed_contract()
    make_pricecondition(kind=Kind.LEVEL, dealer_level=contract.dealer.level, percent=Decimal("2.00"), name="三级价")
    make_pricecondition(amount=Decimal("300"), name="冰雪季", valid_from=timezone.localdate())
    client.force_login(director)
    order = place(client, contract, sku)
    assert order.total_amount == 2 * Decimal("36940.00")
    page = client.get(reverse("contracts:order_detail", args=[order.pk])).content.decode()
    for text in ("三级价", "760.00", "37,240.00", "冰雪季", "300.00", "36,940.00"):
        assert text in page
    PriceCondition.objects.update(percent=None, amount=1, name="anders")
    again = client.get(reverse("contracts:order_detail", args=[order.pk])).content.decode()
    assert "三级价" in again and "anders" not in again


def test_a_typed_price_stands_as_a_deviation_with_who_typed_it_also_when_another_edits(client, cast, director, sku):
    contract = signed_contract()
    client.force_login(director)
    order = place(client, contract, sku, unit_price_amount="37000.00")
    (step, typed) = order.lines.get().price_steps
    assert (step["price"], typed["kind"], typed["name"], typed["price"]) == (
        "38000.00",
        "typed",
        director.name,
        "37000.00",
    )
    other = cast["manager"]
    row = {"sku": sku, "quantity": 3, "unit_price_amount": Decimal("37000.00"), "retail_price_amount": None}
    actions.change_order(order.pk, by=other, lines=[row])
    assert order.lines.get().price_steps[-1]["name"] == director.name
    actions.change_order(order.pk, by=other, lines=[row | {"unit_price_amount": Decimal("36999.00")}])
    assert order.lines.get().price_steps[-1]["name"] == other.name
    actions.change_order(order.pk, by=other, lines=[row | {"unit_price_amount": Decimal("38000.00")}])
    assert [step["kind"] for step in order.lines.get().price_steps] == ["list"]


def test_who_buys_direct_pays_the_guide_price_less_what_holds_for_everybody(client, director, sku):
    account = make_customer()
    make_pricecondition(price_kind=Price.Kind.GUIDE, amount=Decimal("800"))
    make_pricecondition(price_kind=Price.Kind.GUIDE, kind=Kind.LEVEL, dealer_level="a", amount=Decimal("5000"))
    make_pricecondition(amount=Decimal("9000"))
    client.force_login(director)
    order = place(client, signed_contract(customer=account), sku)
    line = order.lines.get()
    assert (line.unit_price_amount, line.retail_price_amount) == (Decimal("42000.00"), Decimal("42000.00"))


def test_the_price_is_the_one_of_the_day_of_the_order(director, sku):
    contract = signed_contract()
    make_pricecondition(amount=Decimal("1000"), valid_from=START, valid_until=START)
    plain = {"sku": sku, "quantity": 1, "unit_price_amount": None, "retail_price_amount": None}
    on = actions.place_order(by=director, contract=contract, lines=[plain], ordered_on=START)
    after = actions.place_order(by=director, contract=contract, lines=[plain], ordered_on=START + timedelta(days=1))
    assert (on.total_amount, after.total_amount) == (Decimal("37000.00"), Decimal("38000.00"))


def test_prices_of_past_days_stay_as_they_are(planner):
    today = timezone.localdate()
    yesterday, plain = today - timedelta(days=1), {"kind": Kind.PROMOTION, "name": "促销", "percent": Decimal("2")}
    with pytest.raises(RuleBroken):
        actions.add_price_condition(by=planner, valid_from=yesterday, **plain)
    condition = actions.add_price_condition(by=planner, valid_from=today + timedelta(days=1), **plain)
    with pytest.raises(RuleBroken):
        actions.change_price_condition(condition.pk, by=planner, valid_from=yesterday)
    actions.change_price_condition(condition.pk, by=planner, valid_from=today)
    assert PriceCondition.objects.get().valid_from == today


def test_a_condition_that_holds_may_be_renamed_and_ended_and_nothing_else(planner):
    today = timezone.localdate()
    condition = make_pricecondition(valid_from=today - timedelta(days=3))
    actions.change_price_condition(condition.pk, by=planner, name="新名", valid_until=today)
    with pytest.raises(RuleBroken, match="新名"):
        actions.change_price_condition(condition.pk, by=planner, percent=Decimal("3.00"))
    with pytest.raises(RuleBroken):
        actions.change_price_condition(condition.pk, by=planner, valid_until=today - timedelta(days=1))
    condition.refresh_from_db()
    assert (condition.name, condition.valid_until, condition.percent) == ("新名", today, Decimal("2.00"))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"percent": "2", "amount": "100"}, "__all__"),
        ({}, "__all__"),
        ({"percent": "0"}, "__all__"),
        ({"kind": "region", "percent": "2"}, "__all__"),
        ({"kind": "level", "percent": "2"}, "__all__"),
        ({"percent": "2", "valid_until": "2026-02-28"}, "valid_until"),
        ({"percent": "101"}, "percent"),
    ],
)
def test_a_form_that_does_not_hold_together_gets_a_sentence(client, planner, form, field):
    client.force_login(planner)
    whole = {"kind": "promotion", "name": "x", "price_kind": "wholesale", "valid_from": "2026-03-01"} | form
    response = client.post(reverse("contracts:pricecondition_add"), whole)
    assert response.status_code == 200 and response.context["form"].errors[field]
    assert not PriceCondition.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_both_percent_and_yuan():
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceCondition.objects.create(kind="promotion", name="x", valid_from=START, percent=1, amount=1)


def test_the_list_is_filtered_by_the_day_in_force(client, planner):
    make_pricecondition(valid_from=START, valid_until=date(2026, 3, 31), name="三月")
    make_pricecondition(valid_from=date(2026, 4, 1), name="四月")
    client.force_login(planner)
    for day, name in (("2026-03-31", "三月"), ("2026-04-01", "四月")):
        rows = client.get(reverse("contracts:pricecondition_list"), {"day": day}).context["rows"]
        assert [row.cells[0].value for row in rows] == [name]


def test_an_order_of_fifty_lines_is_priced_and_shown_in_as_many_queries_as_one_of_five(
    client, director, django_assert_max_num_queries
):
    def order_of(count: int):
        skus = [make_sku() for _ in range(count)]
        for sku in skus:
            make_price(configuration=sku.configuration, kind=Price.Kind.WHOLESALE, amount=Decimal("38000"))
            make_price(configuration=sku.configuration)
        rows = [{"sku": sku, "quantity": 1} for sku in skus]
        contract = signed_contract()
        with django_assert_max_num_queries(40):
            return actions.place_order(by=director, contract=contract, lines=rows)

    client.force_login(director)
    for order in (order_of(5), order_of(50)):
        with django_assert_max_num_queries(28):
            client.get(reverse("contracts:order_detail", args=[order.pk]))


@pytest.mark.parametrize(
    ("days", "word"),
    [
        ({"end_of_sale_on": date(2026, 2, 28)}, "2026-02-28"),
        ({"launched_on": date(2026, 3, 2)}, "2026-03-02"),
        ({"end_of_sale_on": START}, ""),
        ({"launched_on": START}, ""),
    ],
)
def test_what_is_not_sold_on_the_day_cannot_be_ordered(director, sku, days, word):
    Configuration.objects.filter(pk=sku.configuration_id).update(**days)
    row = {"sku": sku, "quantity": 1}
    order = {"by": director, "contract": signed_contract(), "lines": [row], "ordered_on": START}
    if word:
        with pytest.raises(RuleBroken, match=word):
            actions.place_order(**order)
    else:
        assert actions.place_order(**order).total_amount == Decimal("38000.00")


def test_the_matrix_offers_only_what_is_sold_today_at_the_dealers_own_price(client, cast, sku):
    sold = make_sku(configuration=sku.configuration)
    ended = make_sku()
    Configuration.objects.filter(pk=ended.configuration_id).update(
        vehicle_model=sku.configuration.vehicle_model, end_of_sale_on=timezone.localdate() - timedelta(days=1)
    )
    make_dealer(unit=cast["dealer"].unit, level="a")
    make_pricecondition(kind=Kind.LEVEL, dealer_level="a", amount=Decimal("500"))
    client.force_login(cast["dealer"])
    page = client.get(reverse("contracts:order_matrix"), {"series": sku.configuration.vehicle_model.series_id})
    matrix = page.context["lines"]
    assert set(matrix.skus.values()) == {sku, sold}
    assert matrix.prices == {sku.configuration_id: Decimal("37500.00")}


def test_the_price_list_of_a_day_explains_what_a_dealer_pays(client, cast, sku):
    own = make_dealer(unit=cast["dealer"].unit, level="a")
    other = make_dealer(unit=cast["dealer2"].unit, level="b")
    make_pricecondition(kind=Kind.LEVEL, dealer_level="a", amount=Decimal("500"), valid_from=START)
    make_pricecondition(kind=Kind.LEVEL, dealer_level="b", amount=Decimal("100"), valid_from=START)
    address = reverse("contracts:price_list")

    def price(**query):
        rows = client.get(address, query).context["rows"]
        return [str(row_price) for _configuration, _steps, row_price in rows]

    client.force_login(cast["dealer"])
    assert price() == price(dealer=own.pk, day=START.isoformat()) == ["37500.00"]
    assert price(dealer=own.pk, day="2026-02-28") == ["38000.00"]
    assert price(dealer=other.pk) == price(day="gestern") == []
    assert price(price_kind="guide") == ["42800.00"]
    client.force_login(cast["director"])
    assert price() == ["38000.00"] and price(dealer=other.pk) == ["37900.00"]
    client.force_login(cast["stock"])
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("kind", ["cost", "nonsense"])
def test_the_price_list_never_shows_costs(client, director, sku, kind):
    make_price(configuration=sku.configuration, kind=Price.Kind.COST, amount=Decimal("31234"))
    client.force_login(director)
    assert client.get(reverse("contracts:price_list"), {"price_kind": kind}).context["rows"] == []


def test_the_books_find_a_price_that_is_not_its_explanation(director, sku):
    order = actions.place_order(by=director, contract=signed_contract(), lines=[{"sku": sku, "quantity": 2}])
    assert explained_lines().breach_count == 0
    order.lines.update(unit_price_amount=Decimal("37999.99"))
    found = explained_lines()
    assert (found.breach_count, [amount for _label, amount in found.figures]) == (
        1,
        [Decimal("37999.99"), Decimal("38000.00")],
    )
