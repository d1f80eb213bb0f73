"""The master data of claims: parts, labour operations, labour rates."""

from django.db import transaction

from aftersales.models import LabourOperation, LabourRate, Part
from core.changes import changed
from core.search import search_text
from users.models import User


@transaction.atomic
def add_part(*, by: User, **fields) -> Part:
    part = Part(**fields)
    part.search_text = search_text(part.name, part.number)
    part.save()
    return part


@transaction.atomic
def change_part(part_id: int, *, by: User, **fields) -> Part:
    part = Part.objects.select_for_update(of=("self",)).get(pk=part_id)
    for name, value in fields.items():
        setattr(part, name, value)
    part.search_text = search_text(part.name, part.number)
    part.save(update_fields=[*fields, "search_text"])
    return part


@transaction.atomic
def add_labour_operation(*, by: User, **fields) -> LabourOperation:
    operation = LabourOperation(**fields)
    operation.search_text = search_text(operation.name, operation.code)
    operation.save()
    return operation


@transaction.atomic
def change_labour_operation(operation_id: int, *, by: User, **fields) -> LabourOperation:
    operation = LabourOperation.objects.select_for_update(of=("self",)).get(pk=operation_id)
    for name, value in fields.items():
        setattr(operation, name, value)
    operation.search_text = search_text(operation.name, operation.code)
    operation.save(update_fields=[*fields, "search_text"])
    return operation


@transaction.atomic
def add_labour_rate(*, by: User, **fields) -> LabourRate:
    return LabourRate.objects.create(**fields)


def change_labour_rate(rate_id: int, *, by: User, **fields) -> LabourRate:
    """Claims keep the rate they were entered with."""
    return changed(LabourRate, rate_id, fields)
