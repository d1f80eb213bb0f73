"""The timeline that a lead, its customer and its opportunities share."""

from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from core.addresses import may_open, record_url
from core.field_changes import field_changes
from core.formats import labelled, masked_phone, money
from core.models import Attachment
from core.timeline import TimelineItem, name_of, steps_taken
from core.workflow import Step
from customers import chain
from customers.chain import Chain
from customers.models import Absence, ContactRecord, Customer, Lead, Opportunity, OwnerChange, TimelineEntry
from users.models import Task

ICONS = {
    "call": "phone",
    "visit": "walk",
    "message": "message",
    "showroom": "building-store",
    "test_drive": "car",
    "quotation": "file-description",
    "order": "shopping-cart",
    "delivery": "truck-delivery",
}
OF_INTEREST = {
    Lead: ("owner", "intent_level", "phone"),
    Customer: ("level", "stage", "name", "phone"),
    Opportunity: ("owner", "amount", "quantity", "expected_close_on"),
    Absence: ("starts_on", "ends_on", "note"),
}


def of_lead(lead: Lead, user, steps: Iterable[Step], limit: int) -> Iterator[TimelineItem]:
    return _of_chain(chain.of_lead(lead, user), user, steps, limit)


def of_customer(customer: Customer, user, steps: Iterable[Step], limit: int) -> Iterator[TimelineItem]:
    return _of_chain(chain.of_customer(customer, user), user, steps, limit)


def of_opportunity(opportunity: Opportunity, user, steps: Iterable[Step], limit: int) -> Iterator[TimelineItem]:
    return _of_chain(chain.of_opportunity(opportunity, user), user, steps, limit)


def of_absence(absence: Absence, user, steps: Iterable[Step], limit: int) -> Iterator[TimelineItem]:
    yield from steps_taken([absence], steps, limit)
    yield from _changes([absence])


def _of_chain(whole: Chain, user, steps: Iterable[Step], limit: int) -> Iterator[TimelineItem]:
    yield from steps_taken([whole.opened, *whole.others], steps, limit)
    yield from _notes(whole)
    yield from _contacts(whole, user, limit)
    yield from _entries(whole, user, limit)
    yield from _owner_changes(whole, limit)
    yield from _changes([whole.opened, *whole.others])
    yield from _tasks(whole, user, limit)
    yield from _files(whole, limit)


def _notes(whole: Chain) -> Iterator[TimelineItem]:
    """What was known of him when he was recorded."""
    for lead in whole.leads:
        if lead.note:
            by, about = lead.recorded_by.name if lead.recorded_by else "", "" if lead == whole.opened else name_of(lead)
            yield TimelineItem(lead.recorded_at, by, "note", _("Note of the lead"), lead.note, about=about)


def _contacts(whole: Chain, user, limit: int) -> Iterator[TimelineItem]:
    """Whoever may read contact records reads those of the records he sees, whoever logged them."""
    if not user.has_perm("customers.view_contactrecord"):
        return
    records = ContactRecord.objects.by_hand().filter(whole.contacts(), binned_at=None)
    for record in records.select_related("owner", "lead", "opportunity").order_by("-at", "-pk")[:limit]:
        about = record.opportunity or record.lead or whole.opened
        yield TimelineItem(
            record.at,
            record.owner.name if record.owner else "",
            ICONS[record.kind],
            record.get_kind_display(),
            record.summary,
            url=record_url(record) if record.owner_id == user.pk else "",
            about="" if about == whole.opened else name_of(about),
        )


def _entries(whole: Chain, user, limit: int) -> Iterator[TimelineItem]:
    """They name orders and amounts."""
    if whole.customer is None or not user.has_perm("customers.view_purchaserecord"):
        return
    for entry in TimelineEntry.objects.of_customer(whole.customer.pk).select_related("by")[:limit]:
        by = entry.by.name if entry.by else ""
        url = entry.url if may_open(entry.url, user) else ""
        yield TimelineItem(entry.at, by, "point", _(entry.message) % entry.parameters, url=url)


def _owner_changes(whole: Chain, limit: int) -> Iterator[TimelineItem]:
    """With the reason, which the history of the field does not know."""
    if whole.customer is None:
        return
    changes = OwnerChange.objects.of_customer(whole.customer.pk).select_related("owner_before", "owner_after", "by")
    for change in changes[:limit]:
        names = [person.name if person else "–" for person in (change.owner_before, change.owner_after)]
        title = labelled(change.get_kind_display(), " → ".join(names))
        why = change.reason or change.get_ground_display()
        text = _("%(why)s (%(days)d days)") % {"why": why, "days": change.days} if change.days else why
        yield TimelineItem(change.at, change.by.name if change.by else "", "arrows-exchange", title, text)


def _changes(records: list[models.Model]) -> Iterator[TimelineItem]:
    """The first record is the one that the page shows."""
    for change in field_changes(records, OF_INTEREST):
        old, new = (_shown(change.field, value) for value in (change.before, change.after))
        title = _("%(field)s: %(before)s → %(after)s") % {"field": change.label, "before": old, "after": new}
        about = "" if change.record == records[0] else name_of(change.record)
        yield TimelineItem(change.at, change.by, "pencil", title, about=about)


def _shown(field: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    return {"phone": masked_phone, "amount": money}.get(field, str)(value)


def _tasks(whole: Chain, user, limit: int) -> Iterator[TimelineItem]:
    done = Task.objects.visible_to(user).done().about(*whole.records).select_related("done_by")
    for task in done.order_by("-done_at", "-pk")[:limit]:
        title = _("Task done: %(task)s") % {"task": task}
        yield TimelineItem(task.done_at, task.done_by.name, "check", title, about=_where(task, whole))


def _files(whole: Chain, limit: int) -> Iterator[TimelineItem]:
    for file in Attachment.objects.of(*whole.open_records).select_related("uploaded_by").order_by("-pk")[:limit]:
        title = _("File: %(name)s") % {"name": file}
        by, url = file.uploaded_by.name, file.get_absolute_url()
        yield TimelineItem(file.uploaded_at, by, "paperclip", title, url=url, about=_where(file, whole))


def _where(row: models.Model, whole: Chain) -> str:
    """The record a row points to, where it is not the opened one."""
    for record in whole.others:
        kind = ContentType.objects.get_for_model(record)
        if (row.content_type_id, row.object_id) == (kind.pk, record.pk):
            return name_of(record)
    return ""
