"""What an importer is: the columns it takes, and the action that saves the rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise

from core.custom_fields import PREFIX
from core.importing.custom_columns import added_columns
from core.importing.parsing import parse_text


@dataclass(frozen=True)
class ImportColumn:
    """``parse`` turns a cell that is not empty into a value, or raises a ValidationError with a sentence.

    A heading of the file is recognised by the name, the label in every language, and the synonyms.
    """

    name: str
    label: str | Promise
    parse: Callable[[Any], Any] = parse_text
    is_required: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRow:
    """``number`` is the row in the sheet, counted from 1; ``values`` has every column of the importer."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class RowError:
    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class ImportSource:
    """Where the rows come from; ``options`` are the cleaned values of the importer's options form."""

    name: str
    sha256: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass
class Outcome:
    """What the action did. An error here takes back the whole file, as an error in a cell does."""

    created: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True)
class Importer:
    """``save(rows, by=..., source=...)`` runs in one transaction, also when a file is only checked.

    It takes the rows as they are read, so that a long file needs little memory, and upserts by a business key,
    so that the same file twice changes nothing. Where each column is a record (``is_closed``), a heading that is no
    column, or may be two, is an error; elsewhere it is left out.
    """

    name: str
    label: str | Promise
    columns: tuple[ImportColumn, ...]
    permission: str
    save: Callable[..., Outcome]
    options: type[forms.Form] | None = None
    help_text: str | Promise = ""
    extends: type[models.Model] | None = None
    is_closed: bool = False

    @property
    def all_columns(self) -> tuple[ImportColumn, ...]:
        """The declared columns and those an administrator added to the kind of record the file holds."""
        if self.extends is None:
            return self.columns
        added = (
            ImportColumn(PREFIX + field.name, field.label, parse, field.is_required, (field.name,))
            for field, parse in added_columns(self.extends)
        )
        return (*self.columns, *added)

    def column(self, name: str) -> ImportColumn | None:
        return next((column for column in self.all_columns if column.name == name), None)
