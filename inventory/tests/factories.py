"""Cars for tests, with chosen values; ``unit`` says where they stand."""

from datetime import date
from itertools import count

from inventory import actions, rules
from inventory.models import Certificate, Movement, Vehicle, Warehouse
from products.tests.factories import make_sku
from users.models import Unit, User

serial = count(1)


def next_vin() -> str:
    """The next VIN of our own, built in 2026, with its right check digit."""
    plain = f"LKHGF1AH0TA{next(serial):06d}"
    return f"{plain[:8]}{rules.check_digit(plain)}{plain[9:]}"


def make_warehouse(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Warehouse:
    number = next(serial)
    unit = unit or Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)
    values = {"code": f"CK{number}", "name": f"平房总库{number}", "kind": Warehouse.Kind.FACTORY, "unit": unit}
    return Warehouse.objects.create(**values | fields)


def make_vehicle(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Vehicle:
    """A car in factory stock; with ``unit`` it stands there as if that were its warehouse."""
    values = {
        "sku": fields.pop("sku", None) or make_sku(),
        "warehouse": fields.pop("warehouse", None) or _yard(unit),
        "produced_on": fields.pop("produced_on", date(2026, 9, 1)),
    }
    (vehicle,) = actions.produce_vehicles(by=owner, vins=[fields.pop("vin", None) or next_vin()], **values)
    if fields:
        Vehicle.objects.filter(pk=vehicle.pk).update(**fields)
        vehicle.refresh_from_db()
    return vehicle


def make_movement(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Movement:
    return make_vehicle(unit=unit, owner=owner, **fields).movements.get()


def make_certificate(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Certificate:
    return make_vehicle(unit=unit, owner=owner, **fields).certificate


def _yard(unit: Unit | None) -> Warehouse:
    """The warehouse of the unit, headquarters' own without one; made once."""
    place = unit or Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)
    return Warehouse.objects.filter(unit=place).order_by("pk").first() or make_warehouse(unit=place)
