"""The record that a task, an entry or another generic relation points to, in the reader's rights."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from core.addresses import record_url
from core.models.attachments import visible_records


@dataclass(frozen=True)
class Target:
    """What the reader may be told of a record: what kind it is, its name, where it stands."""

    kind: str
    name: str
    url: str


class TargetedQuerySet(models.QuerySet):
    """Rows with ``content_type`` and ``object_id``."""

    def about(self, *records: models.Model):
        """Those that point to one of the records."""
        wanted = Q(pk__in=[])
        for kind, keys in _keys_by_kind(records).items():
            wanted |= Q(content_type=kind, object_id__in=keys)
        return self.filter(wanted)


def visible_targets(rows: Iterable[models.Model], user) -> dict[tuple[int, int], Target]:
    """By (content_type_id, object_id) the records the user may see: one query for each kind of record."""
    keys: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.content_type_id:
            keys[row.content_type_id].add(row.object_id)
    found = {}
    for kind_id, wanted in keys.items():
        kind = ContentType.objects.get_for_id(kind_id)
        visible = visible_records(kind.model_class(), user)
        for record in visible.filter(pk__in=wanted) if visible is not None else ():
            name = str(kind.model_class()._meta.verbose_name)
            found[kind_id, record.pk] = Target(name, str(record), record_url(record))
    return found


def name_of(record: models.Model) -> str:
    """ "customers.lead.12": how a form names the record it is about."""
    return f"{record._meta.label_lower}.{record.pk}"


def record_named(name: str, user) -> models.Model | None:
    """The record behind ``name_of``, if the user may see it."""
    label, _dot, key = name.rpartition(".")
    try:
        rows = visible_records(apps.get_model(label), user)
    except (LookupError, ValueError):
        return None
    if rows is None or not key.isdecimal() or len(key) > 18:
        return None
    return rows.filter(pk=key).first()


def _keys_by_kind(records: Iterable[models.Model]) -> dict[ContentType, set[int]]:
    keys = defaultdict(set)
    for record in records:
        keys[ContentType.objects.get_for_model(record)].add(record.pk)
    return keys
