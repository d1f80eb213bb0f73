"""What the pages of one entity show: list, record, add, edit, steps, export, choices.

Describe an entity once with ``Pages`` in its app's ``pages.py``; ``core/views`` renders it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from core import custom_fields
from core.bulk import BulkAction, binning
from core.filters import Filters
from core.forms import BaseLines
from core.models import Binned
from core.tables import Column, Table
from core.timeline import Source
from core.workflow import Step


@dataclass(frozen=True)
class Panel:
    """A tab of the record page: rows that belong to the record, in the reader's rights.

    ``rows(record, user)`` starts from ``visible_to(user)``; ``url_name`` is the rows' own record page.
    """

    label: str | Promise
    table: Table
    rows: Callable[[models.Model, Any], QuerySet]
    url_name: str = ""
    add_url: Callable[[models.Model, Any], str] | None = None


@dataclass(frozen=True)
class QuickLink:
    """What is done with a row of the list without opening it; ``pattern()`` has 0 in place of the key."""

    label: str | Promise
    icon: str
    permission: str
    pattern: Callable[[], str]


@dataclass(frozen=True)
class Pages:
    """One entity: its columns, filters, forms, the actions that save it, the steps of its workflow."""

    table: Table
    filters: type[Filters]
    form: type[forms.ModelForm] | None = None
    create: Callable[..., models.Model] | None = None
    update: Callable[..., models.Model] | None = None
    lines: type[BaseLines] | None = None
    lines_initial: Callable[[models.Model], list[dict]] | None = None
    facts: tuple[Column, ...] = ()
    key_figures: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    steps: tuple[Step, ...] = ()
    links: Callable[[models.Model, Any], Iterable[tuple[str, str]]] | None = None
    timeline: Source | None = None
    bulk: tuple[BulkAction, ...] = ()
    quick: QuickLink | None = None
    only: frozenset[str] = field(default=frozenset({"list", "detail", "add", "edit"}))

    @property
    def model(self) -> type[models.Model]:
        return self.table.model

    @property
    def meta(self):
        return self.model._meta

    @property
    def name(self) -> str:
        return self.meta.model_name

    def permission(self, verb: str) -> str:
        return f"{self.meta.app_label}.{verb}_{self.name}"

    def visible_rows(self, user) -> QuerySet:
        return self.model.objects.visible_to(user)

    def changeable_rows(self, user) -> QuerySet:
        return self.model.objects.changeable_by(user)

    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns and those an administrator added."""
        return (*self.table.columns, *custom_fields.columns(self.model))

    @property
    def full_table(self) -> Table:
        return Table(self.model, self.all_columns(), self.table.order)

    @property
    def fact_table(self) -> Table:
        return Table(self.model, (*(self.facts or self.table.columns), *custom_fields.columns(self.model)))

    def has(self, page: str) -> bool:
        return (
            page in self.only and not (page == "add" and not self.create) and not (page == "edit" and not self.update)
        )

    def url_name(self, page: str) -> str:
        return f"{self.meta.app_label}:{self.name}_{page}"

    def url(self, page: str, *args) -> str:
        return reverse(self.url_name(page), args=args)

    def record_url_pattern(self) -> str:
        """The address of a record with 0 in place of its key; empty where records have no page."""
        return self.url("detail", 0) if self.has("detail") else ""

    def open_steps(self, record: models.Model, user) -> list[Step]:
        return [step for step in self.steps if step.is_offered(record, user) and self.may_take(step, record, user)]

    def may_take(self, step: Step, record: models.Model, user) -> bool:
        """Where somebody may take a step on fewer rows than he sees, the record must be one of them."""
        if step.gate and step.gate.knows(step, record, user):
            return True
        seen, taken, rows = user.scope_of(self.model), user.scope_of(self.model, step.verb), self.model.objects.all()
        if taken is None or seen is None or (taken >= seen and not getattr(rows, "is_shared", False)):
            return user.has_perm(step.permission)
        return rows.within(user, step.verb).filter(pk=record.pk).exists()

    @cached_property
    def all_bulk(self) -> tuple[BulkAction, ...]:
        """The declared ones, and the recycle bin where records can go there."""
        return (*self.bulk, binning(self.model)) if issubclass(self.model, Binned) else self.bulk

    def open_bulk(self, user) -> list[BulkAction]:
        return [action for action in self.all_bulk if user.has_perm(action.permission)]

    def step_named(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)
