"""What the history says about some fields of some records: from which value to which, when, and by whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, QuerySet, Value, Window
from django.db.models.functions import JSONObject, Lag

FAR_BACK = 500


@dataclass(frozen=True)
class FieldChange:
    """``before`` and ``after`` as one reads them: the name of a person, the label of a choice."""

    record: models.Model
    at: datetime
    by: str
    field: str
    label: str
    before: object
    after: object


def field_changes(
    records: list[models.Model], of_interest: Mapping[type[models.Model], tuple[str, ...]]
) -> Iterator[FieldChange]:
    """The newest first: one query however many records of whatever kind, and one for the names of people."""
    by_model: dict[type[models.Model], dict[int, models.Model]] = defaultdict(dict)
    for record in records:
        if type(record) in of_interest:
            by_model[type(record)][record.pk] = record
    if not by_model:
        return
    models_by_name = {model._meta.label_lower: model for model in by_model}
    parts = [_events(model, list(found), of_interest[model]) for model, found in by_model.items()]
    events = list(parts[0].union(*parts[1:], all=True).order_by("-pgh_created_at", "-pgh_id")[:FAR_BACK])
    changed = [
        (models_by_name[event["kind"]], event, name)
        for event in events
        if event["earlier"]
        for name in of_interest[models_by_name[event["kind"]]]
        if event["old"][name] != event["new"][name]
    ]
    names = _people(changed)
    for model, event, name in changed:
        field = model._meta.get_field(name)
        read = names if field.is_relation else dict(field.flatchoices)
        old, new = event["old"][name], event["new"][name]
        record, by = by_model[model][event["pgh_obj_id"]], names.get(event["by"], "")
        label, at = str(field.verbose_name), event["pgh_created_at"]
        yield FieldChange(record, at, by, name, label, read.get(old, old), read.get(new, new))


def _events(model: type[models.Model], keys: list[int], fields: tuple[str, ...]) -> QuerySet:
    """What stood in the fields after each event and after the one before it; the same columns for every model."""
    columns = {name: model._meta.get_field(name).attname for name in fields}
    turn = {"partition_by": "pgh_obj_id", "order_by": "pgh_id"}
    return (
        model.events.rel.related_model.objects.filter(pgh_obj_id__in=keys)
        .order_by()
        .annotate(
            kind=Value(model._meta.label_lower),
            by=F("pgh_context__metadata__user"),
            earlier=Window(Lag("pgh_id"), **turn),
            new=JSONObject(**columns),
            old=JSONObject(**{name: Window(Lag(column), **turn) for name, column in columns.items()}),
        )
        .values("kind", "pgh_id", "pgh_obj_id", "pgh_created_at", "by", "earlier", "new", "old")
    )


def _people(changed: list[tuple]) -> dict[int, str]:
    """Whoever changed something, and the people that relations led to."""
    keys = {event["by"] for _model, event, _name in changed}
    for model, event, name in changed:
        if model._meta.get_field(name).is_relation:
            keys |= {event["old"][name], event["new"][name]}
    keys.discard(None)
    return dict(get_user_model().objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
