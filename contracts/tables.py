from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Allocation,
    Contract,
    Delivery,
    DiscountLimit,
    Invoice,
    Order,
    OrderLine,
    Quotation,
    QuotationLine,
    Receipt,
    Receivable,
    ReceivableEntry,
    Retail,
)
from core.tables import Column, Table

QUOTATIONS = Table(
    Quotation,
    (
        Column("number", link=True),
        Column("version", kind="number"),
        Column("customer__name"),
        Column("status", kind="status"),
        Column("total_amount", kind="money", total=True),
        Column("largest_discount_percent", kind="number"),
        Column("list_amount", kind="money", shown=False, total=True),
        Column("discount_percent", kind="number", shown=False),
        Column("is_below_cost", kind="boolean", shown=False, permission="products.see_cost_price"),
        Column("quoted_on", kind="date"),
        Column("valid_until", kind="date"),
        Column("opportunity__title"),
        Column("owner__name"),
        Column("unit__name", shown=False),
        Column("note", shown=False),
    ),
)
QUOTATION_LINES = Table(
    QuotationLine,
    (
        Column("sku__name"),
        Column("sku__code", _("SKU code")),
        Column("quantity", kind="number", total=True),
        Column("list_price_amount", kind="money"),
        Column("discount_percent", kind="number"),
        Column("unit_price_amount", kind="money"),
        Column("amount", kind="money", total=True),
    ),
    order=("pk",),
)
DISCOUNT_LIMITS = Table(
    DiscountLimit,
    (
        Column("role", kind="choice", link=True),
        Column("percent", kind="number"),
        Column("valid_from", kind="date"),
    ),
    order=("role", "-valid_from", "pk"),
)
CONTRACTS = Table(
    Contract,
    (
        Column("number", link=True),
        Column("kind", kind="choice"),
        Column("dealer__name"),
        Column("customer__name"),
        Column("status", kind="status"),
        Column("starts_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("agreed_count", kind="number", total=True),
        Column("agreed_amount", kind="money", total=True),
        Column("payment_days", kind="number", shown=False),
        Column("signed_on", kind="date", shown=False),
        Column("quotation__number", shown=False),
        Column("owner__name"),
        Column("unit__name", shown=False),
        Column("note", shown=False),
    ),
)
ORDERS = Table(
    Order,
    (
        Column("number", link=True),
        Column("buyer_dealer__name"),
        Column("status", kind="status"),
        Column("total_amount", kind="money", total=True),
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
        Column("reason", shown=False),
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
        Column("sold_by__name"),
        Column("price_amount", kind="money", total=True),
        Column("quantity", kind="number", total=True),
        Column("verification", kind="status"),
        Column("usage_kind", kind="choice"),
        Column("delivered_on", kind="date", shown=False),
        Column("warranty_starts_on", kind="date"),
        Column("is_out_of_area", kind="boolean", shown=False),
        Column("is_fleet", kind="boolean", shown=False),
        Column("unit__name", shown=False),
    ),
    order=("-retailed_on", "-pk"),
)
RECEIVABLES = Table(
    Receivable,
    (
        Column("order__number", link=True),
        Column("buyer_dealer__name"),
        Column("buyer_customer__name", shown=False),
        Column("amount", kind="money", total=True),
        Column("received_amount", kind="money", total=True),
        Column("outstanding_amount", kind="money", total=True),
        Column("opened_on", kind="date", shown=False),
        Column("due_on", kind="date"),
        Column("unit__name", shown=False),
    ),
)
RECEIVABLE_ENTRIES = Table(
    ReceivableEntry,
    (
        Column("on", kind="date"),
        Column("kind", kind="choice"),
        Column("amount", kind="money", total=True),
        Column("by__name"),
    ),
)
RECEIPTS = Table(
    Receipt,
    (
        Column("number", link=True),
        Column("received_on", kind="date"),
        Column("receivable__order__number", _("Order")),
        Column("receivable__buyer_dealer__name", _("Buying dealer")),
        Column("amount", kind="money", total=True),
        Column("method", kind="choice"),
        Column("reference"),
        Column("entered_by__name"),
    ),
)
