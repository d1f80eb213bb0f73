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
    *,
    steps: Iterable[Step] = (),
    added: Callable[[models.Model, object], Iterable[TimelineItem]] | None = None,
) -> list[TimelineItem]:
    """Newest first."""
    items = [*steps_taken(record, steps), *(added(record, user) if added else ())]
    return sorted(items, key=lambda item: item.at, reverse=True)[:LENGTH]


def steps_taken(record: models.Model, steps: Iterable[Step]) -> list[TimelineItem]:
    changes = (
        StatusChange.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
        .select_related("by")
        .order_by("-pk")[:LENGTH]
    )
    labels = {value: str(label) for field in record._meta.concrete_fields for value, label in field.flatchoices or ()}
    names = {step.name: str(step.label) for step in steps}
    return [
        TimelineItem(
            change.at,
            change.by.name if change.by else "",
            "arrow-right",
            _title(change, labels, names),
            change.note,
        )
        for change in changes
    ]


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
