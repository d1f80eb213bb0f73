from contracts.models import PriceCondition
from core.tables import Column, Table

PRICE_CONDITIONS = Table(
    PriceCondition,
    (
        Column("name", link=True),
        Column("kind", kind="choice"),
        Column("price_kind", kind="choice"),
        Column("percent", kind="number"),
        Column("amount", kind="money"),
        Column("valid_from", kind="date"),
        Column("valid_until", kind="date"),
        Column("region__name"),
        Column("dealer_level", kind="choice"),
        Column("series__name"),
        Column("configuration__name", shown=False),
        Column("is_combinable", kind="boolean"),
    ),
    order=("-valid_from", "-pk"),
)
