from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from dealers.models import (
    AccountEntry,
    Authorisation,
    CreditLineChange,
    Dealer,
    DealerPaper,
    DealerTarget,
    RebatePolicy,
    RebateTier,
    ServiceStation,
)

DEALERS = Table(
    Dealer,
    (
        Column("name", link=True),
        Column("code"),
        Column("state", kind="status"),
        Column("level", kind="choice"),
        Column("province", shown=False),
        Column("city"),
        Column("unit__parent__name", label=_("Belongs to")),
        Column("parent__name"),
        Column("phone"),
        Column("credit_code", shown=False),
        Column("credit_limit_amount", kind="money"),
        Column("address", shown=False),
    ),
    order=("code", "pk"),
)
STATIONS = Table(
    ServiceStation,
    (
        Column("name", link=True),
        Column("code"),
        Column("station_class", kind="choice"),
        Column("state", kind="status"),
        Column("city"),
        Column("dealer__name"),
        Column("unit__parent__name", label=_("Belongs to")),
        Column("phone"),
    ),
    order=("code", "pk"),
)
AUTHORISATIONS = Table(
    Authorisation,
    (
        Column("number", link=True),
        Column("dealer__name"),
        Column("status", kind="status"),
        Column("starts_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("annual_target_count", kind="number", total=True),
        Column("owner__name", shown=False),
    ),
    order=("-starts_on", "-pk"),
)
DEALER_PAPERS = Table(
    DealerPaper,
    (
        Column("number", link=True),
        Column("kind", kind="choice"),
        Column("dealer__name"),
        Column("issued_on", kind="date", shown=False),
        Column("expires_on", kind="date"),
        Column("note", shown=False),
    ),
    order=("expires_on", "pk"),
)
CREDIT_LINE_CHANGES = Table(
    CreditLineChange,
    (
        Column("number", link=True),
        Column("dealer__name"),
        Column("former_amount", kind="money"),
        Column("wanted_amount", kind="money"),
        Column("status", kind="status"),
        Column("owner__name"),
        Column("created_at", kind="datetime"),
        Column("reason", shown=False),
    ),
)
DEALER_TARGETS = Table(
    DealerTarget,
    (
        Column("month", kind="month", link=True),
        Column("dealer__name"),
        Column("dealer__unit__parent__name", label=_("Belongs to"), shown=False),
        Column("target_count", kind="number", total=True),
    ),
    order=("-month", "-pk"),
)
REBATE_POLICIES = Table(
    RebatePolicy,
    (
        Column("name", link=True),
        Column("number"),
        Column("version", kind="number"),
        Column("kind", kind="choice"),
        Column("status", kind="status"),
        Column("valid_from", kind="date"),
        Column("valid_until", kind="date"),
        Column("cadence", kind="choice", shown=False),
        Column("measure", kind="choice", shown=False),
        Column("amount_per_car", kind="money"),
        Column("levels", kind="choices", shown=False),
        Column("counts_fleet", kind="boolean", shown=False),
        Column("counts_out_of_area", kind="boolean", shown=False),
        Column("dealer_cap_amount", kind="money"),
        Column("total_cap_amount", kind="money"),
        Column("claw_back_percent", kind="number", shown=False),
        Column("owner__name", shown=False),
        Column("note", shown=False),
    ),
    order=("-valid_from", "-pk"),
)
REBATE_TIERS = Table(
    RebateTier,
    (
        Column("threshold", kind="number"),
        Column("rate_percent", kind="number"),
        Column("amount_per_car", kind="money"),
    ),
    order=("threshold", "pk"),
)
ENTRY_COLUMNS = (
    Column("on", kind="date"),
    Column("account", kind="choice"),
    Column("kind", kind="choice"),
    Column("text"),
    Column("amount", kind="money", total=True),
    Column("by__name", shown=False),
)
ACCOUNT_ENTRIES = Table(AccountEntry, (Column("dealer__name"), *ENTRY_COLUMNS))
ENTRIES_OF_ONE = Table(AccountEntry, ENTRY_COLUMNS, order=("-on", "-pk"))
