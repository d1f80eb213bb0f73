from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import RuleBroken
from products import actions, queries, rules
from products.models import Price
from products.tests.factories import make_configuration, make_price

GUIDE, WHOLESALE, COST = Price.Kind.GUIDE, Price.Kind.WHOLESALE, Price.Kind.COST
pytestmark = pytest.mark.django_db


def test_a_new_price_ends_the_open_one_on_its_first_day(planner):
    today = timezone.localdate()
    first = make_price(valid_from=date(2026, 1, 1), amount=Decimal("42800.00"))
    make_price(configuration=first.configuration, valid_from=today, amount=Decimal("39800.00"))
    first.refresh_from_db()
    assert first.valid_until == today
    key = first.configuration_id
    assert queries.price_on(key, GUIDE, today - timedelta(days=1)) == Decimal("42800.00")
    assert queries.price_on(key, GUIDE, today) == Decimal("39800.00")
    assert queries.price_on(key, GUIDE, date(2025, 12, 31)) is None


def test_no_price_comes_over_past_days_of_another(planner):
    first, yesterday = make_price(valid_from=date(2026, 1, 1)), timezone.localdate() - timedelta(days=1)
    with pytest.raises(RuleBroken, match="42,800.00"):
        make_price(configuration=first.configuration, valid_from=yesterday, amount=Decimal("39800.00"))
    first.refresh_from_db()
    assert first.valid_until is None and Price.objects.count() == 1


def test_prices_of_another_kind_go_on(planner):
    guide = make_price(valid_from=date(2026, 1, 1))
    make_price(configuration=guide.configuration, kind=WHOLESALE, valid_from=date(2026, 3, 1), amount=Decimal("36000"))
    guide.refresh_from_db()
    assert guide.valid_until is None


def test_prices_of_many_configurations_come_in_one_query(django_assert_num_queries):
    one, two = make_price(amount=Decimal("42800")), make_price(amount=Decimal("51800"))
    without = make_configuration()
    keys = [one.configuration_id, two.configuration_id, without.pk]
    with django_assert_num_queries(1):
        prices = queries.prices_of(keys, GUIDE, date(2026, 11, 22))
    assert prices == {one.configuration_id: Decimal("42800"), two.configuration_id: Decimal("51800")}


def test_an_overlap_is_refused_with_the_price_in_the_way(planner):
    price = make_price(valid_from=date(2026, 3, 1), valid_until=date(2026, 6, 1), amount=Decimal("40000"))
    with pytest.raises(RuleBroken) as refusal:
        make_price(configuration=price.configuration, valid_from=date(2026, 5, 31), valid_until=date(2026, 8, 1))
    assert "40,000.00" in refusal.value.sentence
    assert "2026-03-01" in refusal.value.sentence and "2026-06-01" in refusal.value.sentence
    make_price(configuration=price.configuration, valid_from=date(2026, 6, 1), valid_until=date(2026, 8, 1))


def test_a_refused_price_leaves_the_open_one_open(planner):
    open_price = make_price(valid_from=date(2026, 3, 1))
    with pytest.raises(RuleBroken):
        make_price(configuration=open_price.configuration, valid_from=date(2026, 3, 1))
    open_price.refresh_from_db()
    assert open_price.valid_until is None


def test_the_database_refuses_an_overlap_too():
    price = make_price(valid_from=date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.create(configuration=price.configuration, kind=GUIDE, valid_from=date(2026, 5, 1), amount=1)


def test_a_price_that_holds_keeps_its_amount_and_may_be_ended(planner):
    today = timezone.localdate()
    price = make_price(valid_from=today - timedelta(days=10), amount=Decimal("42800.00"))
    same = {"by": planner, "valid_from": price.valid_from}
    with pytest.raises(RuleBroken):
        actions.change_price(price.pk, amount=Decimal("41000.00"), **same)
    with pytest.raises(RuleBroken):
        actions.change_price(price.pk, amount=price.amount, valid_until=today - timedelta(days=1), **same)
    actions.change_price(price.pk, amount=price.amount, valid_until=today + timedelta(days=30), **same)
    price.refresh_from_db()
    assert price.valid_until == today + timedelta(days=30)


def test_a_future_price_may_be_corrected(planner):
    start = timezone.localdate() + timedelta(days=30)
    price = make_price(valid_from=start, amount=Decimal("42800.00"))
    actions.change_price(price.pk, by=planner, valid_from=start, amount=Decimal("41800.00"))
    price.refresh_from_db()
    assert price.amount == Decimal("41800.00")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((1, 5), (5, 9), False),
        ((1, 5), (4, 9), True),
        ((1, None), (5, 9), True),
        ((5, 9), (1, None), True),
        ((9, None), (1, 9), False),
        ((1, None), (2, None), True),
    ],
)
def test_half_open_periods_overlap_only_when_they_share_a_day(first, second, expected):
    days = [None if day is None else date(2026, 1, day) for day in (*first, *second)]
    assert rules.overlap(*days) is expected


@pytest.mark.django_db(transaction=True)
def test_two_prices_at_the_same_moment_do_not_overlap(cast):
    configuration = make_configuration()

    def add(_):
        try:
            actions.add_price(
                by=cast["planner"],
                configuration=configuration,
                kind=GUIDE,
                valid_from=date(2026, 5, 1),
                amount=Decimal("40000"),
            )
            return "added"
        except RuleBroken:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(add, range(8)))
    assert sorted(outcomes) == ["added"] + ["refused"] * 7
    assert Price.objects.filter(configuration=configuration).count() == 1
