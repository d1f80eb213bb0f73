"""What moves vehicles from stock to stock. Every change of state is a row of the ledger."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import RuleBroken
from core.numbering import next_numbers
from core.search import search_text
from dealers.models import Dealer
from inventory import rules
from inventory.models import Certificate, Movement, Vehicle, Warehouse
from products.models import Sku
from users.models import Unit, User

State, Kind = Vehicle.State, Movement.Kind
NAMED_AT_MOST = 3


@transaction.atomic
def produce_vehicles(
    *, by: User | None, sku: Sku, vins: Iterable[str], produced_on: date, warehouse: Warehouse
) -> list[Vehicle]:
    """Cars that came off the line enter factory stock, each with its certificate of conformity."""
    numbers = [rules.checked_vin(vin) for vin in vins]
    _refuse_known(numbers)
    vehicles = Vehicle.objects.bulk_create(
        Vehicle(
            vin=vin,
            sku=sku,
            produced_on=produced_on,
            warehoused_on=produced_on,
            warehouse=warehouse,
            unit=warehouse.unit,
            search_text=vehicle_search_text(vin, sku),
        )
        for vin in numbers
    )
    certificates = next_numbers("certificate", prefix="HGZ", on=produced_on, count=len(vehicles))
    Certificate.objects.bulk_create(
        Certificate(number=number, vehicle=vehicle, held_since_on=produced_on)
        for number, vehicle in zip(certificates, vehicles, strict=True)
    )
    _record_movements(vehicles, Kind.PRODUCED, on=produced_on, by=by, before="", after=State.IN_FACTORY)
    return vehicles


@transaction.atomic
def invoice_vehicles(
    vehicle_ids: Iterable[int], *, by: User | None, on: date, dealer: Dealer | None, unit: Unit
) -> list[Vehicle]:
    """Wholesale: the cars leave factory stock for the channel and belong to ``unit``, who sees them coming."""
    vehicles = _locked(vehicle_ids, State.IN_FACTORY)
    _refuse_blocked(vehicles)
    return _move(vehicles, Kind.INVOICED, State.IN_TRANSIT, by=by, on=on, invoiced_on=on, dealer=dealer, unit=unit)


@transaction.atomic
def ship_vehicles(vehicle_ids: Iterable[int], *, by: User | None, on: date) -> list[Vehicle]:
    """The cars leave the yard; none without its certificate."""
    vehicles = _locked(vehicle_ids, State.IN_TRANSIT)
    _refuse_blocked(vehicles)
    lacking = [vehicle for vehicle in vehicles if not hasattr(vehicle, "certificate")]
    if lacking:
        raise RuleBroken(
            _("No certificate of conformity yet: %(vins)s. Enter it, then ship.") % {"vins": _names(lacking)}
        )
    return _move(vehicles, Kind.SHIPPED, State.IN_TRANSIT, by=by, on=on, shipped_on=on, warehouse=None)


@transaction.atomic
def receive_vehicles(vehicle_ids: Iterable[int], *, by: User | None, on: date, note: str = "") -> list[Vehicle]:
    """The dealer takes the cars into his stock, and their certificates with them; ``note`` tells of damage."""
    vehicles = _locked(vehicle_ids, State.IN_TRANSIT)
    dealer_ids = {vehicle.dealer_id for vehicle in vehicles}
    warehouse = Warehouse.objects.filter(dealer__in=dealer_ids).order_by("pk").first()
    moved = _move(
        vehicles, Kind.RECEIVED, State.AT_DEALER, by=by, on=on, note=note, received_on=on, warehouse=warehouse
    )
    _hand_certificates(moved, Certificate.Holder.DEALER, on=on)
    return moved


@transaction.atomic
def retail_vehicle(vehicle_id: int, *, by: User | None, on: date, directly: bool = False) -> Vehicle:
    """The end user drives off. A direct sale goes from transit to the customer without a dealer's stock."""
    vehicles = _locked([vehicle_id], State.IN_TRANSIT if directly else State.AT_DEALER)
    _refuse_blocked(vehicles)
    (vehicle,) = _move(vehicles, Kind.RETAILED, State.RETAILED, by=by, on=on, retailed_on=on, warehouse=None)
    _hand_certificates([vehicle], Certificate.Holder.CUSTOMER, on=on)
    return vehicle


@transaction.atomic
def take_back_vehicle(vehicle_id: int, *, by: User | None, on: date, note: str) -> Vehicle:
    """The end user gives his car back to the dealer; it stands in the dealer's stock since it came there first."""
    vehicles = _locked([vehicle_id], State.RETAILED)
    warehouse = Warehouse.objects.filter(dealer=vehicles[0].dealer_id).order_by("pk").first()
    (vehicle,) = _move(
        vehicles, Kind.RETURNED, State.AT_DEALER, by=by, on=on, note=note, retailed_on=None, warehouse=warehouse
    )
    _hand_certificates([vehicle], Certificate.Holder.DEALER, on=on)
    return vehicle


@transaction.atomic
def return_vehicle(vehicle_id: int, *, by: User | None, on: date, warehouse: Warehouse, note: str) -> Vehicle:
    """A wholesaled car comes back into factory stock (退车), from wherever it is, and can be sold anew."""
    vehicles = _locked([vehicle_id], State.IN_TRANSIT, State.AT_DEALER, State.RETAILED)
    whose = vehicles[0].dealer_id
    dates = dict.fromkeys(("invoiced_on", "shipped_on", "received_on", "retailed_on"))
    place = {"dealer": None, "unit": warehouse.unit, "warehouse": warehouse}
    (vehicle,) = _move(
        vehicles, Kind.RETURNED, State.IN_FACTORY, by=by, on=on, note=note, whose=whose, **dates, **place
    )
    _hand_certificates([vehicle], Certificate.Holder.FACTORY, on=on)
    return vehicle


def vehicle_search_text(vin: str, sku: Sku) -> str:
    """Dealers quote the last eight or six characters, so these count as whole names."""
    return search_text(vin, vin[-8:], vin[-6:], sku.name, sku.code)


def _locked(vehicle_ids: Iterable[int], *states: str) -> list[Vehicle]:
    """The vehicles, locked in the order of their keys; all of them have to be in one of ``states``."""
    vehicles = list(
        Vehicle.objects.select_for_update(of=("self",))
        .select_related("certificate")
        .filter(pk__in=vehicle_ids)
        .order_by("pk")
    )
    elsewhere = [vehicle for vehicle in vehicles if vehicle.state not in states]
    if elsewhere:
        raise RuleBroken(
            _("“%(vin)s” counts as %(now)s now, not as %(expected)s. Reload the page to see where it is.")
            % {
                "vin": elsewhere[0],
                "now": elsewhere[0].get_state_display(),
                "expected": "、".join(str(State(state).label) for state in states),
            }
        )
    return vehicles


def _move(
    vehicles: list[Vehicle],
    kind: str,
    state: str,
    *,
    by: User | None,
    on: date,
    note: str = "",
    whose: int | None = None,
    **changes,
) -> list[Vehicle]:
    """``whose``: the dealer the movement is about where the cars do not stay with him."""
    if not vehicles:
        return vehicles
    before = vehicles[0].state
    Vehicle.objects.filter(pk__in=[vehicle.pk for vehicle in vehicles]).update(state=state, **changes)
    for vehicle in vehicles:
        vehicle.state = state
        for name, value in changes.items():
            setattr(vehicle, name, value)
    _record_movements(vehicles, kind, on=on, by=by, before=before, after=state, note=note, whose=whose)
    return vehicles


def _record_movements(
    vehicles: list[Vehicle],
    kind: str,
    *,
    on: date,
    by: User | None,
    before: str,
    after: str,
    note: str = "",
    whose: int | None = None,
) -> None:
    Movement.objects.bulk_create(
        Movement(
            vehicle=vehicle,
            kind=kind,
            on=on,
            from_state=before,
            to_state=after,
            dealer_id=whose or vehicle.dealer_id,
            by=by,
            note=note[:200],
        )
        for vehicle in vehicles
    )


def _hand_certificates(vehicles: list[Vehicle], holder: str, *, on: date) -> None:
    Certificate.objects.filter(vehicle__in=vehicles).exclude(holder=Certificate.Holder.BANK).update(
        holder=holder, held_since_on=on
    )


def _refuse_known(vins: list[str]) -> None:
    twice = sorted(
        {vin for vin in vins if vins.count(vin) > 1}
        | set(Vehicle.objects.filter(vin__in=vins).values_list("vin", flat=True))
    )
    if twice:
        raise RuleBroken(
            {
                "vins": ngettext(
                    "The VIN %(vins)s is already in use.", "The VINs %(vins)s are already in use.", len(twice)
                )
                % {"vins": _names(twice)}
            }
        )


def _refuse_blocked(vehicles: list[Vehicle]) -> None:
    blocked = next((vehicle for vehicle in vehicles if vehicle.sale_block), None)
    if blocked:
        raise RuleBroken(
            _("“%(vin)s” must not be sold: %(reason)s. The stock keeper can lift the block.")
            % {"vin": blocked, "reason": blocked.sale_block}
        )


def _names(things: list) -> str:
    shown = "、".join(str(thing) for thing in things[:NAMED_AT_MOST])
    return f"{shown} …" if len(things) > NAMED_AT_MOST else shown
