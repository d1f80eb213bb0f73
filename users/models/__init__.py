"""People and the tree of units they belong to, what they have to do, and what they approve."""

from users.models.approvals import ApprovalCase, ApprovalDecision, ApprovalSeat
from users.models.calendar import CalendarEntry, CalendarFeed, EntryReminder
from users.models.delegations import Delegation
from users.models.flows import ApprovalFlow, FlowStep
from users.models.people import Membership, Owned, Unit, User
from users.models.tasks import Task
from users.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "ApprovalCase",
    "ApprovalDecision",
    "ApprovalFlow",
    "ApprovalSeat",
    "CalendarEntry",
    "CalendarFeed",
    "Delegation",
    "EntryReminder",
    "FlowStep",
    "Membership",
    "Owned",
    "Task",
    "Unit",
    "User",
]
