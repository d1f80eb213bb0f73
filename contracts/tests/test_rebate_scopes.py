"""A policy for a level or a region pays the dealers who had it when the period ended, whatever they have now."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts import actions, rebates
from contracts.tests.past import invoiced
from core.periods import period_of
from dealers.actions import change_dealer
from dealers.models import Dealer, RebatePolicy
from dealers.tests.factories import make_dealer, make_rebatepolicy
from users.actions import change_unit
from users.models import Unit

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


def of_level(level: str) -> RebatePolicy:
    return make_rebatepolicy(status=RebatePolicy.Status.PUBLISHED, levels=[level])


def known_since(day: date, record: Dealer | Unit) -> None:
    """As if what is there now had been entered on that day."""
    at = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    new = record.events.order_by("-pgh_id")
    new.filter(pgh_id__gt=getattr(record, "seen", 0)).update(pgh_created_at=at)
    record.seen = new.first().pgh_id


def becomes(dealer: Dealer, level: str, on: date, by) -> None:
    change_dealer(dealer.pk, by=by, level=level)
    known_since(on, dealer)


@pytest.fixture
def harbin(manager) -> Dealer:
    """Level A since 2024, with a car of January and one of February."""
    dealer = make_dealer(unit=manager.unit, level="a")
    known_since(date(2024, 1, 1), dealer)
    known_since(date(2024, 1, 1), dealer.unit)
    invoiced(dealer, date(2025, 1, 5), date(2025, 2, 5))
    return dealer


def paid(run) -> list:
    return [(line.starts_on, line.amount) for line in run]


def test_a_dealer_who_loses_his_level_keeps_the_rebate_of_closed_months(harbin, manager):
    of_level("a")
    assert paid(actions.accrue_rebates(JANUARY)) == [(JANUARY, Decimal(600))]
    becomes(harbin, "b", date(2025, 2, 10), manager)
    assert paid(actions.accrue_rebates(FEBRUARY)) == []
    assert paid(actions.accrue_rebates(MARCH)) == []


def test_a_dealer_who_gains_a_level_is_paid_from_that_month_on(harbin, manager):
    of_level("b")
    assert paid(actions.accrue_rebates(JANUARY)) == []
    becomes(harbin, "b", date(2025, 2, 10), manager)
    assert paid(actions.accrue_rebates(FEBRUARY)) == [(FEBRUARY, Decimal(600))]


def test_a_level_changed_before_the_run_counts_from_its_own_day(harbin, manager):
    of_level("a")
    becomes(harbin, "b", date(2025, 2, 10), manager)
    assert paid(actions.accrue_rebates(JANUARY)) == [(JANUARY, Decimal(600))]


def test_a_dealer_who_moves_to_another_region_keeps_the_rebate_of_closed_months(harbin, manager, manager2):
    policy = make_rebatepolicy(status=RebatePolicy.Status.PUBLISHED, regions=[manager.unit])
    assert paid(actions.accrue_rebates(JANUARY)) == [(JANUARY, Decimal(600))]
    unit = harbin.unit
    change_unit(unit.pk, by=manager, name=unit.name, code=unit.code, kind=unit.kind, parent=manager2.unit)
    known_since(date(2025, 2, 10), unit)
    assert paid(actions.accrue_rebates(FEBRUARY)) == []
    year = rebates.results(policy, period_of("year", JANUARY))
    assert {start: result.cars for (_dealer, start), result in year.items()} == {JANUARY: 1}
