"""What an order does to the end user's purchase record, to the funnel and to the opportunity it came from.

The purchase record of a customer is the sum of his approved orders, less what was cancelled and what came back.
"""

from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_noop

from contracts.models import Allocation, Order, Retail
from contracts.queries import is_won_without
from core.formats import money
from customers.actions import (
    add_timeline_entry,
    record_milestone,
    record_purchase,
    reopen_opportunity,
    win_opportunity,
    withdraw_milestone,
)
from customers.models import ContactRecord, Customer, Opportunity
from users.models import User

ORDERED = F("quantity")
KEPT = F("quantity") - F("returned_count")


def enter_order(order: Order, *, by: User | None, on: date) -> None:
    """The end user of a locked, approved order has bought its cars at their retail prices."""
    if order.opportunity_id:
        win_opportunity(order.opportunity_id, by=by)
    if end_user := _end_user(order):
        amount, cars = order_value(order)
        record_purchase(
            end_user.pk, source_key=f"order:{order.pk}", text=order.number, on=on, amount=amount, car_count=cars
        )
        _tell(end_user, order, amount, gettext_noop("Order %(order)s over %(amount)s yuan was approved."), by=by)
        record_milestone(
            end_user.pk,
            kind=ContactRecord.Kind.ORDER,
            source_key=f"order:{order.pk}",
            text=order.number,
            owner=order.owner,
            unit=order.unit,
            opportunity=order.opportunity,
        )


def take_back_order(order: Order, *, by: User | None, on: date) -> None:
    """A locked order was cancelled: what is left of what its approval entered is taken back by negative rows."""
    if end_user := _end_user(order):
        amount, cars = order_value(order, KEPT)
        key = f"order:{order.pk}:cancelled"
        bought = {"amount": -amount, "car_count": -cars}
        record_purchase(end_user.pk, source_key=key, text=order.number, on=on, **bought)
        _tell(end_user, order, amount, gettext_noop("Order %(order)s over %(amount)s yuan was cancelled."), by=by)
    lose_order(order, by=by)


def enter_change(order: Order, *, version: int, before: tuple[Decimal, int], on: date) -> None:
    """A new version of a locked order: what it is worth to the end user more, or less, than before."""
    end_user, (amount, cars) = _end_user(order), order_value(order)
    more = {"amount": amount - before[0], "car_count": cars - before[1]}
    if end_user and any(more.values()):
        key = f"order:{order.pk}:version:{version}"
        record_purchase(end_user.pk, source_key=key, text=order.number, on=on, **more)


def lose_order(order: Order, *, by: User | None) -> None:
    """Nothing is left of a locked order: it no longer counts in the funnel, nor keeps its opportunity won."""
    withdraw_milestone(f"order:{order.pk}")
    if order.opportunity_id:
        # The lock comes first, so that of two cancellations the second sees the other.
        Opportunity.objects.select_for_update(of=("self",)).get(pk=order.opportunity_id)
        if not is_won_without(order, order.opportunity_id):
            reopen_opportunity(order.opportunity_id, by=by)


def enter_returned_car(order: Order, allocation: Allocation, *, on: date) -> None:
    """The end user no longer buys this car, at the price that his order entered for it."""
    end_user = _end_user(order)
    if end_user:
        taken_back = {"amount": -allocation.order_line.retail_price_amount, "car_count": -1}
        text = f"{order.number} {allocation.vehicle.vin}"
        record_purchase(end_user.pk, source_key=f"allocation:{allocation.pk}:returned", text=text, on=on, **taken_back)


def settle_retail(order: Order, retail: Retail, *, on: date, sign: int = 1) -> None:
    """The approval entered the planned price for the order's end user; enter what turned out otherwise.

    ``sign`` -1 takes back what was entered for this sale.
    """
    planned, actual = retail.allocation.order_line.retail_price_amount, retail.price_amount
    suffix = "" if sign > 0 else ":back"
    entered = {"text": f"{order.number} {retail.vehicle.vin}", "on": on}
    cars = 1
    if order.end_user_id == retail.customer_id:
        actual, cars = actual - planned, 0
    elif order.end_user_id is not None:
        key = f"retail:{retail.pk}:order{suffix}"
        record_purchase(order.end_user_id, source_key=key, amount=-sign * planned, car_count=-sign, **entered)
    if actual or cars:
        key = f"retail:{retail.pk}{suffix}"
        record_purchase(retail.customer_id, source_key=key, amount=sign * actual, car_count=sign * cars, **entered)


def order_value(order: Order, counted: Combinable = ORDERED) -> tuple[Decimal, int]:
    """What the end user pays for the cars of an order, and how many they are: those ordered, or those he keeps."""
    sums = order.lines.aggregate(amount=Sum(counted * F("retail_price_amount")), cars=Sum(counted))
    return sums["amount"] or Decimal(0), sums["cars"] or 0


def _end_user(order: Order) -> Customer | None:
    return order.customer or order.buyer_customer


def _tell(customer: Customer, order: Order, amount: Decimal, message: str, *, by: User | None) -> None:
    url = reverse("contracts:order_detail", args=[order.pk])
    add_timeline_entry(customer.pk, by=by, message=message, url=url, order=order.number, amount=money(amount))
