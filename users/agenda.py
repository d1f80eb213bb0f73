"""What a person's calendar shows, day by day; apps above hand in what they know of a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from core.periods import SHANGHAI, midnight
from core.working_days import holiday_name, is_make_up_day
from users.models import CalendarEntry, Task, User

ONE_DAY = timedelta(days=1)
FIRST_HOUR, LAST_HOUR = 8, 18


@dataclass(frozen=True)
class AgendaItem:
    """Without ``starts_at`` it belongs to the day and to no hour."""

    kind: str
    on: date
    title: str
    url: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    note: str = ""
    is_done: bool = False
    is_late: bool = False

    @property
    def hour(self) -> int | None:
        return self.starts_at.astimezone(SHANGHAI).hour if self.starts_at else None


# ``(person, reader, start, end)``: what concerns the person from ``start`` up to, not including, ``end``.
Source = Callable[[User, User, date, date], Iterable[AgendaItem]]


@dataclass
class Day:
    on: date
    is_today: bool = False
    is_outside: bool = False
    items: list[AgendaItem] = field(default_factory=list)

    @property
    def holiday(self) -> str:
        return holiday_name(self.on)

    @property
    def is_make_up_day(self) -> bool:
        return is_make_up_day(self.on)

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= 5

    @property
    def whole_day(self) -> list[AgendaItem]:
        return [item for item in self.items if item.hour is None]

    def at_hour(self, hour: int) -> list[AgendaItem]:
        return [item for item in self.items if item.hour == hour]


def days_of(person: User, reader: User, start: date, end: date, *, sources: Iterable[Source], today: date) -> list[Day]:
    """Each day from ``start`` up to, not including, ``end``, with what happens in the order of the hours."""
    by_day: dict[date, list[AgendaItem]] = defaultdict(list)
    for source in (entries, tasks, *sources):
        for item in source(person, reader, start, end):
            by_day[item.on].append(item)
    days = [Day(start + number * ONE_DAY) for number in range((end - start).days)]
    for day in days:
        day.items = sorted(by_day[day.on], key=_place_in_day)
        day.is_today = day.on == today
    return days


def _place_in_day(item: AgendaItem) -> tuple:
    """What has no hour comes first."""
    return (item.starts_at or midnight(item.on), item.starts_at is not None, item.title)


def hours_of(days: list[Day]) -> range:
    """The hours of business, and more where something happens earlier or later."""
    used = [item.hour for day in days for item in day.items if item.hour is not None]
    return range(min([FIRST_HOUR, *used]), max([LAST_HOUR, *used]) + 1)


def entries(person: User, reader: User, start: date, end: date) -> Iterator[AgendaItem]:
    """An entry over several days stands on each of them, with its hour on the first alone."""
    found = CalendarEntry.objects.visible_to(reader).of_people([person]).touching(start, end)
    for entry in found.order_by("pk"):
        url = reverse("users:calendarentry_detail", args=[entry.pk])
        for occurrence in entry.occurrences(start, end):
            day, is_first = occurrence.on, True
            while day < end and midnight(day) < occurrence.ends_at:
                if day >= start:
                    moments = (occurrence.starts_at, occurrence.ends_at) if is_first and not entry.is_all_day else ()
                    yield AgendaItem("entry", day, entry.title, f"{url}?on={occurrence.on}", *moments, note=entry.place)
                day, is_first = day + ONE_DAY, False


def tasks(person: User, reader: User, start: date, end: date) -> Iterator[AgendaItem]:
    """By the day they are due; what is overdue stands there until it is done."""
    today = timezone.localdate()
    found = Task.objects.visible_to(reader).filter(owner=person, due_on__gte=start, due_on__lt=end)
    for task in found.order_by("pk"):
        url, is_done = reverse("users:task_detail", args=[task.pk]), task.done_at is not None
        is_late = not is_done and task.due_on < today
        yield AgendaItem("task", task.due_on, task.title, url, task.due_at, is_done=is_done, is_late=is_late)
