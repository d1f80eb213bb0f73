from users.actions.people import (
    add_user,
    change_user,
    grant_roles,
    prefer_language,
    prefer_theme,
    set_password,
)
from users.actions.roles import sync_roles
from users.actions.units import add_unit, change_unit

__all__ = [
    "add_unit",
    "add_user",
    "change_unit",
    "change_user",
    "grant_roles",
    "prefer_language",
    "prefer_theme",
    "set_password",
    "sync_roles",
]
