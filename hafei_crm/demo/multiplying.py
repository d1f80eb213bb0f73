"""The business of scale 1 copied many times by the database itself: each copy with keys, numbers and phones of its own.

People, dealers, products and plans stay as they are: more customers and cars, not more dealers.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models

from aftersales.models import Claim, ClaimLine, ServiceRequest
from contracts.models import (
    Allocation,
    Delivery,
    Instalment,
    Invoice,
    Order,
    OrderLine,
    Quotation,
    QuotationLine,
    Receipt,
    Receivable,
    ReceivableEntry,
    Refund,
    Retail,
    Settlement,
)
from customers.models import (
    Contact,
    ContactRecord,
    Customer,
    KeyAccountRegistration,
    Lead,
    MetCompetitor,
    Opportunity,
    OpportunityLine,
    PurchaseRecord,
    StageChange,
    TimelineEntry,
)
from dealers.models import AccountEntry
from inventory.models import Certificate, Movement, Vehicle

MULTIPLIED: tuple[type[models.Model], ...] = (
    Customer,
    Contact,
    Lead,
    Opportunity,
    OpportunityLine,
    MetCompetitor,
    StageChange,
    ContactRecord,
    KeyAccountRegistration,
    PurchaseRecord,
    TimelineEntry,
    Vehicle,
    Movement,
    Certificate,
    Quotation,
    QuotationLine,
    Order,
    OrderLine,
    Allocation,
    Invoice,
    Delivery,
    Retail,
    Receivable,
    ReceivableEntry,
    Instalment,
    Receipt,
    Settlement,
    Refund,
    AccountEntry,
    Claim,
    ClaimLine,
    ServiceRequest,
)
NEW_PHONE = "left(t.phone, 3) || lpad(((right(t.phone, 8)::bigint + n * 7919017) %% 100000000)::text, 8, '0')"
NEW_SERIAL = "overlay(t.vin placing lpad(((right(t.vin, 6)::bigint + n * 31013) %% 1000000)::text, 6, '0') from 12)"
SHARE_OF_BUSIEST = 0.5


def multiply(times: int, *, busiest: int) -> None:
    """Make ``times`` of everything; the person ``busiest`` gets half of the open opportunities of the copies.

    One owner with very many rows is where plans of the database go wrong, so the benchmarks need him.
    """
    spans = {model: model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0 for model in MULTIPLIED}
    with connection.cursor() as cursor:
        for model in MULTIPLIED:
            cursor.execute(_copy_sql(model, spans), {"copies": times - 1})
        for statement in connection.ops.sequence_reset_sql(no_style(), MULTIPLIED):
            cursor.execute(statement)
    open_copies = Opportunity.objects.open().filter(pk__gt=spans[Opportunity])
    given = open_copies.values_list("pk", flat=True)[: round(open_copies.count() * SHARE_OF_BUSIEST)]
    Opportunity.objects.filter(pk__in=list(given)).update(owner=busiest)


def _copy_sql(model: type[models.Model], spans: dict) -> str:
    columns = [field for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{field.column}"' for field in columns)
    values = ", ".join(_value_sql(field, spans) for field in columns)
    table = model._meta.db_table
    return f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" t, generate_series(1, %(copies)s) AS n'


def _value_sql(field: models.Field, spans: dict) -> str:
    column = f't."{field.column}"'
    if field.primary_key:
        return f"{column} + n * {spans[field.model]}"
    if field.is_relation and field.related_model in spans:
        return f"{column} + n * {spans[field.related_model]}"
    if field.name == "object_id":
        return _target_sql(column, spans)
    if field.name == "search_text":
        return _search_text_sql(field.model)
    return _text_sql(field, column)


def _text_sql(field: models.Field, column: str) -> str:
    """Texts that identify somebody or something are made anew; the others are copied."""
    if field.name == "vin" and field.unique:
        return NEW_SERIAL
    if field.name == "phone":
        return f"CASE WHEN {column} LIKE '1__________' THEN {NEW_PHONE} ELSE {column} END"
    if isinstance(field, models.CharField) and _identifies(field):
        return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-' || n END"
    return column


def _identifies(field: models.Field) -> bool:
    constraints = field.model._meta.constraints
    keys = {name for one in constraints if isinstance(one, models.UniqueConstraint) for name in one.fields}
    return field.unique or (field.name in keys and not field.choices)


def _search_text_sql(model: type[models.Model]) -> str:
    text = "t.search_text"
    for name in ("number", "vin", "phone"):
        field = next((one for one in model._meta.concrete_fields if one.name == name), None)
        if field is not None:
            column = f't."{field.column}"'
            text = f"replace({text}, lower({column}), lower({_text_sql(field, column)}))"
    return text


def _target_sql(column: str, spans: dict) -> str:
    kinds = ContentType.objects.get_for_models(*spans)
    cases = " ".join(f"WHEN {kinds[model].pk} THEN n * {span}" for model, span in spans.items())
    return f"{column} + CASE t.content_type_id {cases} ELSE 0 END"
