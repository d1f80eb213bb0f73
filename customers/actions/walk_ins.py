from datetime import date

from django.db import transaction

from core.changes import changed
from customers.models import WalkIns
from users.models import User


@transaction.atomic
def count_walk_ins(*, by: User, on: date, count: int) -> WalkIns:
    """Once a day and unit; whoever counts again the same day adds to it."""
    counted = WalkIns.objects.select_for_update(of=("self",)).filter(unit=by.unit, on=on).first()
    if counted is None:
        return WalkIns.objects.create(owner=by, unit=by.unit, on=on, count=count)
    counted.count += count
    counted.save(update_fields=["count"])
    return counted


def change_walk_ins(walk_ins_id: int, *, by: User, **fields) -> WalkIns:
    return changed(WalkIns, walk_ins_id, fields)
