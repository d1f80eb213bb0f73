from core.tables import Column, Table
from users.models import CalendarEntry, Task, Unit, User

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
