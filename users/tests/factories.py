"""People and units for tests, with chosen values."""

from datetime import date, datetime
from itertools import count

from core.periods import SHANGHAI
from users import actions
from users.models import CalendarEntry, Task, Unit, User

serial = count(1)


def make_unit(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Unit:
    """A unit below ``unit``; without one, below the headquarters of the cast."""
    number = next(serial)
    parent = unit or Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)
    values = {"name": f"测试单位{number}", "code": f"T-{number}", "kind": Unit.Kind.DEALER, "parent": parent}
    return actions.add_unit(by=None, **values | fields)


def make_user(*, unit: Unit | None = None, owner: User | None = None, **fields) -> User:
    number = next(serial)
    values = {
        "username": f"person{number}",
        "name": f"职员{number}",
        "unit": unit or Unit.objects.get(kind=Unit.Kind.HEADQUARTERS),
    }
    return actions.add_user(by=None, **values | fields)


def make_task(*, unit: Unit | None = None, owner: User | None = None, **fields) -> Task:
    by = owner or make_user(unit=unit)
    values = {"title": f"回访客户{next(serial)}", "due_on": date(2026, 12, 1)}
    return actions.add_task(by=by, **values | fields)


def make_calendarentry(*, unit: Unit | None = None, owner: User | None = None, **fields) -> CalendarEntry:
    by = owner or make_user(unit=unit)
    values = {"title": f"区域例会{next(serial)}", "starts_at": at(2026, 12, 2, 9), "ends_at": at(2026, 12, 2, 10)}
    return actions.add_entry(by=by, **values | fields)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)
