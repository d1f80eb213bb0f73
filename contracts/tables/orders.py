from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Allocation,
    Delivery,
    Invoice,
    Order,
    OrderLine,
    OrderVersion,
    OrderVersionLine,
    Retail,
)
from core.tables import Column, Table

ORDERS = Table(
    Order,
    (
        Column("number", link=True),
        Column("buyer_dealer__name"),
        Column("status", kind="status"),
        Column("total_amount", kind="money", total=True),
        Column("largest_discount_percent", kind="number", shown=False),
        Column("customer__name"),
        Column("kind", kind="choice"),
        Column("ordered_on", kind="date"),
        Column("approved_on", kind="date", shown=False),
        Column("contract__number"),
        Column("buyer_customer__name", shown=False),
        Column("quotation__number", shown=False),
        Column("opportunity__title", shown=False),
        Column("owner__name"),
        Column("unit__name", shown=False),
        Column("note", shown=False),
    ),
)


ORDER_LINES = Table(
    OrderLine,
    (
        Column("sku__name"),
        Column("sku__code", _("SKU code")),
        Column("quantity", kind="number", total=True),
        Column("returned_count", kind="number", total=True),
        Column("unit_price_amount", kind="money"),
        Column("amount", kind="money", total=True),
        Column("retail_price_amount", kind="money"),
    ),
    order=("pk",),
)


ORDER_VERSIONS = Table(
    OrderVersion,
    (
        Column("version", kind="number", link=True),
        Column("order__number"),
        Column("status", kind="status"),
        Column("total_amount", kind="money"),
        Column("largest_discount_percent", kind="number", shown=False),
        Column("reason"),
        Column("made_by__name"),
        Column("made_at", kind="datetime"),
    ),
)


ORDER_VERSION_LINES = Table(
    OrderVersionLine,
    (
        Column("sku__name"),
        Column("quantity", kind="number", total=True),
        Column("unit_price_amount", kind="money"),
        Column("amount", kind="money", total=True),
        Column("retail_price_amount", kind="money"),
    ),
    order=("pk",),
)


ALLOCATIONS = Table(
    Allocation,
    (
        Column("vehicle__vin", link=True),
        Column("vehicle__sku__name", _("SKU")),
        Column("status", kind="status"),
        Column("order_line__order__number", _("Order")),
        Column("order_line__order__buyer_dealer__name", _("Buying dealer")),
        Column("delivery__number"),
        Column("reserved_until", kind="date"),
        Column("allocated_by__name", shown=False),
        Column("allocated_at", kind="datetime"),
        Column("reason"),
        Column("damage"),
    ),
)


INVOICES = Table(
    Invoice,
    (
        Column("number", link=True),
        Column("invoiced_on", kind="date"),
        Column("order__buyer_dealer__name", _("Buying dealer")),
        Column("order__buyer_customer__name", _("Key account buying direct"), shown=False),
        Column("order__number"),
        Column("allocation__vehicle__vin", _("VIN")),
        Column("amount", kind="money", total=True),
        Column("rebate_use__amount", _("Rebate used"), kind="money", total=True),
    ),
)


DELIVERIES = Table(
    Delivery,
    (
        Column("number", link=True),
        Column("order__number"),
        Column("order__buyer_dealer__name", _("Buying dealer")),
        Column("carrier"),
        Column("shipped_on", kind="date"),
        Column("received_on", kind="date"),
    ),
)


RETAILS = Table(
    Retail,
    (
        Column("vehicle__vin", link=True),
        Column("retailed_on", kind="date"),
        Column("vehicle__sku__name", _("SKU")),
        Column("customer__name"),
        Column("dealer__name"),
        Column("outlet__name", _("Selling outlet")),
        Column("sold_by__name"),
        Column("price_amount", kind="money", total=True),
        Column("quantity", kind="number", total=True),
        Column("verification", kind="status"),
        Column("usage_kind", kind="choice"),
        Column("delivered_on", kind="date", shown=False),
        Column("warranty_starts_on", kind="date"),
        Column("is_out_of_area", kind="boolean", shown=False),
        Column("is_fleet", kind="boolean", shown=False),
        Column("taken_back_on", kind="date", shown=False),
        Column("reason", shown=False),
        Column("unit__name", shown=False),
    ),
    order=("-retailed_on", "-pk"),
)
