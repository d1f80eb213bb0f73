from contracts.models import ContractAmendment
from core.tables import Column, Table

AMENDMENTS = Table(
    ContractAmendment,
    (
        Column("version", kind="number", link=True),
        Column("contract__number"),
        Column("status", kind="status"),
        Column("former_ends_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("former_agreed_count", kind="number"),
        Column("agreed_count", kind="number"),
        Column("former_agreed_amount", kind="money"),
        Column("agreed_amount", kind="money"),
        Column("former_payment_days", kind="number", shown=False),
        Column("payment_days", kind="number", shown=False),
        Column("reason"),
        Column("made_by__name"),
        Column("made_at", kind="datetime"),
    ),
)
