from django.db.models import CharField, IntegerField, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from customers.models import (
    AnnualFrame,
    Arbitration,
    ClaimLimit,
    Contact,
    ContactRecord,
    Customer,
    CustomerMerge,
    CustomerShare,
    KeyAccountRegistration,
    Lead,
    LeavingCustomer,
    MetCompetitor,
    Opportunity,
    OpportunityLine,
    OwnerChange,
    Pipeline,
    PooledCustomer,
    PoolRule,
    PricePolicy,
    PurchaseRecord,
    Source,
    Stage,
    StageChange,
    WalkIns,
)
from customers.models.opportunities import days_in_stage, probability, weighted_amount

LEADS = Table(
    Lead,
    (
        Column("name", link=True),
        Column("status", kind="status"),
        Column("intent_level", kind="choice"),
        Column("score", kind="number"),
        Column("phone", kind="phone"),
        Column("city"),
        Column("series__name"),
        Column("source__name"),
        Column("dealer__name"),
        Column("owner__name"),
        Column("next_contact_on", kind="date"),
        Column("is_phone_verified", kind="boolean", shown=False),
        Column("contests__unit__name", _("Contested with"), shown=False),
        Column("recorded_by__name", shown=False),
        Column("recorded_at", kind="datetime", shown=False),
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
        Column("district", shown=False),
        Column("division", shown=False),
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
        Column("unit__name", shown=False),
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
        Column("status", kind="status"),
        Column("stage__name"),
        Column("probability", _("Probability (%)"), kind="number", expression=probability()),
        Column("series__name"),
        Column("quantity", kind="number", total=True),
        Column("amount", kind="money", total=True),
        Column("weighted_amount", _("Weighted amount (yuan)"), kind="money", expression=weighted_amount(), total=True),
        Column("expected_close_on", kind="date"),
        Column("owner__name"),
        Column("unit__name", shown=False),
        Column("pipeline__name", shown=False),
        Column("stage_since", kind="datetime", shown=False),
        Column("manual_probability", kind="number", shown=False),
        Column("lost_reason", kind="choice", shown=False),
        Column("lost_to__name", shown=False),
        Column("created_at", kind="datetime", shown=False),
        Column("closed_at", kind="datetime", shown=False),
    ),
)
LINES = Table(
    OpportunityLine,
    (
        Column("series__name"),
        Column("configuration__name"),
        Column("quantity", kind="number"),
        Column("unit_price_amount", kind="money"),
    ),
    order=("pk",),
)
COMPETITORS = Table(
    MetCompetitor,
    (
        Column("model__name", link=True),
        Column("model__maker", _("Maker")),
        Column("opportunity__title"),
        Column("price_amount", kind="money"),
        Column("dealer_name"),
        Column("note"),
    ),
)
STAGE_CHANGES = Table(
    StageChange,
    (
        Column("stage__name"),
        Column("before__name"),
        Column("at", kind="datetime"),
        Column("days", _("Days in the stage"), kind="number", expression=days_in_stage()),
        Column("by__name"),
    ),
    order=("-at", "-pk"),
)
WALK_INS = Table(
    WalkIns,
    (Column("on", kind="date", link=True), Column("unit__name"), Column("count", kind="number", total=True)),
    order=("-on", "-pk"),
)
PIPELINES = Table(Pipeline, (Column("name", link=True), Column("unit__name")), order=("unit__path", "pk"))
STAGES = Table(
    Stage,
    (
        Column("name", link=True),
        Column("pipeline__name"),
        Column("kind", kind="status"),
        Column("position", kind="number"),
        Column("probability", kind="number"),
        Column("required", kind="choices"),
        Column("is_active", kind="boolean"),
    ),
    order=("pipeline", "position", "pk"),
)
CONTACT_RECORDS = Table(
    ContactRecord,
    (
        Column("at", kind="datetime", link=True),
        Column("kind", kind="choice"),
        Column("customer__name"),
        Column("lead__name"),
        Column("opportunity__title", shown=False),
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
ARBITRATIONS = Table(
    Arbitration,
    (
        Column("at", kind="datetime"),
        Column("winner__number", _("Holds the project")),
        Column("winner__unit__name", _("Unit")),
        Column("loser__number", _("Gives way")),
        Column("loser__unit__name", _("Unit")),
        Column("reason"),
        Column("by__name"),
    ),
)
PRICE_POLICIES = Table(
    PricePolicy,
    (
        Column("valid_from", kind="date", link=True),
        Column("valid_until", kind="date"),
        Column("customer__name"),
        Column("discount_percent", kind="number"),
        Column("note"),
    ),
    order=("-valid_from", "-pk"),
)
ANNUAL_FRAMES = Table(
    AnnualFrame,
    (
        Column("valid_from", kind="date", link=True),
        Column("valid_until", kind="date"),
        Column("customer__name"),
        Column("agreed_count", kind="number", total=True),
        Column("agreed_amount", kind="money", total=True),
        Column("note", shown=False),
    ),
    order=("-valid_from", "-pk"),
)
PURCHASES = Table(
    PurchaseRecord,
    (
        Column("on", kind="date"),
        Column("customer__name"),
        Column("text"),
        Column("car_count", kind="number", total=True),
        Column("amount", kind="money", total=True),
    ),
    order=("-on", "-pk"),
)
SOURCES = Table(Source, (Column("name", link=True), Column("code")), order=("name", "pk"))
_POOLINGS = OwnerChange.objects.filter(customer=OuterRef("pk"), kind=OwnerChange.Kind.POOLED).order_by("-at", "-pk")
_GROUNDS = CharField(choices=OwnerChange.Ground.choices)


def _last_pooling(field: str, output_field) -> Subquery:
    return Subquery(_POOLINGS.values(field)[:1], output_field=output_field)


POOL = Table(
    PooledCustomer,
    (
        Column("name", link=True),
        Column("number", shown=False),
        Column("phone", kind="phone"),
        Column("kind", kind="choice", shown=False),
        Column("level", kind="choice"),
        Column("stage", kind="status"),
        Column("city"),
        Column("industry", shown=False),
        Column("unit__name"),
        Column("previous", _("Previous owner"), expression=_last_pooling("owner_before__name", CharField())),
        Column("ground", _("Why in the pool"), kind="choice", expression=_last_pooling("ground", _GROUNDS)),
        Column(
            "days", _("Days of the rule"), kind="number", expression=_last_pooling("days", IntegerField()), shown=False
        ),
        Column("reason", _("Reason"), expression=_last_pooling("reason", CharField()), shown=False),
        Column("pooled_at", kind="datetime"),
        Column("last_contact_at", kind="datetime"),
    ),
    order=("-pooled_at", "-pk"),
)
LEAVING = Table(
    LeavingCustomer,
    (
        Column("name", link=True),
        Column("falls_at", _("Falls into the pool at"), kind="datetime"),
        Column("ground", _("Why"), kind="choice", expression=Value("", output_field=_GROUNDS)),
        Column("level", kind="choice"),
        Column("phone", kind="phone"),
        Column("city"),
        Column("last_contact_at", kind="datetime"),
        Column("owner__name"),
        Column("unit__name"),
    ),
    order=("falls_at", "pk"),
)
POOL_RULES = Table(
    PoolRule,
    (
        Column("unit__name", link=True),
        Column("level", kind="choice"),
        Column("no_contact_days", kind="number"),
        Column("no_order_days", kind="number"),
        Column("protection_days", kind="number"),
        Column("warning_days", kind="number"),
        Column("spares_buyers", kind="boolean"),
        Column("is_active", kind="boolean"),
    ),
    order=("unit__path", "level", "pk"),
)
CLAIM_LIMITS = Table(
    ClaimLimit,
    (
        Column("unit__name", link=True),
        Column("claims_per_day", kind="number"),
        Column("capacity", kind="number"),
        Column("cooling_off_days", kind="number"),
    ),
    order=("unit__path", "pk"),
)
SHARES = Table(
    CustomerShare,
    (
        Column("person__name", link=True),
        Column("customer__name"),
        Column("access", kind="choice"),
        Column("until", kind="date"),
        Column("note"),
        Column("shared_by__name"),
        Column("shared_at", kind="datetime"),
        Column("ended_at", kind="datetime"),
    ),
)
MERGES = Table(
    CustomerMerge,
    (
        Column("loser_name", link=True),
        Column("loser_number"),
        Column("winner__name"),
        Column("winner__number", _("Number of the kept customer"), shown=False),
        Column("status", kind="status"),
        Column("moved_count", kind="number"),
        Column("by__name"),
        Column("at", kind="datetime"),
        Column("undone_at", kind="datetime"),
    ),
)
