"""Rows into empty tables by COPY, with keys given out here."""

import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from types import NoneType
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 20_000
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Copier:
    """Gives out keys and writes rows. What a row leaves out takes the default of its field."""

    def __init__(self, now: datetime):
        self.now = now
        self._last: dict[type[models.Model], int] = defaultdict(int)
        self._written: list[type[models.Model]] = []

    def key(self, model: type[models.Model]) -> int:
        self._last[model] += 1
        return self._last[model]

    def start_after(self, model: type[models.Model]) -> None:
        """Keys follow those of the rows that are there already."""
        self._last[model] = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0

    def copy(self, model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
        """Rows by column name ("owner_id"); those without "id" get the next key."""
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        names = [field.attname for field in fields]
        defaults = {field.attname: _text(self._default(field)) for field in fields}
        batch: list[str] = []
        for row in rows:
            values = defaults | {name: _text(value) for name, value in row.items()}
            if "id" not in row:
                values["id"] = str(self.key(model))
            batch.append("\t".join(values[name] for name in names))
            if len(batch) == BATCH:
                self._write(model, fields, batch)
                batch = []
        self._write(model, fields, batch)
        self._written.append(model)

    def reset_sequences(self) -> None:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), self._written):
                cursor.execute(statement)

    def _default(self, field: models.Field) -> Any:
        if field.primary_key:
            return None
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            return self.now
        return field.get_default()

    def _write(self, model: type[models.Model], fields: list[models.Field], batch: list[str]) -> None:
        if not batch:
            return
        columns = ", ".join(f'"{field.column}"' for field in fields)
        with connection.cursor() as cursor:
            # Through Django's cursor first: it carries the history's context into the transaction.
            cursor.execute("SET LOCAL synchronous_commit = off")
            text = io.StringIO("\n".join(batch) + "\n")
            cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', text)


def _text(value: Any) -> str:
    return WRITTEN.get(type(value), str)(value)


def _document(value: dict | list) -> str:
    return json.dumps(value, ensure_ascii=False).translate(ESCAPES)


WRITTEN: dict[type, Callable[[Any], str]] = {
    NoneType: lambda value: r"\N",
    bool: lambda value: "t" if value else "f",
    str: lambda value: value.translate(ESCAPES),
    date: date.isoformat,
    datetime: datetime.isoformat,
    dict: _document,
    list: _document,
}
