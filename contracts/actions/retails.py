from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts import rules
from contracts.actions.orders import refresh_order_status
from contracts.models import Allocation, Order, Retail
from core.errors import RuleBroken
from customers.actions import add_timeline_entry, record_milestone, record_purchase
from customers.models import ContactRecord, Customer
from inventory import actions as inventory
from users.models import User

Status = Allocation.Status


@transaction.atomic
def retail_car(
    allocation_id: int,
    *,
    by: User,
    retailed_on: date,
    customer: Customer | None = None,
    delivered_on: date | None = None,
    price_amount: Decimal | None = None,
    **fields,
) -> Retail:
    """The end user gets his car: the order's customer and the line's retail price unless others are named."""
    order, allocation = _locked(allocation_id)
    customer = customer or order.customer or order.buyer_customer
    _check(allocation, order, customer, retailed_on)
    price = price_amount if price_amount is not None else allocation.order_line.retail_price_amount
    delivered_on = delivered_on or retailed_on
    vehicle = inventory.retail_vehicle(allocation.vehicle_id, by=by, on=retailed_on, directly=order.is_direct)
    retail = Retail.objects.create(
        allocation=allocation,
        vehicle=vehicle,
        dealer=order.buyer_dealer,
        unit=order.unit,
        customer=customer,
        sold_by=by,
        ordered_by=order.owner,
        retailed_on=retailed_on,
        delivered_on=delivered_on,
        warranty_starts_on=rules.warranty_start(invoiced_on=retailed_on, delivered_on=delivered_on),
        price_amount=price,
        **fields,
    )
    allocation.status = Status.RETAILED
    allocation.save(update_fields=["status"])
    refresh_order_status(order, by=by, step="retail")
    _settle_purchase_record(order, allocation, retail)
    _tell_customer(retail, by=by)
    _count_in_funnel(retail, order)
    return retail


def _locked(allocation_id: int) -> tuple[Order, Allocation]:
    """The order before its car, as everywhere."""
    order_id = Allocation.objects.values_list("order_line__order", flat=True).get(pk=allocation_id)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    allocations = Allocation.objects.select_for_update(of=("self",)).select_related("order_line", "vehicle")
    return order, allocations.get(pk=allocation_id)


def _tell_customer(retail: Retail, *, by: User) -> None:
    add_timeline_entry(
        retail.customer_id,
        by=by,
        message=gettext_noop("Took delivery of %(vin)s on %(day)s."),
        url=reverse("inventory:vehicle_detail", args=[retail.vehicle_id]),
        vin=retail.vehicle.vin,
        day=retail.delivered_on.isoformat(),
    )


def _count_in_funnel(retail: Retail, order: Order) -> None:
    on = retail.retailed_on
    record_milestone(
        retail.customer_id,
        kind=ContactRecord.Kind.DELIVERY,
        source_key=f"retail:{retail.pk}",
        text=retail.vehicle.vin,
        owner=retail.sold_by,
        unit=retail.unit,
        opportunity=order.opportunity if order.customer_id == retail.customer_id else None,
        at=timezone.localtime().replace(year=on.year, month=on.month, day=on.day),
    )


def _check(allocation: Allocation, order: Order, customer: Customer | None, retailed_on: date) -> None:
    ready = Status.SHIPPED if order.is_direct else Status.RECEIVED
    if allocation.status != ready:
        raise RuleBroken(
            _("“%(car)s” is %(status)s; it can be retailed once it is %(ready)s.")
            % {"car": allocation, "status": allocation.get_status_display(), "ready": ready.label}
        )
    if customer is None:
        raise RuleBroken({"customer": _("Choose the customer who gets the car.")})
    earliest = allocation.vehicle.shipped_on if order.is_direct else allocation.vehicle.received_on
    if retailed_on > timezone.localdate():
        raise RuleBroken({"retailed_on": _("The day lies in the future.")})
    if retailed_on < earliest:
        raise RuleBroken({"retailed_on": _("The day cannot lie before %(day)s.") % {"day": earliest}})


def _settle_purchase_record(order: Order, allocation: Allocation, retail: Retail) -> None:
    """The approval entered the planned price for the order's end user; enter what turned out otherwise."""
    planned, actual = allocation.order_line.retail_price_amount, retail.price_amount
    end_user_id = order.customer_id or order.buyer_customer_id
    text = f"{order.number} {allocation.vehicle.vin}"
    cars = 1
    if end_user_id == retail.customer_id:
        actual, cars = actual - planned, 0
    elif end_user_id is not None:
        key = f"order:{order.pk}:car:{allocation.pk}"
        taken_back = {"amount": -planned, "car_count": -1}
        record_purchase(end_user_id, source_key=key, text=text, on=retail.retailed_on, **taken_back)
    if actual or cars:
        key = f"retail:{retail.pk}"
        bought = {"amount": actual, "car_count": cars}
        record_purchase(retail.customer_id, source_key=key, text=text, on=retail.retailed_on, **bought)
