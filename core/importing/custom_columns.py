"""Columns for the fields that an administrator added to the kind of record a file holds."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from django import forms
from django.db import models

from core.custom_fields import PREFIX, custom_fields, form_fields, stored_value
from core.importing.parsing import parse_date, parse_number, parse_text, parse_yes_no
from core.models import CustomField

Kind = CustomField.Kind
COMMAS = re.compile(r"[,，、;；]")


def added_columns(model: type[models.Model]) -> Iterator[tuple[CustomField, partial]]:
    inputs = form_fields(model)
    for field in custom_fields(model):
        yield field, partial(_value_of, field.kind, inputs[PREFIX + field.name])


def _value_of(kind: str, field: forms.Field, cell: Any) -> Any:
    """A cell as it is stored; several choices stand in one cell, parted by commas."""
    if kind == Kind.YES_NO:
        return parse_yes_no(cell)
    if kind == Kind.DATE:
        return parse_date(cell).isoformat()
    if kind == Kind.NUMBER:
        return stored_value(field.clean(str(parse_number(cell))))
    text = parse_text(cell)
    if kind == Kind.MULTIPLE_CHOICE:
        return field.clean([part.strip() for part in COMMAS.split(text) if part.strip()])
    return field.clean(text)
