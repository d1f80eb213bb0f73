"""Whole files of customers and leads: thousands of rows with a handful of statements each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.models import StatusChange
from core.notices import notify
from core.numbering import next_numbers
from core.search import search_text
from customers import queries
from customers.actions.customers import SEARCHED, fill_search
from customers.actions.leads import deciders_between, protected_rivals
from customers.actions.scores import rescore
from customers.models import Customer, Lead
from users.models import User

CHUNK = 2_000
CUSTOMER_KEYS, LEAD_KEYS = ("credit_code", "phone"), ("phone",)


@dataclass
class Written:
    created: int = 0
    updated: int = 0
    skipped: int = 0


@dataclass
class Known:
    """Rows of a unit by their business keys; the first in a file or in the database counts."""

    keys: tuple[str, ...]
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)

    def twin_of(self, values: dict[str, Any]) -> Any:
        found = (self.rows.get((key, values.get(key) or "")) for key in self.keys)
        return next((row for row in found if row is not None), None)

    def add(self, values: dict[str, Any], row: Any) -> None:
        for key in self.keys:
            if values.get(key):
                self.rows.setdefault((key, values[key]), row)


@transaction.atomic
def import_customers(rows: Iterable[dict[str, Any]], *, by: User, update: bool) -> Written:
    """Twins by code or phone in one's unit are left as they are, or take what the file says of them.

    An empty cell changes nothing, and a twin that somebody may not change stays as it is.
    """
    written = Written()
    for chunk in _chunks(rows):
        known = _known(Customer.objects.filter(merged_into=None), chunk, CUSTOMER_KEYS, by)
        allowed = _changeable(Customer, known, by) if update else set()
        new, changed = _sort(chunk, known, allowed, written)
        numbers = next_numbers("customer", prefix="KH", on=timezone.localdate(), count=len(new))
        for values, number in zip(new, numbers, strict=True):
            values |= {"number": number, "owner": by, "unit": by.unit}
        customers = [Customer(**values) for values in new]
        merged = _merged_into(changed)
        for customer in (*customers, *changed):
            fill_search(customer, merged.get(customer.pk, []))
        Customer.objects.bulk_create(customers)
        _save_changed(Customer, changed, chunk, SEARCHED)
    return written


@transaction.atomic
def import_leads(rows: Iterable[dict[str, Any]], *, by: User, update: bool) -> Written:
    """As customers; new ones wait to be assigned, or for a decision where another dealer has them under protection."""
    written, today = Written(), timezone.localdate()
    for chunk in _chunks(rows):
        known = _known(Lead.objects.open(), chunk, LEAD_KEYS, by)
        new, changed = _sort(chunk, known, _changeable(Lead, known, by) if update else set(), written)
        leads = [Lead(**values, unit=by.unit, recorded_by=by) for values in new]
        rivals = protected_rivals([lead.phone for lead in leads], by.unit)
        due = {level: queries.next_contact_due(level, today) for level in {lead.intent_level for lead in leads}}
        for lead in leads:
            lead.next_contact_on = due[lead.intent_level]
            if rival := rivals.get(lead.phone):
                lead.status, lead.contests = Lead.Status.CONTESTED, rival
        for lead in (*leads, *changed):
            lead.search_text = search_text(lead.name, lead.city, phones=[lead.phone])
        Lead.objects.bulk_create(leads)
        _save_changed(Lead, changed, chunk, ("search_text",))
        _log_recorded(leads, by=by)
        _ask_for_decisions(rivals.values(), by=by)
        rescore(Lead.objects.filter(pk__in=[lead.pk for lead in (*leads, *changed)]))
    return written


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _known(queryset: models.QuerySet, chunk: list[dict], keys: tuple[str, ...], by: User) -> Known:
    same = Q(pk__in=[])
    for key in keys:
        same |= Q(**{f"{key}__in": [values[key] for values in chunk if values.get(key)]})
    known = Known(keys)
    for row in queryset.filter(same, unit=by.unit_id, binned_at=None).order_by("pk"):
        known.add({key: getattr(row, key) for key in keys}, row)
    return known


def _changeable(model: type[models.Model], known: Known, by: User) -> set[int]:
    """Locked in the order of their keys."""
    keys = {row.pk for row in known.rows.values()}
    rows = model.objects.changeable_by(by).filter(pk__in=keys).order_by("pk")
    return set(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def _sort(chunk: list[dict], known: Known, allowed: set[int], written: Written) -> tuple[list[dict], list]:
    """The rows that are new, and the stored ones that read otherwise now."""
    new, changed = [], {}
    for values in chunk:
        twin = known.twin_of(values)
        if twin is None:
            new.append(values)
            known.add(values, values)
        elif getattr(twin, "pk", None) in allowed and _takes(twin, values):
            changed[twin.pk] = twin
        else:
            written.skipped += 1
    written.created += len(new)
    written.updated += len(changed)
    return new, list(changed.values())


def _takes(row: models.Model, values: dict[str, Any]) -> bool:
    """Put in what the file says; False where that is what stands there already."""
    told = {name: value for name, value in values.items() if value not in (None, "", {})}
    if "extra" in told:
        told["extra"] = {**row.extra, **told["extra"]}
    if told.get("id_number_hash") == getattr(row, "id_number_hash", ""):
        told.pop("id_number_cipher", None)  # the same number, encrypted anew
    different = {name: value for name, value in told.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _save_changed(model: type[models.Model], changed: list, chunk: list[dict], added: tuple[str, ...]) -> None:
    names = {name for values in chunk for name in values} - {"number", "owner", "unit"}
    model.objects.bulk_update(changed, [*sorted(names), *added], batch_size=500)


def _merged_into(customers: list[Customer]) -> dict[int, list[Customer]]:
    found: dict[int, list[Customer]] = {}
    for row in Customer.objects.filter(merged_into__in=[customer.pk for customer in customers]).order_by("pk"):
        found.setdefault(row.merged_into_id, []).append(row)
    return found


def _ask_for_decisions(rivals: Iterable[Lead], *, by: User) -> None:
    """One notice for all leads that one unit holds."""
    counts = Counter(rival.unit for rival in rivals)
    for unit, count in counts.items():
        notify(
            sorted(deciders_between(by.unit, unit) - {by.pk}),
            gettext_noop("%(by)s imported %(count)s leads that %(unit)s has under protection. Please decide."),
            url=f"{reverse('customers:lead_list')}?status={Lead.Status.CONTESTED}",
            by=str(by),
            count=str(count),
            unit=unit.name,
        )


def _log_recorded(leads: list[Lead], *, by: User) -> None:
    kind = ContentType.objects.get_for_model(Lead)
    StatusChange.objects.bulk_create(
        StatusChange(content_type=kind, object_id=lead.pk, step="record", before="", after=lead.status, by=by)
        for lead in leads
    )
