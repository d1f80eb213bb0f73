"""What is kept about cars and warehouses beside their movements."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from dealers.models import Dealer
from inventory.models import Certificate, Vehicle, Warehouse
from users.models import Unit, User


@transaction.atomic
def change_vehicle(vehicle_id: int, *, by: User, **fields) -> Vehicle:
    """Engine number, sale block, and the warehouse while the car stands in one."""
    vehicle = Vehicle.objects.select_for_update(of=("self",)).get(pk=vehicle_id)
    warehouse = fields.get("warehouse", vehicle.warehouse)
    if warehouse != vehicle.warehouse:
        _check_place(vehicle, warehouse)
    for name, value in fields.items():
        setattr(vehicle, name, value)
    vehicle.save(update_fields=list(fields))
    return vehicle


@transaction.atomic
def hand_certificate(certificate_id: int, *, by: User, holder: str, held_since_on: date) -> Certificate:
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate_id)
    certificate.holder, certificate.held_since_on = holder, held_since_on
    certificate.save(update_fields=["holder", "held_since_on"])
    return certificate


@transaction.atomic
def add_warehouse(*, by: User, dealer: Dealer | None = None, **fields) -> Warehouse:
    return Warehouse.objects.create(dealer=dealer, unit=_unit_of(dealer), **fields)


@transaction.atomic
def change_warehouse(warehouse_id: int, *, by: User, **fields) -> Warehouse:
    warehouse = Warehouse.objects.select_for_update(of=("self",)).get(pk=warehouse_id)
    for name, value in fields.items():
        setattr(warehouse, name, value)
    warehouse.unit = _unit_of(warehouse.dealer)
    warehouse.save(update_fields=[*fields, "unit"])
    return warehouse


def _unit_of(dealer: Dealer | None) -> Unit:
    return dealer.unit if dealer else Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)


def _check_place(vehicle: Vehicle, warehouse: Warehouse | None) -> None:
    """A car in factory stock stands in a factory warehouse, one at a dealer in that dealer's."""
    fits = {
        Vehicle.State.IN_FACTORY: warehouse is not None and warehouse.dealer_id is None,
        Vehicle.State.AT_DEALER: warehouse is None or warehouse.dealer_id == vehicle.dealer_id,
    }
    if not fits.get(vehicle.state, warehouse is None):
        raise RuleBroken(
            {
                "warehouse": _("“%(vin)s” counts as %(state)s and cannot stand there.")
                % {"vin": vehicle, "state": vehicle.get_state_display()}
            }
        )
