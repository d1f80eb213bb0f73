"""Everything that points to a customer, read from the models themselves, so that a new relation is not forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pghistory.models
import pgtrigger
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from customers.models import Customer

# They tell what happened to the row for which they were written.
STAYING = {"customers.TimelineEntry", "customers.CustomerMerge", "core.StatusChange"}


@dataclass(frozen=True)
class Reference:
    """A column that names a customer; ``generic`` is the name of the content type's column where there is one."""

    model: type[models.Model]
    field: str
    generic: str = ""

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    def rows_of(self, customer_id: int) -> models.QuerySet:
        kind = {self.generic: ContentType.objects.get_for_model(Customer)} if self.generic else {}
        return self.model._base_manager.filter(**kind, **{self.field: customer_id}).order_by("pk")

    def rows(self, keys: Iterable[int]) -> models.QuerySet:
        return self.model._base_manager.filter(pk__in=list(keys)).order_by("pk")

    def key_in(self, row: models.Model) -> int | None:
        return getattr(row, self.model._meta.get_field(self.field).attname)


def references() -> list[Reference]:
    """What follows a customer into another row; the rows of upper apps first, as they are locked first."""
    found = [reference for model in apps.get_models(include_auto_created=True) for reference in _references_of(model)]
    return found[::-1]


def reference_named(label: str) -> Reference:
    return next(reference for reference in references() if reference.label == label)


def staying_models() -> list[type[models.Model]]:
    """Those that name a customer and keep naming him: histories and ledgers."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if _stays(model) and not issubclass(model, pghistory.models.Event) and any(_pointers(model))
    ]


def _references_of(model: type[models.Model]) -> Iterator[Reference]:
    if not model._meta.proxy and not _stays(model):
        yield from _pointers(model)


def _stays(model: type[models.Model]) -> bool:
    guards = [trigger for trigger in getattr(model._meta, "triggers", ()) if isinstance(trigger, pgtrigger.Protect)]
    is_append_only = any(guard.condition is None for guard in guards)
    return is_append_only or model._meta.label in STAYING or issubclass(model, pghistory.models.Event)


def _pointers(model: type[models.Model]) -> Iterator[Reference]:
    for field in model._meta.local_concrete_fields:
        if field.is_relation and isinstance(field.related_model, type) and issubclass(field.related_model, Customer):
            yield Reference(model, field.name)
    for field in model._meta.private_fields:
        if isinstance(field, GenericForeignKey):
            yield Reference(model, field.fk_field, field.ct_field)
