"""What happens to the cars of an order that are ready for it, or to those chosen among them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from contracts.actions.accounts import post_invoices
from contracts.actions.approvals import lock_credit
from contracts.actions.rebate_uses import use_rebate
from contracts.credit import credit_of
from contracts.models import Allocation, Delivery, Invoice, Order
from core.errors import RuleBroken
from core.formats import money
from core.numbering import next_number, next_numbers
from dealers.closed_months import check_day
from inventory import actions as inventory
from users.models import User

Status = Allocation.Status
Chosen = Iterable[Allocation] | None


def invoice_cars(
    order: Order, *, by: User, on: date, rebate: Decimal | None = None, cars: Chosen = None
) -> list[Invoice]:
    """Wholesale: an invoice for each reserved car of a locked order; from here on it counts as the buyer's."""
    allocations = _ready(
        order, Status.RESERVED, _("No reserved car is waiting for its invoice. Allocate cars first."), cars
    )
    built = max(allocation.vehicle.produced_on for allocation in allocations)
    check_day("on", on, earliest=max(order.approved_on, built))
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
    _refuse_overdrawn(order, sum(invoice.amount for invoice in invoices))
    inventory.invoice_vehicles(_vehicles(allocations), by=by, on=on, dealer=order.buyer_dealer, unit=order.unit)
    _set(allocations, status=Status.INVOICED)
    return invoices


def ship_cars(order: Order, *, by: User, on: date, carrier: str = "", cars: Chosen = None) -> Delivery:
    """One delivery of the invoiced cars of a locked order."""
    allocations = _ready(
        order, Status.INVOICED, _("No invoiced car is waiting to be shipped. Invoice the cars first."), cars
    )
    check_day("on", on, earliest=max(allocation.vehicle.invoiced_on for allocation in allocations))
    inventory.ship_vehicles(_vehicles(allocations), by=by, on=on)
    number = next_number("delivery", prefix="FY", on=on)
    delivery = Delivery.objects.create(number=number, order=order, carrier=carrier, shipped_on=on)
    _set(allocations, status=Status.SHIPPED, delivery=delivery)
    return delivery


def receive_cars(
    order: Order, *, by: User, on: date, cars: Chosen = None, damaged: Iterable[Allocation] = (), damage: str = ""
) -> list[Allocation]:
    """The dealer has the shipped cars of a locked order in his yard; those damaged on the way (质损) are noted."""
    if order.is_direct:
        raise RuleBroken(
            _("“%(order)s” is sold without a dealer: enter the retail sale when the customer has the car.")
            % {"order": order}
        )
    allocations = _ready(order, Status.SHIPPED, _("No car of this order is on the way."), cars)
    check_day("on", on, earliest=max(allocation.vehicle.shipped_on for allocation in allocations))
    hurt = {allocation.pk for allocation in damaged}
    whole, broken = ([car for car in allocations if (car.pk in hurt) is is_hurt] for is_hurt in (False, True))
    inventory.receive_vehicles(_vehicles(whole), by=by, on=on)
    inventory.receive_vehicles(_vehicles(broken), by=by, on=on, note=damage)
    _set(whole, status=Status.RECEIVED)
    _set(broken, status=Status.RECEIVED, damage=damage)
    _close_deliveries(allocations, on)
    return allocations


def _refuse_overdrawn(order: Order, invoiced: Decimal) -> None:
    """A credit line lowered, or a rebate taken back, since the order was approved; the dealer is locked last."""
    if order.is_direct:
        return
    if lacking := credit_of(lock_credit(order.buyer_dealer)).overdrawn(invoiced):
        raise RuleBroken(
            _(
                "“%(dealer)s” lacks %(amount)s yuan for orders approved before. "
                "Invoice “%(order)s” when the money is there or the credit line is raised."
            )
            % {"dealer": order.buyer_dealer, "amount": money(lacking), "order": order}
        )


def _close_deliveries(allocations: list[Allocation], on: date) -> None:
    """A delivery has arrived with its last car."""
    under_way = Allocation.objects.filter(delivery=OuterRef("pk"), status=Status.SHIPPED)
    arrived = Delivery.objects.filter(allocations__in=allocations, received_on=None).filter(~Exists(under_way))
    Delivery.objects.filter(pk__in=arrived.values("pk")).update(received_on=on)


def _ready(order: Order, status: str, refusal: str, cars: Chosen) -> list[Allocation]:
    """All cars of the order in this status, or the chosen ones, which all have to be in it."""
    chosen = None if cars is None else {car.pk for car in cars}
    allocations = list(
        Allocation.objects.select_for_update(of=("self",))
        .select_related("order_line", "vehicle")
        .filter(order_line__order=order, status=status)
        .order_by("pk")
    )
    if chosen is not None:
        allocations = [allocation for allocation in allocations if allocation.pk in chosen]
    if not allocations:
        raise RuleBroken(refusal)
    if chosen is not None and len(allocations) < len(chosen):
        raise RuleBroken(_("Some of the chosen cars have moved on meanwhile. Reload the page and choose again."))
    return allocations


def _vehicles(allocations: list[Allocation]) -> list[int]:
    return [allocation.vehicle_id for allocation in allocations]


def _set(allocations: list[Allocation], **changes) -> None:
    Allocation.objects.filter(pk__in=[allocation.pk for allocation in allocations]).update(**changes)
