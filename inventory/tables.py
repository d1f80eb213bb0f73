from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from inventory.models import Certificate, Movement, Vehicle, Warehouse

VEHICLES = Table(
    Vehicle,
    (
        Column("vin", link=True),
        Column("sku__name"),
        Column("state", kind="status"),
        Column("sku__configuration__vehicle_model__series__name", _("Series")),
        Column("sku__code", _("SKU code"), shown=False),
        Column("warehouse__name"),
        Column("dealer__name"),
        Column("unit__name", shown=False),
        Column("produced_on", kind="date"),
        Column("warehoused_on", kind="date", shown=False),
        Column("invoiced_on", kind="date"),
        Column("shipped_on", kind="date", shown=False),
        Column("received_on", kind="date"),
        Column("retailed_on", kind="date"),
        Column("engine_number", shown=False),
        Column("certificate__number", _("Certificate"), shown=False),
        Column("sale_block"),
    ),
)
MOVEMENTS = Table(
    Movement,
    (
        Column("on", kind="date"),
        Column("vehicle__vin"),
        Column("kind", kind="choice"),
        Column("from_state", kind="status"),
        Column("to_state", kind="status"),
        Column("dealer__name"),
        Column("by__name"),
        Column("at", kind="datetime"),
        Column("note", shown=False),
    ),
)
CERTIFICATES = Table(
    Certificate,
    (
        Column("number", link=True),
        Column("vehicle__vin"),
        Column("vehicle__sku__name", _("SKU")),
        Column("holder", kind="choice"),
        Column("held_since_on", kind="date"),
        Column("vehicle__state", _("State"), kind="status"),
    ),
)
WAREHOUSES = Table(
    Warehouse,
    (
        Column("name", link=True),
        Column("code"),
        Column("kind", kind="choice"),
        Column("dealer__name"),
        Column("unit__name"),
    ),
    order=("code", "pk"),
)
