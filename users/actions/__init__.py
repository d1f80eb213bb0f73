from users.actions.people import (
    add_user,
    change_user,
    grant_roles,
    prefer_language,
    prefer_theme,
    set_password,
)
from users.actions.roles import sync_roles
from users.actions.tasks import add_task, change_task, finish_task, move_open_tasks, reopen_task, undo_finish
from users.actions.units import add_unit, change_unit

__all__ = [
    "add_task",
    "add_unit",
    "add_user",
    "change_task",
    "change_unit",
    "change_user",
    "finish_task",
    "grant_roles",
    "move_open_tasks",
    "prefer_language",
    "prefer_theme",
    "reopen_task",
    "set_password",
    "sync_roles",
    "undo_finish",
]
