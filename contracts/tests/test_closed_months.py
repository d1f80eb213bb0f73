"""Months that are over stay as they were reported, whatever a car of theirs would allow."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from contracts import actions, rules
from contracts.models import Allocation, Order
from contracts.tests.factories import clerk, make_order, take_step
from core.errors import RuleBroken
from customers.tests.factories import make_customer
from inventory.models import Vehicle

TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 22), date(2026, 11, 1)),
        (date(2026, 11, 4), date(2026, 11, 1)),
        (date(2026, 11, 3), date(2026, 10, 1)),
        (date(2027, 1, 1), date(2026, 12, 1)),
    ],
)
def test_a_month_is_open_to_the_third_day_of_the_next(today, first):
    assert rules.open_from(today) == first


@pytest.fixture
def long_ago(cast):
    """Every car was made, and went its way so far, 70 days ago, when its order was approved."""
    day = TODAY() - timedelta(days=70)

    def order_at(status: str) -> Order:
        order = make_order(status=status, customer=make_customer())
        Order.objects.filter(pk=order.pk).update(approved_on=day)
        vehicle = Vehicle.objects.get()
        names = ("produced_on", "warehoused_on", "invoiced_on", "shipped_on", "received_on")
        Vehicle.objects.update(**{name: day for name in names if getattr(vehicle, name)})
        return order

    return order_at


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "step"), [("allocated", "invoice"), ("invoiced", "ship"), ("shipped", "receive")])
def test_cars_do_not_move_in_a_month_that_is_over(long_ago, status, step):
    order = long_ago(status)
    more = {"carrier": ""} if step == "ship" else {}
    with pytest.raises(RuleBroken, match=str(rules.open_from(TODAY()))):
        take_step(order, step, on=TODAY() - timedelta(days=69), **more)
    take_step(order, step, on=rules.open_from(TODAY()), **more)


@pytest.mark.django_db
def test_cars_are_not_sold_in_a_month_that_is_over(long_ago):
    long_ago("received")
    car = Allocation.objects.get()
    with pytest.raises(RuleBroken, match=str(rules.open_from(TODAY()))):
        actions.retail_car(car.pk, by=clerk(), retailed_on=TODAY() - timedelta(days=69))
    actions.retail_car(car.pk, by=clerk(), retailed_on=rules.open_from(TODAY()))
