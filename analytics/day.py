"""A person's day: his tasks, and the promised contacts that are due or overdue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from analytics.counting import counted
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


def day_lists(user: User, today: date) -> dict[str, DayList]:
    """By name what the person has to do today; counted up to a limit only, and not while the first few are all."""
    wanted = {name: (rows, url) for name, rows, url in _wanted(user, today)}
    shown = {name: list(rows[:SHOWN]) for name, (rows, _url) in wanted.items()}
    full = [name for name, rows in shown.items() if len(rows) == SHOWN]
    counts = dict(zip(full, counted(user, [wanted[name][0] for name in full], most=MOST_COUNTED), strict=True))
    _add_targets(shown.get("tasks", ()), user)
    return {name: DayList(rows, counts.get(name, len(rows)), wanted[name][1]) for name, rows in shown.items()}


def _wanted(user: User, today: date) -> Iterator[tuple[str, QuerySet, str]]:
    """One's own open tasks up to today, and open leads the reader sees: a manager reads those of his people too."""
    if user.has_perm("users.view_task"):
        tasks = Task.objects.visible_to(user).open().filter(owner=user, due_on__lte=today)
        url = list_url("users:task", owner=user.pk, is_done="false", due_until=today)
        yield "tasks", tasks.order_by("due_on", "due_time", "pk"), url
    if user.has_perm("customers.change_lead"):
        leads = Lead.objects.visible_to(user).select_related("owner")
        overdue = leads.overdue(today).order_by("next_contact_on", "pk")
        yield "overdue", overdue, list_url("customers:lead", overdue="true")
        due = leads.open().filter(next_contact_on=today).order_by("intent_level", "pk")
        yield "due", due, list_url("customers:lead", is_open="true", due_from=today, due=today)


def _add_targets(tasks: Iterable[Task], user: User) -> None:
    """The records the tasks are about, as far as the reader may see them."""
    targets = visible_targets(tasks, user)
    for task in tasks:
        task.seen_target = targets.get((task.content_type_id, task.object_id))
