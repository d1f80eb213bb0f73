"""A record and its lines as plain data: what was approved, and how one version differs from another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.formats import money


@dataclass(frozen=True)
class Shape:
    """What is kept of a record: fields of its own, and of its lines, which ``keys`` tell apart."""

    fields: tuple[str, ...]
    lines: str = ""
    keys: tuple[str, ...] = ()
    line_fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def snapshot_of(record: models.Model, shape: Shape) -> dict:
    taken = {"fields": {name: _plain(getattr(record, name)) for name in shape.fields}}
    if shape.lines:
        names = (*shape.keys, *shape.line_fields)
        line = _line_model(type(record), shape)
        relations = [name for name in names if line._meta.get_field(name).is_relation]
        rows = getattr(record, shape.lines).select_related(*relations).order_by("pk")
        taken["lines"] = [{name: _plain(getattr(row, name)) for name in names} for row in rows]
    return taken


def is_same(one: dict, other: dict) -> bool:
    """Whether two snapshots say the same; a relation is told by its key, whatever it is called by now."""
    return _keys(one) == _keys(other)


def facts(model: type[models.Model], taken: dict) -> list[tuple[str, str]]:
    """The fields with their labels, as they were."""
    return [(_label(model, name), _read(model, name, value)) for name, value in taken.get("fields", {}).items()]


def about(taken: dict) -> str:
    """In a few words: the records it names, such as the buyer."""
    named = [value["text"] for value in taken.get("fields", {}).values() if isinstance(value, dict)]
    return " · ".join(dict.fromkeys(named))


def lines(model: type[models.Model], shape: Shape, taken: dict) -> tuple[list[str], list[list[tuple[str, str]]]]:
    """Headings, and the rows of the lines, each cell with its heading."""
    if not taken.get("lines"):
        return [], []
    line = _line_model(model, shape)
    headings = [(name, _label(line, name)) for name in (*shape.keys, *shape.line_fields)]
    rows = [[(label, _read(line, name, row.get(name))) for name, label in headings] for row in taken["lines"]]
    return [label for _name, label in headings], rows


def differences(model: type[models.Model], shape: Shape, before: dict, after: dict) -> list[Difference]:
    return [*_changed_fields(model, before, after), *_changed_lines(model, shape, before, after)]


def _changed_fields(model, before: dict, after: dict) -> Iterator[Difference]:
    old = before.get("fields", {})
    for name, value in after.get("fields", {}).items():
        if _key(old.get(name)) != _key(value):
            yield Difference(_label(model, name), _read(model, name, old.get(name)), _read(model, name, value))


def _changed_lines(model, shape: Shape, before: dict, after: dict) -> Iterator[Difference]:
    if not shape.lines:
        return
    line = _line_model(model, shape)
    old, new = _by_key(before, shape), _by_key(after, shape)
    for key, row in new.items():
        if key not in old:
            yield Difference(_name(line, shape, row), "", _words(line, shape, row))
        elif _keys(old[key]) != _keys(row):
            yield Difference(_name(line, shape, row), _words(line, shape, old[key]), _words(line, shape, row))
    for key, row in old.items():
        if key not in new:
            yield Difference(_name(line, shape, row), _words(line, shape, row), _("left out"))


def _by_key(taken: dict, shape: Shape) -> dict:
    """Lines by what they are about; a second one about the same counts as its second."""
    found: dict = {}
    for row in taken.get("lines", []):
        key, number = tuple(_key(row[name]) for name in shape.keys), 1
        while (key, number) in found:
            number += 1
        found[key, number] = row
    return found


def _name(line, shape: Shape, row: dict) -> str:
    return " · ".join(_read(line, name, row[name]) for name in shape.keys)


def _words(line, shape: Shape, row: dict) -> str:
    return " · ".join(f"{_label(line, name)} {_read(line, name, row.get(name))}" for name in shape.line_fields)


def _line_model(model, shape: Shape) -> type[models.Model]:
    return model._meta.get_field(shape.lines).related_model


def _label(model, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return {"key": value.pk, "text": str(value)}
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def _key(value: Any) -> Any:
    return value["key"] if isinstance(value, dict) and "key" in value else value


def _keys(taken: Any) -> Any:
    if isinstance(taken, dict):
        return taken["key"] if "key" in taken else {name: _keys(value) for name, value in taken.items()}
    return [_keys(value) for value in taken] if isinstance(taken, list) else taken


def _read(model, name: str, value: Any) -> str:
    """As a reader reads it."""
    field = model._meta.get_field(name)
    field = getattr(field, "output_field", field)  # of a column that the database computes
    if value in (None, ""):
        return "–"
    if isinstance(value, dict):
        return value["text"]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DecimalField):
        return money(Decimal(value))
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value[:10]), "Y-m-d")
    return str(dict(field.flatchoices).get(value, value))
