from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Receipt,
    Receivable,
    ReceivableEntry,
    Refund,
    Settlement,
)
from core.tables import Column, Table

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
        Column("text"),
        Column("by__name"),
    ),
)


RECEIPTS = Table(
    Receipt,
    (
        Column("number", link=True),
        Column("received_on", kind="date"),
        Column("payer_dealer__name"),
        Column("payer_customer__name", shown=False),
        Column("amount", kind="money", total=True),
        Column("prepaid_amount", kind="money", total=True),
        Column("method", kind="choice"),
        Column("reference"),
        Column("entered_by__name", shown=False),
        Column("note", shown=False),
    ),
)


SETTLEMENTS = Table(
    Settlement,
    (
        Column("on", kind="date"),
        Column("receipt__number", link=True),
        Column("receivable__order__number", _("Order")),
        Column("receipt__payer_dealer__name", _("Paying dealer")),
        Column("receipt__payer_customer__name", _("Paying key account"), shown=False),
        Column("amount", kind="money", total=True),
        Column("by__name", shown=False),
    ),
)


REFUNDS = Table(
    Refund,
    (
        Column("number", link=True),
        Column("refunded_on", kind="date"),
        Column("receipt__number"),
        Column("receipt__payer_dealer__name", _("Paying dealer")),
        Column("receipt__payer_customer__name", _("Paying key account"), shown=False),
        Column("amount", kind="money", total=True),
        Column("reference"),
        Column("reason"),
        Column("entered_by__name", shown=False),
    ),
)
