"""Months that are over stay as they were reported, whatever a car of theirs would allow."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from contracts import actions, books, queries, workflow
from contracts.models import Allocation, Order, Receipt, Refund, Retail
from contracts.tests.factories import clerk, make_order, make_retail, take_step
from core.errors import RuleBroken
from core.periods import month_of
from core.workflow import take
from customers.tests.factories import make_customer
from dealers.closed_months import open_from
from dealers.tests.factories import make_dealer
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
    assert open_from(today) == first


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
    with pytest.raises(RuleBroken, match=str(open_from(TODAY()))):
        take_step(order, step, on=TODAY() - timedelta(days=69), **more)
    take_step(order, step, on=open_from(TODAY()), **more)


@pytest.mark.django_db
def test_cars_are_not_sold_in_a_month_that_is_over(long_ago):
    long_ago("received")
    car = Allocation.objects.get()
    with pytest.raises(RuleBroken, match=str(open_from(TODAY()))):
        actions.retail_car(car.pk, by=clerk(), retailed_on=TODAY() - timedelta(days=69))
    actions.retail_car(car.pk, by=clerk(), retailed_on=open_from(TODAY()))


def sold(day: date) -> int:
    return sum(volume.count for volume in queries.retail_volume(Retail.objects.all(), month_of(day)))


@pytest.fixture
def sold_long_ago(cast) -> Retail:
    retail = make_retail()
    Retail.objects.filter(pk=retail.pk).update(retailed_on=TODAY() - timedelta(days=70))
    retail.refresh_from_db()
    return retail


@pytest.mark.django_db
def test_a_false_report_found_late_is_taken_back_today_not_in_its_month(sold_long_ago):
    """Sold 70 days ago, found false today: one car then, minus one now, and no rebate or warranty for it."""
    _confirm, refute = workflow.RETAIL_STEPS
    retail = take(refute, sold_long_ago.pk, Retail, by=clerk(), note="查无此人")
    assert (sold(retail.retailed_on), sold(TODAY())) == (1, -1)
    assert not Retail.objects.believed().exists()
    assert retail.customer.purchases.aggregate(amount=Sum("amount"), cars=Sum("car_count")) == {"amount": 0, "cars": 0}
    assert [str(check.label) for check in books.CHECKS if check.look().breach_count] == []


@pytest.mark.django_db
def test_its_car_goes_back_into_stock_without_a_second_negative_row(sold_long_ago):
    _confirm, refute = workflow.RETAIL_STEPS
    retail = take(refute, sold_long_ago.pk, Retail, by=clerk(), note="查无此人")
    actions.take_back_retail(retail.pk, by=clerk(), on=TODAY(), reason="入库")
    assert Vehicle.objects.get().state == "at_dealer"
    assert (sold(retail.retailed_on), sold(TODAY())) == (1, -1)


@pytest.mark.django_db
def test_a_sale_taken_back_and_then_found_false_leaves_the_months_that_are_over(sold_long_ago):
    back = actions.take_back_retail(sold_long_ago.pk, by=clerk(), on=TODAY(), reason="客户退车")
    actions.refute_returned_sale(sold_long_ago.pk, by=clerk(), note="为冲量虚报")
    assert (sold(sold_long_ago.retailed_on), sold(back.retailed_on)) == (1, -1)


@pytest.mark.django_db
def test_money_neither_comes_nor_goes_in_a_month_that_is_over(client, finance):
    """The statements of that month have been handed out with their closing balance."""
    first, payer = open_from(TODAY()), make_dealer()
    client.force_login(finance)
    paid = {"payer_dealer": payer.pk, "amount": "9000", "method": "transfer", "reference": "ICBC-9"}
    url = reverse("contracts:receipt_add")
    for day in (first - timedelta(days=1), date(1900, 1, 1)):
        assert "received_on" in client.post(url, paid | {"received_on": day}).context["form"].errors
    assert client.post(url, paid | {"received_on": first}).status_code == 302
    receipt = Receipt.objects.get()
    url = reverse("contracts:receipt_refund", args=[receipt.pk])
    back = {"amount": "1000", "reference": "TK-9", "reason": "多付"}
    refused = client.post(url, back | {"refunded_on": first - timedelta(days=1)})
    assert str(first) in str(refused.context["form"].errors["refunded_on"])
    assert client.post(url, back | {"refunded_on": first}).status_code == 302
    assert Refund.objects.get().refunded_on == first
