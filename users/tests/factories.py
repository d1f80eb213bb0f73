"""People and units for tests, with chosen values."""

from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from core.periods import SHANGHAI
from users import actions
from users.models import ApprovalFlow, CalendarEntry, Delegation, Task, Unit, User
from users.subjects import APPROVED_BY

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


def make_approvalflow(*steps: dict, subject: str = "", **options) -> ApprovalFlow:
    """The next version of a flow, that of orders where steps are given, else of each subject in turn."""
    subject = subject or ("contracts.order" if steps else sorted(APPROVED_BY)[next(serial) % len(APPROVED_BY)])
    former = ApprovalFlow.objects.in_force().get(subject=subject)
    lines = [{"name": f"第{number}步", **step} for number, step in enumerate(steps or ({},), start=1)]
    return actions.change_flow(former.pk, by=make_user(), lines=lines)


def make_delegation(
    *, owner: User | None = None, unit: Unit | None = None, by: User | None = None, **fields
) -> Delegation:
    """For today, or the first day after it on which the person has no deputy."""
    owner = owner or make_user(unit=unit)
    day = timezone.localdate() + timedelta(days=Delegation.objects.filter(owner=owner, ended_at=None).count())
    values = {"starts_on": day, "ends_on": day, "reason": "出差"}
    return actions.add_delegation(
        by=by or owner, **{"owner": owner, "deputy": make_user(unit=unit, roles=["salesman"]), **values, **fields}
    )
