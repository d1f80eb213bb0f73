from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Contract,
    ContractSeal,
    DiscountLimit,
    PaperTerms,
    Quotation,
    QuotationLine,
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
        Column("deposit_percent", kind="number", shown=False),
        Column("instalment_count", kind="number", shown=False),
        Column("signed_on", kind="date", shown=False),
        Column("quotation__number", shown=False),
        Column("owner__name"),
        Column("unit__name", shown=False),
        Column("note", shown=False),
    ),
)


CONTRACT_SEALS = Table(
    ContractSeal,
    (
        Column("contract__number", link=True),
        Column("version", kind="number"),
        Column("contract__dealer__name", _("Dealer")),
        Column("contract__customer__name", _("Customer")),
        Column("purpose"),
        Column("sealed_by__name"),
        Column("sealed_at", kind="datetime"),
        Column("gateway", shown=False),
        Column("sha256", shown=False),
    ),
)


PAPER_TERMS = Table(
    PaperTerms,
    (
        Column("kind", kind="choice", link=True),
        Column("valid_from", kind="date"),
        Column("text"),
    ),
    order=("kind", "-valid_from", "pk"),
)
