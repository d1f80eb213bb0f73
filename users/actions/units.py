from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from users.models import Unit, User


@transaction.atomic
def add_unit(*, by: User | None, name: str, code: str, kind: str, parent: Unit | None) -> Unit:
    """``path`` needs the key, so it is written right after the row."""
    unit = Unit.objects.create(name=name, code=code, kind=kind, parent=parent, path=f"new-{code}")
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


@transaction.atomic
def change_unit(unit_id: int, *, by: User, name: str, code: str, kind: str, parent: Unit | None) -> Unit:
    """Rename or move a unit; whatever is below moves along."""
    units = {unit.pk: unit for unit in Unit.objects.select_for_update(of=("self",)).order_by("pk")}
    unit = units[unit_id]
    above = units[parent.pk] if parent else None
    if above and unit.contains(above):
        raise RuleBroken(_("“%(unit)s” cannot be placed below itself. Choose another unit above it.") % {"unit": unit})
    old, new = unit.path, f"{above.path if above else '/'}{unit.pk}/"
    unit.name, unit.code, unit.kind, unit.parent = name, code, kind, above
    unit.save(update_fields=["name", "code", "kind", "parent"])
    if old != new:
        moved = [row for row in units.values() if row.path.startswith(old)]
        for row in moved:
            row.path = new + row.path.removeprefix(old)
        Unit.objects.bulk_update(moved, ["path"])
    return unit
