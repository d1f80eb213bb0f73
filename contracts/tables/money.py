from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Receipt,
    Receivable,
    ReceivableEntry,
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
