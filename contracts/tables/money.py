from decimal import Decimal

from django.db.models import DecimalField, F, Value
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Instalment,
    Receipt,
    Receivable,
    ReceivableEntry,
    Refund,
    Settlement,
)
from core.tables import Column, Table

MONEY = DecimalField(max_digits=14, decimal_places=2)
OPEN_PART = Least(
    F("amount"), Greatest(Value(Decimal(0)), F("through_amount") - F("receivable__received_amount")), output_field=MONEY
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
        Column("text"),
        Column("by__name"),
    ),
)


INSTALMENT_COLUMNS = (
    Column("number", kind="number"),
    Column("kind", kind="choice"),
    Column("due_on", kind="date"),
    Column("amount", kind="money", total=True),
    Column("open_amount", _("Open (yuan)"), kind="money", expression=OPEN_PART, total=True),
)
INSTALMENTS = Table(
    Instalment,
    (
        Column("receivable__order__number", _("Order"), link=True),
        Column("receivable__buyer_dealer__name", _("Buying dealer")),
        Column("receivable__order__owner__name", _("Owner of the order"), shown=False),
        *INSTALMENT_COLUMNS,
    ),
    order=("-pk",),
)
INSTALMENTS_OF_ONE = Table(Instalment, INSTALMENT_COLUMNS, order=("number",))


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
