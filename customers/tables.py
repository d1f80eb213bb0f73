from core.tables import Column, Table
from customers.models import (
    Contact,
    ContactRecord,
    Customer,
    KeyAccountRegistration,
    Lead,
    Opportunity,
    PurchaseRecord,
    Source,
)

LEADS = Table(
    Lead,
    (
        Column("name", link=True),
        Column("status", kind="status"),
        Column("intent_level", kind="choice"),
        Column("phone", kind="phone"),
        Column("city"),
        Column("series__name"),
        Column("source__name"),
        Column("dealer__name"),
        Column("owner__name"),
        Column("next_contact_on", kind="date"),
        Column("recorded_by__name", shown=False),
        Column("recorded_at", kind="datetime"),
        Column("note", shown=False),
    ),
)
CUSTOMERS = Table(
    Customer,
    (
        Column("name", link=True),
        Column("number"),
        Column("kind", kind="choice"),
        Column("stage", kind="status"),
        Column("level", kind="choice"),
        Column("phone", kind="phone"),
        Column("other_phone", kind="phone", shown=False),
        Column("province", shown=False),
        Column("city"),
        Column("industry", shown=False),
        Column("size", kind="choice", shown=False),
        Column("website", shown=False),
        Column("source__name", shown=False),
        Column("care_level", kind="choice", shown=False),
        Column("parent__name", shown=False),
        Column("address", shown=False),
        Column("credit_code", shown=False),
        Column("id_number_cipher", kind="id_number", shown=False),
        Column("dealer__name"),
        Column("owner__name"),
        Column("unit__name"),
        Column("last_contact_at", kind="datetime"),
        Column("created_at", kind="datetime", shown=False),
    ),
)
CONTACTS = Table(
    Contact,
    (
        Column("name", link=True),
        Column("customer__name"),
        Column("role"),
        Column("phone", kind="phone"),
        Column("other_phone", kind="phone", shown=False),
        Column("email"),
        Column("wechat", shown=False),
        Column("birth_calendar", kind="choice", shown=False),
        Column("next_birthday_on", kind="date"),
        Column("is_primary", kind="boolean"),
    ),
)
OPPORTUNITIES = Table(
    Opportunity,
    (
        Column("title", link=True),
        Column("number"),
        Column("customer__name"),
        Column("stage", kind="status"),
        Column("series__name"),
        Column("quantity", kind="number", total=True),
        Column("amount", kind="money", total=True),
        Column("expected_close_on", kind="date"),
        Column("owner__name"),
        Column("lost_reason", kind="choice", shown=False),
        Column("created_at", kind="datetime", shown=False),
    ),
)
CONTACT_RECORDS = Table(
    ContactRecord,
    (
        Column("at", kind="datetime", link=True),
        Column("kind", kind="choice"),
        Column("customer__name"),
        Column("lead__name"),
        Column("summary"),
        Column("next_contact_on", kind="date"),
        Column("owner__name"),
    ),
    order=("-at", "-pk"),
)
REGISTRATIONS = Table(
    KeyAccountRegistration,
    (
        Column("project_name", link=True),
        Column("number"),
        Column("customer__name"),
        Column("expected_quantity", kind="number", total=True),
        Column("status", kind="status"),
        Column("protected_until", kind="date"),
        Column("dealer__name"),
        Column("owner__name"),
    ),
)
PURCHASES = Table(
    PurchaseRecord,
    (
        Column("on", kind="date"),
        Column("customer__name"),
        Column("text"),
        Column("amount", kind="money", total=True),
    ),
    order=("-on", "-pk"),
)
SOURCES = Table(Source, (Column("name", link=True), Column("code")), order=("name", "pk"))
