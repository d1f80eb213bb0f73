from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from contracts.actions.orders import refresh_order_status
from contracts.models import Allocation, Order, OrderLine
from contracts.needs import free_cars
from core.errors import RuleBroken
from core.notices import notify
from inventory.models import Vehicle
from users.models import User

Status = Allocation.Status
ALLOCATABLE = (Order.Status.APPROVED, Order.Status.ALLOCATED)


@transaction.atomic
def allocate_vehicles(
    order_line_id: int,
    *,
    by: User,
    vehicle_ids: Iterable[int],
    reserved_until: date | None = None,
    reason: str = "",
) -> list[Allocation]:
    """Give cars of free factory stock to an order line; whoever comes second to a car is refused.

    The oldest cars go first; who chooses others says why.
    """
    if reserved_until is not None and reserved_until < timezone.localdate():
        raise RuleBroken({"reserved_until": _("The reservation would already have ended. Choose today or later.")})
    line = OrderLine.objects.select_related("sku").get(pk=order_line_id)
    order = Order.objects.select_for_update(of=("self",)).get(pk=line.order_id)
    if order.status not in ALLOCATABLE:
        raise RuleBroken(
            _("“%(order)s” is %(status)s; cars are allocated to approved orders.")
            % {"order": order, "status": order.get_status_display()}
        )
    vehicles = list(Vehicle.objects.select_for_update(of=("self",)).filter(pk__in=vehicle_ids).order_by("pk"))
    _check_open_quantity(line, wanted=len(vehicles))
    _check_vehicles(vehicles, line)
    if not reason:
        _refuse_younger(vehicles, line)
    allocations = Allocation.objects.bulk_create(
        Allocation(
            order_line=line,
            vehicle=vehicle,
            reserved_until=reserved_until,
            reason=reason or _("Off the line %(day)s, the oldest that was free") % {"day": vehicle.produced_on},
            allocated_by=by,
        )
        for vehicle in vehicles
    )
    refresh_order_status(order, by=by, step="allocate")
    return allocations


def lock_allocation(allocation_id: int) -> tuple[Order, Allocation]:
    """The order before its car, as everywhere."""
    order_id = Allocation.objects.values_list("order_line__order", flat=True).get(pk=allocation_id)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    allocations = Allocation.objects.select_for_update(of=("self",)).select_related("order_line", "vehicle")
    return order, allocations.get(pk=allocation_id)


@transaction.atomic
def release_allocation(allocation_id: int, *, by: User | None, reason: str) -> Allocation:
    """Give a reserved car back to the free stock."""
    order, allocation = lock_allocation(allocation_id)
    if allocation.status != Status.RESERVED:
        raise RuleBroken(
            _("“%(car)s” is %(status)s; only a reserved car can be released.")
            % {"car": allocation, "status": allocation.get_status_display()}
        )
    allocation.status, allocation.reason = Status.CANCELLED, reason
    allocation.save(update_fields=["status", "reason"])
    refresh_order_status(order, by=by, step="release", note=reason)
    return allocation


def release_expired_allocations(today: date) -> int:
    """Cars that were reserved until a day before ``today`` are free again; their orders' owners hear of it."""
    expired = Allocation.objects.filter(status=Status.RESERVED, reserved_until__lt=today).order_by("pk")
    released = 0
    for allocation_id, day in expired.values_list("pk", "reserved_until"):
        try:
            with transaction.atomic():
                reason = _("Reserved until %(day)s") % {"day": day}
                _tell_of_end(release_allocation(allocation_id, by=None, reason=reason))
        except RuleBroken:  # invoiced or given back at this moment
            continue
        released += 1
    return released


def _tell_of_end(allocation: Allocation) -> None:
    order = allocation.order_line.order
    if order.owner_id:
        notify(
            [order.owner_id],
            gettext_noop("The reservation of %(vin)s for the order %(order)s has ended; the car is free again."),
            url=reverse("contracts:order_detail", args=[order.pk]),
            vin=str(allocation.vehicle),
            order=order.number,
        )


def release_reserved_cars(order: Order, *, reason: str) -> None:
    """All reserved cars of a locked order go back; an invoiced one can no longer be given back this way."""
    live = Allocation.objects.select_for_update(of=("self",)).live().filter(order_line__order=order).order_by("pk")
    moved = next((allocation for allocation in live if allocation.status != Status.RESERVED), None)
    if moved:
        raise RuleBroken(
            _("“%(car)s” of “%(order)s” is %(status)s. An order is cancelled before its first car is invoiced.")
            % {"car": moved, "order": order, "status": moved.get_status_display()}
        )
    Allocation.objects.filter(pk__in=[allocation.pk for allocation in live]).update(
        status=Status.CANCELLED, reason=reason[:200]
    )


def _check_open_quantity(line: OrderLine, *, wanted: int) -> None:
    open_cars = line.quantity - line.returned_count - line.allocations.live().count()
    if not wanted:
        raise RuleBroken(_("Choose at least one car."))
    if wanted > open_cars:
        raise RuleBroken(
            ngettext(
                "“%(line)s” needs %(cars)d more car; you chose %(wanted)d.",
                "“%(line)s” needs %(cars)d more cars; you chose %(wanted)d.",
                open_cars,
            )
            % {"line": line, "cars": open_cars, "wanted": wanted}
        )


def _refuse_younger(chosen: list[Vehicle], line: OrderLine) -> None:
    """First off the line, first out."""
    youngest = max(vehicle.produced_on for vehicle in chosen)
    free = free_cars().filter(sku=line.sku_id, produced_on__lt=youngest)
    older = free.exclude(pk__in=[vehicle.pk for vehicle in chosen]).order_by("produced_on", "pk").first()
    if older:
        raise RuleBroken(
            {
                "reason": _("“%(vin)s” left the line earlier, on %(day)s. Take it, or say why another car is chosen.")
                % {"vin": older, "day": older.produced_on}
            }
        )


def _check_vehicles(vehicles: list[Vehicle], line: OrderLine) -> None:
    taken = (
        Allocation.objects.live().filter(vehicle__in=vehicles).select_related("vehicle", "order_line__order").first()
    )
    if taken:
        raise RuleBroken(
            _("“%(vin)s” has just been allocated to order %(order)s. Choose another car.")
            % {"vin": taken.vehicle, "order": taken.order_line.order}
        )
    for vehicle in vehicles:
        if vehicle.sku_id != line.sku_id:
            raise RuleBroken(_("“%(vin)s” is not a “%(sku)s”.") % {"vin": vehicle, "sku": line.sku})
        if vehicle.state != Vehicle.State.IN_FACTORY:
            raise RuleBroken(_("“%(vin)s” is no longer in factory stock. Choose another car.") % {"vin": vehicle})
        if vehicle.sale_block:
            raise RuleBroken(
                _("“%(vin)s” must not be sold: %(reason)s. The stock keeper can lift the block.")
                % {"vin": vehicle, "reason": vehicle.sale_block}
            )
