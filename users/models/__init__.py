"""People and the tree of units they belong to, and what they have to do."""

from users.models.calendar import CalendarEntry, CalendarFeed, EntryReminder
from users.models.people import Membership, Owned, Unit, User
from users.models.tasks import Task
from users.models.tokens import ApiToken

__all__ = ["ApiToken", "CalendarEntry", "CalendarFeed", "EntryReminder", "Membership", "Owned", "Task", "Unit", "User"]
