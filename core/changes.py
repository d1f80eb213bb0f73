"""The plainest of all actions: new values for the fields of one record."""

from typing import TypeVar

from django.db import models, transaction

Record = TypeVar("Record", bound=models.Model)


@transaction.atomic
def changed(model: type[Record], record_id: int, fields: dict) -> Record:
    """The record, locked, with these fields changed and saved."""
    record = model._default_manager.select_for_update(of=("self",)).get(pk=record_id)
    for name, value in fields.items():
        setattr(record, name, value)
    record.save(update_fields=list(fields))
    return record
