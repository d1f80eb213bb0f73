"""One timeline per record: steps taken, and what the entity adds (calls, visits, orders); newest first, in pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import StatusChange
from core.workflow import Step

LENGTH = 40
LAST_PAGE = 50


@dataclass(frozen=True)
class TimelineItem:
    """``about`` names the record where it is another one than the page shows."""

    at: datetime
    by: str
    icon: str
    title: str
    text: str = ""
    url: str = ""
    about: str = ""


@dataclass(frozen=True)
class Timeline:
    """One page of it; ``older`` is the number of the next page, 0 where there is none."""

    items: list[TimelineItem]
    older: int


# ``(record, user, steps, limit)``: status changes and the rest, of each kind at most the newest ``limit``.
Source = Callable[[models.Model, object, Iterable[Step], int], Iterable[TimelineItem]]


def timeline_of(
    record: models.Model, user, *, steps: Iterable[Step] = (), source: Source | None = None, page: int = 1
) -> Timeline:
    """What is among the newest ``page`` × LENGTH of each kind decides the page, so that nothing is lost between."""
    end = page * LENGTH
    items = list(source(record, user, steps, end + 1) if source else steps_taken([record], steps, end + 1))
    items.sort(key=lambda item: item.at, reverse=True)
    has_older = len(items) > end and page < LAST_PAGE
    return Timeline(items[end - LENGTH : end], page + 1 if has_older else 0)


def steps_taken(records: list[models.Model], steps: Iterable[Step], limit: int) -> Iterator[TimelineItem]:
    """Status changes of these records by one query; the first is the one the steps belong to and the page shows."""
    by_key = {(ContentType.objects.get_for_model(record).pk, record.pk): record for record in records}
    wanted = Q(pk__in=[])
    for kind, key in by_key:
        wanted |= Q(content_type=kind, object_id=key)
    names = {step.name: str(step.label) for step in steps}
    for change in StatusChange.objects.filter(wanted).select_related("by").order_by("-pk")[:limit]:
        record = by_key[change.content_type_id, change.object_id]
        title = _title(change, _labels(record), names if record == records[0] else {})
        about = "" if record == records[0] else name_of(record)
        yield TimelineItem(
            change.at, change.by.name if change.by else "", "arrow-right", title, change.note, about=about
        )


def name_of(record: models.Model) -> str:
    return f"{record._meta.verbose_name} {record}"


def _labels(record: models.Model) -> dict[str, str]:
    return {value: str(label) for field in record._meta.concrete_fields for value, label in field.flatchoices or ()}


def _title(change: StatusChange, labels: dict[str, str], names: dict[str, str]) -> str:
    """The first status comes from nowhere; a step that leaves the status as it is has only its name to tell.

    What is no status at all is named by an English msgid.
    """
    if not change.after:
        return _(change.step)
    status = labels.get(change.after, change.after)
    if not change.before:
        return _("Entered as: %(status)s") % {"status": status}
    if change.before == change.after and change.step in names:
        return names[change.step]
    before = labels.get(change.before, change.before)
    return _("Status: %(before)s → %(after)s") % {"before": before, "after": status}
