"""Proposals of cars for all open order lines at once: made, corrected by hand, taken over."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.actions.orders import refresh_order_statuses
from contracts.matching import FreeCar, Match, OpenLine, match
from contracts.models import Allocation, AllocationProposal, Order, OrderLine, ProposedCar, ShortLine
from contracts.needs import free_cars, open_lines, plan_attainment, with_open_count
from core.bulk import Outcome, one_by_one
from core.errors import RuleBroken
from core.numbering import next_number
from inventory.models import Vehicle
from products.models import Series, Sku
from users.models import User

BATCH = 2_000
State = ProposedCar.Outcome


@transaction.atomic
def propose_allocation(*, by: User, series: Series | None = None, order: Order | None = None) -> AllocationProposal:
    """Match all open lines with all free cars; of one order only its own lines are kept, others still come first."""
    today = timezone.localdate()
    lines = open_lines()
    if order is not None:
        skus = set(order.lines.values_list("sku", flat=True))
    else:
        skus = set(_skus_of(series)) if series else None
    lines = [line for line in lines if skus is None or line.sku in skus]
    found = match(lines, _free_by_sku({line.sku for line in lines}), plan_attainment(today))
    if order is not None:
        lines, found = _only(order, lines, found)
    if not lines:
        raise RuleBroken(_("No approved order line is waiting for cars."))
    proposal = AllocationProposal.objects.create(
        number=next_number("allocation_proposal", prefix="PC", on=today),
        series=series,
        order=order,
        open_count=sum(line.open_count for line in lines),
        proposed_count=len(found.given),
        made_by=by,
    )
    _write(proposal, found)
    return proposal


@transaction.atomic
def change_proposed_car(proposed_id: int, *, by: User, vehicle: Vehicle, note: str) -> ProposedCar:
    """Another free car of the same SKU instead of the proposed one, with the reason."""
    proposed = _waiting(proposed_id)
    if not note.strip():
        raise RuleBroken({"note": _("Please give a reason.")})
    if vehicle.sku_id != proposed.order_line.sku_id or not free_cars().filter(pk=vehicle.pk).exists():
        raise RuleBroken({"vehicle": _("“%(vin)s” is not a free car of this SKU.") % {"vin": vehicle}})
    twin = proposed.proposal.cars.filter(vehicle=vehicle, outcome__in=ProposedCar.WAITING).exclude(pk=proposed.pk)
    if other := twin.select_related("order_line__order").first():
        raise RuleBroken(
            {
                "vehicle": _("“%(vin)s” is proposed for the order %(order)s; leave it out there first.")
                % {"vin": vehicle, "order": other.order_line.order}
            }
        )
    proposed.vehicle, proposed.note, proposed.outcome = vehicle, note, State.CHANGED
    proposed.save(update_fields=["vehicle", "note", "outcome"])
    return proposed


def leave_out_cars(record_ids: Iterable[int], *, by: User, note: str) -> Outcome:
    """These cars stay free, for the reason given."""

    def leave_out(key: int) -> None:
        proposed = _waiting(key)
        proposed.outcome, proposed.note = State.LEFT_OUT, note
        proposed.save(update_fields=["outcome", "note"])

    return one_by_one(record_ids, leave_out)


def apply_proposal(proposal: AllocationProposal, *, by: User, reserved_until: date) -> int:
    """Allocate what a locked proposal still holds; what became impossible meanwhile lapses with its reason."""
    if reserved_until < timezone.localdate():
        raise RuleBroken({"reserved_until": _("The reservation would already have ended. Choose today or later.")})
    cars = list(proposal.cars.filter(outcome__in=ProposedCar.WAITING).select_related("order_line").order_by("position"))
    orders = _lock_orders(cars)
    free = _lock_free({car.vehicle_id for car in cars})
    needed = _needed({car.order_line_id for car in cars})
    taken = []
    for car in cars:
        car.outcome, lapse = State.ALLOCATED, _lapse(car, orders, free, needed)
        if lapse:
            car.outcome, car.note = State.LAPSED, lapse
            continue
        needed[car.order_line_id] -= 1
        taken.append(car)
    if not taken:
        raise RuleBroken(_("None of the proposed cars is free and wanted any more. Make a new proposal."))
    Allocation.objects.bulk_create(
        (
            Allocation(
                order_line_id=car.order_line_id,
                vehicle_id=car.vehicle_id,
                reserved_until=reserved_until,
                reason=car.note or car.reason,
                allocated_by=by,
            )
            for car in taken
        ),
        batch_size=BATCH,
    )
    _close(proposal, cars)
    touched = {car.order_line.order_id for car in taken}
    refresh_order_statuses([orders[key] for key in sorted(touched)], by=by, step="allocate")
    return len(taken)


def _skus_of(series: Series) -> QuerySet:
    return Sku.objects.filter(configuration__vehicle_model__series=series).values_list("pk", flat=True)


def _free_by_sku(skus: set[int]) -> dict[int, list[FreeCar]]:
    """The oldest first."""
    rows = free_cars().filter(sku__in=skus).order_by("produced_on", "pk").values_list("sku", "pk", "produced_on")
    cars = defaultdict(list)
    for sku, key, produced_on in rows:
        cars[sku].append(FreeCar(key, produced_on))
    return cars


def _only(order: Order, lines: list[OpenLine], found: Match) -> tuple[list[OpenLine], Match]:
    own = Match(
        [given for given in found.given if given.line.order == order.pk],
        [short for short in found.short if short.line.order == order.pk],
    )
    return [line for line in lines if line.order == order.pk], own


def _write(proposal: AllocationProposal, found: Match) -> None:
    found.given.sort(key=lambda given: given.line.priority)
    ProposedCar.objects.bulk_create(
        (
            ProposedCar(
                proposal=proposal,
                order_line_id=given.line.key,
                vehicle_id=given.car.key,
                position=position,
                reason=given.reason,
            )
            for position, given in enumerate(found.given, start=1)
        ),
        batch_size=BATCH,
    )
    ShortLine.objects.bulk_create(
        (
            ShortLine(
                proposal=proposal,
                order_line_id=short.line.key,
                open_count=short.line.open_count,
                proposed_count=short.given_count,
                reason=short.reason,
            )
            for short in found.short
        ),
        batch_size=BATCH,
    )


def _waiting(proposed_id: int) -> ProposedCar:
    """Locked, its proposal first."""
    proposal_id = ProposedCar.objects.values_list("proposal", flat=True).get(pk=proposed_id)
    proposal = AllocationProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    proposed = ProposedCar.objects.select_for_update(of=("self",)).select_related("order_line").get(pk=proposed_id)
    if proposal.status != AllocationProposal.Status.PROPOSED or proposed.outcome not in ProposedCar.WAITING:
        raise RuleBroken(
            _("“%(car)s” of %(proposal)s is %(outcome)s and can no longer be changed.")
            % {"car": proposed, "proposal": proposal, "outcome": proposed.get_outcome_display()}
        )
    return proposed


def _lock_orders(cars: list[ProposedCar]) -> dict[int, Order]:
    keys = {car.order_line.order_id for car in cars}
    orders = Order.objects.awaiting_cars().filter(pk__in=keys)
    return {order.pk: order for order in orders.select_for_update(of=("self",)).order_by("pk")}


def _lock_free(keys: set[int]) -> set[int]:
    """Those of the cars that are free, looked at only once they are locked."""
    list(Vehicle.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return set(free_cars().filter(pk__in=keys).values_list("pk", flat=True))


def _needed(lines: set[int]) -> dict[int, int]:
    return dict(with_open_count(OrderLine.objects.filter(pk__in=lines)).values_list("pk", "open_count"))


def _lapse(car: ProposedCar, orders: dict[int, Order], free: set[int], needed: dict[int, int]) -> str:
    if car.order_line.order_id not in orders:
        return _("The order no longer waits for cars.")
    if car.vehicle_id not in free:
        return _("The car is no longer free.")
    return "" if needed[car.order_line_id] > 0 else _("The line has its cars.")


def _close(proposal: AllocationProposal, cars: list[ProposedCar]) -> None:
    ProposedCar.objects.filter(proposal=proposal, outcome__in=ProposedCar.WAITING).exclude(
        pk__in=[car.pk for car in cars if car.outcome == State.LAPSED]
    ).update(outcome=State.ALLOCATED)
    lapsed = [car for car in cars if car.outcome == State.LAPSED]
    ProposedCar.objects.bulk_update(lapsed, ["outcome", "note"], batch_size=BATCH)
