"""A person's day: his tasks, and the promised contacts that are due or overdue."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from analytics.links import list_url
from core.targets import visible_targets
from customers.models import Lead
from users.models import Task, User

SHOWN = 6
MOST_COUNTED = 999


@dataclass(frozen=True)
class DayList:
    """The first few of the rows, how many there are, and the list that holds exactly these."""

    rows: list
    count: int
    url: str

    @property
    def count_text(self) -> str:
        return f"{MOST_COUNTED}+" if self.count > MOST_COUNTED else str(self.count)

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


def tasks_today(user: User, today: date) -> DayList:
    """One's own open tasks up to today, the oldest first, with the records they are about."""
    tasks = Task.objects.visible_to(user).open().filter(owner=user, due_on__lte=today)
    url = list_url("users:task", owner=user.pk, is_done="false", due_until=today)
    found = _day_list(tasks.order_by("due_on", "due_time", "pk"), url)
    targets = visible_targets(found.rows, user)
    for task in found.rows:
        task.seen_target = targets.get((task.content_type_id, task.object_id))
    return found


def overdue_contacts(user: User, today: date) -> DayList:
    """Open leads the reader sees whose promised day has passed: a manager reads those of his people too."""
    leads = Lead.objects.visible_to(user).overdue(today).select_related("owner")
    url = list_url("customers:lead", overdue="true")
    return _day_list(leads.order_by("next_contact_on", "pk"), url)


def contacts_today(user: User, today: date) -> DayList:
    leads = Lead.objects.visible_to(user).open().filter(next_contact_on=today).select_related("owner")
    url = list_url("customers:lead", is_open="true", due_from=today, due=today)
    return _day_list(leads.order_by("intent_level", "pk"), url)


def _day_list(rows: QuerySet, url: str) -> DayList:
    """Counted up to a limit only, and not at all while the first few are all."""
    shown = list(rows[:SHOWN])
    full = len(shown) == SHOWN
    count = rows.order_by().values("pk")[: MOST_COUNTED + 1].count() if full else len(shown)
    return DayList(shown, count, url)
