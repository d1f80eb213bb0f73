"""Columns declared once: the screen, the column chooser and the Excel export all read them.

A column compiles to a ``values_list`` path and a formatter, so a list costs one query and no model instances.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, Model, QuerySet
from django.db.models.expressions import BaseExpression
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from core.addresses import filled_in
from core.formats import EXPORTED, RIGHT_ALIGNED, SHOWN, Reading, is_masked
from core.search import reads_phones


@dataclass(frozen=True)
class Column:
    """One property of a row. ``path`` is a lookup path, or the name under which ``expression`` is annotated."""

    path: str
    label: str | Promise = ""
    kind: str = "text"
    shown: bool = True
    link: bool = False
    permission: str = ""
    expression: BaseExpression | None = None
    total: bool = False

    @property
    def name(self) -> str:
        return self.path

    @property
    def is_right_aligned(self) -> bool:
        return self.kind in RIGHT_ALIGNED


@dataclass(frozen=True)
class Cell:
    column: Column
    label: str
    html: SafeString
    value: Any


@dataclass(frozen=True)
class Row:
    pk: int
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """The columns of one model, in their natural order, and how its rows are sorted unless asked otherwise."""

    model: type[Model]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ("-pk",)

    @cached_property
    def fields(self) -> dict[str, Field | None]:
        return {column.name: field_at(self.model, column.path) for column in self.columns}

    def heading(self, column: Column) -> str:
        """A column over a relation ("dealer__name") is headed by the relation."""
        if column.label:
            return str(column.label)
        field = field_at(self.model, column.path.split("__")[0])
        return str(field.verbose_name if field is not None else column.path)

    def columns_for(self, user, chosen: Iterable[str] = ()) -> list[Column]:
        """The columns this user may see: the chosen ones in the chosen order, else those shown by default."""
        allowed = [column for column in self.columns if not column.permission or user.has_perm(column.permission)]
        by_name = {column.name: column for column in allowed}
        picked = [by_name[name] for name in chosen if name in by_name]
        return picked or [column for column in allowed if column.shown]

    def sortable(self, columns: Iterable[Column], user) -> set[str]:
        """Names of those that are read in full: the order of masked values would tell what the mask hides."""
        reading = self.reading(user)
        return {column.name for column in columns if not is_masked(column.kind, reading)}

    def sorted(self, queryset: QuerySet, wanted: str = "", sortable: Container[str] = ()) -> QuerySet:
        """Order by an offered column, the key last so that pages are stable; anything else keeps the natural order."""
        queryset = self.annotated(queryset, self.columns)
        if wanted.lstrip("-") in sortable:
            name = wanted.lstrip("-")
            if not self._may_be_empty(name):  # so that an index serves both directions
                return queryset.order_by(wanted, "-pk")
            by = F(name).desc(nulls_last=True) if wanted.startswith("-") else F(name).asc(nulls_last=True)
            return queryset.order_by(by, "-pk")
        return queryset.order_by(*self.order)

    def _may_be_empty(self, name: str) -> bool:
        field = None if "__" in name else field_at(self.model, name)
        return field is None or field.null

    def annotated(self, queryset: QuerySet, columns: Iterable[Column]) -> QuerySet:
        wanted = {c.path: c.expression for c in columns if c.expression is not None}
        missing = {path: value for path, value in wanted.items() if path not in queryset.query.annotations}
        return queryset.annotate(**missing) if missing else queryset

    def values(self, queryset: QuerySet, columns: list[Column]) -> QuerySet:
        return self.annotated(queryset, columns).values_list("pk", *(column.path for column in columns))

    def reading(self, user) -> Reading:
        return Reading(can_see_phones=reads_phones(self.model, user))

    def rows(self, queryset: QuerySet, columns: list[Column], *, user, url_pattern: str = "") -> Iterator[Row]:
        """Rows for the screen; ``url_pattern`` is the record's address with 0 in place of its key."""
        reading = self.reading(user)
        headings = [self.heading(column) for column in columns]
        formats = [
            (
                column,
                heading,
                SHOWN[column.kind],
                choices_of(self.fields.get(column.name) or _field_of(self.model, column)),
            )
            for column, heading in zip(columns, headings, strict=True)
        ]
        for pk, *values in self.values(queryset, columns):
            cells = [
                Cell(column, heading, show(value, choices, reading), value)
                for (column, heading, show, choices), value in zip(formats, values, strict=True)
            ]
            yield Row(pk, filled_in(url_pattern, pk), cells)

    def exported(self, queryset: QuerySet, columns: list[Column], *, user) -> Iterator[list[Any]]:
        """Rows of plain values for a workbook, read through a server-side cursor."""
        reading = self.reading(user)
        formats = [(EXPORTED[column.kind], choices_of(_field_of(self.model, column))) for column in columns]
        for _pk, *values in self.values(queryset, columns).iterator(chunk_size=2000):
            yield [export(value, choices, reading) for (export, choices), value in zip(formats, values, strict=True)]


def field_at(model: type[Model], path: str) -> Field | None:
    """The model field a lookup path ends in; None for annotations and keys of JSON fields."""
    field: Field | None = None
    for name in path.split("__"):
        if model is None:
            return None
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        model = field.related_model
    return field


def _field_of(model: type[Model], column: Column) -> Field | None:
    """The field behind a column; behind a computed one the field that its expression declares."""
    return field_at(model, column.path) or getattr(column.expression, "output_field", None)


def choices_of(field: Field | None) -> dict[Any, str]:
    """Labels in the reader's language, looked up once per table and not per cell; of a list, those of its values."""
    field = getattr(field, "base_field", field)
    return {value: str(label) for value, label in field.flatchoices} if field is not None and field.choices else {}
