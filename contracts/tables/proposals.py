from django.utils.translation import gettext_lazy as _

from contracts.models import AllocationProposal, ProposedCar, ShortLine
from core.tables import Column, Table

ALLOCATION_PROPOSALS = Table(
    AllocationProposal,
    (
        Column("number", link=True),
        Column("status", kind="status"),
        Column("made_at", kind="datetime"),
        Column("made_by__name"),
        Column("series__name"),
        Column("order__number"),
        Column("open_count", kind="number"),
        Column("proposed_count", kind="number"),
    ),
)


PROPOSED_CARS = Table(
    ProposedCar,
    (
        Column("vehicle__vin", link=True),
        Column("order_line__order__number", _("Order")),
        Column("order_line__order__buyer_dealer__name", _("Buying dealer")),
        Column("vehicle__sku__name", _("SKU")),
        Column("reason"),
        Column("outcome", kind="status"),
        Column("note"),
        Column("position", kind="number"),
        Column("vehicle__produced_on", kind="date", shown=False),
        Column("proposal__number", shown=False),
    ),
    order=("-proposal", "position", "pk"),
)


SHORT_LINES = Table(
    ShortLine,
    (
        Column("order_line__order__number", _("Order")),
        Column("order_line__order__buyer_dealer__name", _("Buying dealer")),
        Column("order_line__sku__name", _("SKU")),
        Column("open_count", kind="number", total=True),
        Column("proposed_count", kind="number", total=True),
        Column("reason"),
    ),
    order=("pk",),
)
