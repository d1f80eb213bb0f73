from core.tables import Column, Table
from users.models import Unit, User

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
