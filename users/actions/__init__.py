from users.actions.approval_reminders import escalate_approvals, remind_of_approvals
from users.actions.approval_vacancies import fill_vacated_seats
from users.actions.calendar import add_entry, change_entry, leave_out, undo_leaving_out
from users.actions.delegations import add_delegation, change_delegation, end_delegation
from users.actions.feeds import close_feed, open_feed
from users.actions.flows import add_standard_flows, change_flow
from users.actions.hand_over import Holding, hand_over, report_of
from users.actions.people import (
    add_user,
    change_user,
    grant_roles,
    prefer_language,
    prefer_mail,
    prefer_theme,
    set_password,
)
from users.actions.reminders import remind_of_entries, remind_of_tasks, tell
from users.actions.roles import sync_roles
from users.actions.tasks import (
    add_task,
    change_task,
    finish_task,
    refuse_without_unit,
    reopen_task,
    undo_finish,
)
from users.actions.tokens import issue_token, revoke_token, user_of_token
from users.actions.units import add_unit, change_unit

__all__ = [
    "Holding",
    "add_delegation",
    "add_entry",
    "add_standard_flows",
    "add_task",
    "add_unit",
    "add_user",
    "change_delegation",
    "change_entry",
    "change_flow",
    "change_task",
    "change_unit",
    "change_user",
    "close_feed",
    "end_delegation",
    "escalate_approvals",
    "fill_vacated_seats",
    "finish_task",
    "grant_roles",
    "hand_over",
    "leave_out",
    "issue_token",
    "open_feed",
    "prefer_language",
    "prefer_mail",
    "prefer_theme",
    "refuse_without_unit",
    "remind_of_approvals",
    "remind_of_entries",
    "remind_of_tasks",
    "reopen_task",
    "report_of",
    "revoke_token",
    "set_password",
    "sync_roles",
    "tell",
    "undo_finish",
    "undo_leaving_out",
    "user_of_token",
]
