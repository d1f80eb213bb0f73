from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from users.models import ApprovalCase, ApprovalFlow, CalendarEntry, Delegation, FlowStep, Task, Unit, User

USERS = Table(
    User,
    (
        Column("name", link=True),
        Column("username"),
        Column("unit__name"),
        Column("phone", kind="phone"),
        Column("email", shown=False),
        Column("is_active", kind="boolean"),
        Column("last_login", kind="datetime"),
    ),
    order=("unit__path", "name", "pk"),
)

UNITS = Table(
    Unit,
    (
        Column("name", link=True),
        Column("code"),
        Column("kind", kind="choice"),
        Column("parent__name"),
    ),
    order=("path", "pk"),
)

TASKS = Table(
    Task,
    (
        Column("title", link=True),
        Column("due_on", kind="date"),
        Column("priority", kind="choice"),
        Column("owner__name"),
        Column("created_by__name"),
        Column("remind_at", kind="datetime", shown=False),
        Column("note", shown=False),
        Column("done_at", kind="datetime"),
        Column("created_at", kind="datetime", shown=False),
    ),
    order=("-due_on", "-pk"),
)

CALENDAR_ENTRIES = Table(
    CalendarEntry,
    (
        Column("title", link=True),
        Column("starts_at", kind="datetime"),
        Column("ends_at", kind="datetime"),
        Column("is_all_day", kind="boolean"),
        Column("place"),
        Column("repeats", kind="choice"),
        Column("repeat_until", kind="date", shown=False),
        Column("owner__name"),
        Column("note", shown=False),
    ),
    order=("-starts_at", "-pk"),
)

DELEGATIONS = Table(
    Delegation,
    (
        Column("owner__name", _("Who is away"), link=True),
        Column("deputy__name"),
        Column("starts_on", kind="date"),
        Column("ends_on", kind="date"),
        Column("reason"),
        Column("ended_at", kind="datetime"),
        Column("made_by__name", shown=False),
    ),
    order=("-starts_on", "-pk"),
)

APPROVAL_FLOWS = Table(
    ApprovalFlow,
    (
        Column("subject", kind="entity", link=True),
        Column("version", kind="number"),
        Column("is_in_force", kind="boolean"),
        Column("note"),
        Column("made_by__name"),
        Column("made_at", kind="datetime"),
    ),
    order=("subject", "-version", "pk"),
)

FLOW_STEPS = Table(
    FlowStep,
    (
        Column("position", kind="number"),
        Column("name"),
        Column("kind", kind="choice"),
        Column("role", kind="choice"),
        Column("level", kind="number"),
        Column("mode", kind="choice"),
        Column("min_amount", kind="money"),
        Column("max_amount", kind="money"),
        Column("min_discount", kind="number"),
        Column("max_discount", kind="number"),
        Column("remind_after_hours", kind="number"),
        Column("escalate_after_hours", kind="number"),
    ),
    order=("position", "pk"),
)

APPROVAL_CASES = Table(
    ApprovalCase,
    (
        Column("title", link=True),
        Column("state", kind="status"),
        Column("step__name"),
        Column("amount", kind="money"),
        Column("asked_by__name"),
        Column("asked_at", kind="datetime"),
        Column("ended_at", kind="datetime"),
    ),
    order=("-pk",),
)
