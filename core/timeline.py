"""One timeline per record: steps taken, and what the entity adds (calls, visits, orders)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from core.models import StatusChange
from core.workflow import Step

LENGTH = 60


@dataclass(frozen=True)
class TimelineItem:
    at: datetime
    by: str
    icon: str
    title: str
    text: str = ""
    url: str = ""


def timeline_of(
    record: models.Model,
    user,
    added: Callable[[models.Model, object], Iterable[TimelineItem]] | None,
    steps: Iterable[Step] = (),
) -> list[TimelineItem]:
    """Newest first."""
    items = [
        *steps_taken(record, {step.name: str(step.label) for step in steps}),
        *(added(record, user) if added else ()),
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)[:LENGTH]


def steps_taken(record: models.Model, steps: dict[str, str]) -> list[TimelineItem]:
    changes = (
        StatusChange.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
        .select_related("by")
        .order_by("-pk")[:LENGTH]
    )
    labels = {value: str(label) for field in record._meta.concrete_fields for value, label in field.flatchoices or ()}
    return [
        TimelineItem(
            change.at,
            change.by.name if change.by else "",
            "arrow-right",
            _title(change, steps, labels),
            change.note,
        )
        for change in changes
    ]


def _title(change: StatusChange, steps: dict[str, str], labels: dict[str, str]) -> str:
    """A step that leaves the status as it is goes by its own name; the first status comes from nowhere."""
    if change.before == change.after and change.step in steps:
        return steps[change.step]
    before, after = labels.get(change.before, change.before), labels.get(change.after, change.after)
    if not before:
        return _("Entered as: %(status)s") % {"status": after}
    return _("Status: %(before)s → %(after)s") % {"before": before, "after": after}
