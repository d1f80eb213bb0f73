"""What happens to all cars of an order that are ready for it: invoiced, shipped, received."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.actions.accounts import post_invoices
from contracts.actions.rebate_uses import use_rebate
from contracts.models import Allocation, Delivery, Invoice, Order
from core.errors import RuleBroken
from core.numbering import next_number, next_numbers
from inventory import actions as inventory
from users.models import User

Status = Allocation.Status


def invoice_cars(order: Order, *, by: User, on: date, rebate: Decimal | None = None) -> list[Invoice]:
    """Wholesale: an invoice for each reserved car of a locked order; from here on it counts as the buyer's."""
    allocations = _ready(order, Status.RESERVED, _("No reserved car is waiting for its invoice. Allocate cars first."))
    _refuse_before(on, order.approved_on, *(allocation.vehicle.produced_on for allocation in allocations))
    numbers = next_numbers("invoice", prefix="FP", on=on, count=len(allocations))
    invoices = Invoice.objects.bulk_create(
        Invoice(
            number=number,
            order=order,
            allocation=allocation,
            amount=allocation.order_line.unit_price_amount,
            invoiced_on=on,
        )
        for number, allocation in zip(numbers, allocations, strict=True)
    )
    post_invoices(invoices, by=by)
    if rebate:
        use_rebate(order, invoices, amount=rebate, by=by, on=on)
    inventory.invoice_vehicles(_vehicles(allocations), by=by, on=on, dealer=order.buyer_dealer, unit=order.unit)
    _set(allocations, status=Status.INVOICED)
    return invoices


def ship_cars(order: Order, *, by: User, on: date, carrier: str = "") -> Delivery:
    """One delivery of all invoiced cars of a locked order."""
    allocations = _ready(order, Status.INVOICED, _("No invoiced car is waiting to be shipped. Invoice the cars first."))
    _refuse_before(on, *(allocation.vehicle.invoiced_on for allocation in allocations))
    inventory.ship_vehicles(_vehicles(allocations), by=by, on=on)
    number = next_number("delivery", prefix="FY", on=on)
    delivery = Delivery.objects.create(number=number, order=order, carrier=carrier, shipped_on=on)
    _set(allocations, status=Status.SHIPPED, delivery=delivery)
    return delivery


def receive_cars(order: Order, *, by: User, on: date) -> list[Allocation]:
    """The dealer has all shipped cars of a locked order in his yard."""
    if order.is_direct:
        raise RuleBroken(
            _("“%(order)s” is sold without a dealer: enter the retail sale when the customer has the car.")
            % {"order": order}
        )
    allocations = _ready(order, Status.SHIPPED, _("No car of this order is on the way."))
    _refuse_before(on, *(allocation.vehicle.shipped_on for allocation in allocations))
    inventory.receive_vehicles(_vehicles(allocations), by=by, on=on)
    Delivery.objects.filter(allocations__in=allocations, received_on=None).update(received_on=on)
    _set(allocations, status=Status.RECEIVED)
    return allocations


def _ready(order: Order, status: str, refusal: str) -> list[Allocation]:
    allocations = list(
        Allocation.objects.select_for_update(of=("self",))
        .select_related("order_line", "vehicle")
        .filter(order_line__order=order, status=status)
        .order_by("pk")
    )
    if not allocations:
        raise RuleBroken(refusal)
    return allocations


def _vehicles(allocations: list[Allocation]) -> list[int]:
    return [allocation.vehicle_id for allocation in allocations]


def _set(allocations: list[Allocation], **changes) -> None:
    Allocation.objects.filter(pk__in=[allocation.pk for allocation in allocations]).update(**changes)


def _refuse_before(on: date, *days: date) -> None:
    earliest = max(days)
    if on < earliest:
        raise RuleBroken({"on": _("The day cannot lie before %(day)s.") % {"day": earliest}})
