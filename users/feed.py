"""A person's calendar as his calendar program reads it: entries, open tasks, and what apps above hand in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from core.icalendar import Event, calendar_text, until
from core.periods import SHANGHAI
from users.agenda import AgendaItem, Source
from users.models import CalendarEntry, Task, User

BACK, AHEAD = timedelta(days=90), timedelta(days=366)
MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 2_000
ONE_DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)


def feed_of(user: User, *, sources: Iterable[Source], now: datetime) -> str:
    """Nothing that the person could not read himself, and no telephone number."""
    today = now.astimezone(SHANGHAI).date()
    start, end = today - BACK, today + AHEAD
    events = [*_entries(user, start, end), *_tasks(user, start, end)]
    for source in sources:
        events += [_whole_day(item, now) for item in source(user, user, start, end)]
    return calendar_text(_("Hafei CRM: %(person)s") % {"person": user}, [_masked(event) for event in events[:MOST]])


def _masked(event: Event) -> Event:
    """Telephone numbers that people typed into a title or a note stay in the house."""
    texts = {name: MOBILE.sub(r"\1****\2", getattr(event, name)) for name in ("title", "note", "place")}
    return replace(event, **texts)


def _entries(user: User, start: date, end: date) -> Iterator[Event]:
    found = CalendarEntry.objects.visible_to(user).of_people([user]).touching(start, end)
    for entry in found.order_by("-pk")[:MOST]:
        yield Event(
            f"entry-{entry.pk}@hafei-crm",
            entry.changed_at,
            entry.title,
            _moment(entry.starts_at, entry),
            _moment(entry.ends_at, entry),
            place=entry.place,
            note=entry.note,
            rule=rule_text(entry),
            exceptions=tuple(_moment(entry.occurrence(day).starts_at, entry) for day in entry.exceptions),
            alarm_minutes=entry.remind_minutes,
        )


def _tasks(user: User, start: date, end: date) -> Iterator[Event]:
    """Until they are done."""
    found = Task.objects.visible_to(user).open().filter(owner=user, due_on__gte=start, due_on__lt=end)
    for task in found.order_by("due_on", "pk")[:MOST]:
        at = task.due_at
        starts, ends = (at, at + HALF_HOUR) if at else (task.due_on, task.due_on + ONE_DAY)
        title = _("Task: %(task)s") % {"task": task}
        yield Event(f"task-{task.pk}@hafei-crm", task.created_at, title, starts, ends, note=task.note)


def _whole_day(item: AgendaItem, now: datetime) -> Event:
    key = item.url.strip("/").replace("/", "-")
    return Event(f"{item.kind}-{key}-{item.on}@hafei-crm", now, item.title, item.on, item.on + ONE_DAY)


def rule_text(entry: CalendarEntry) -> str:
    """RRULE; a month without the day has it on the last one, which takes the last of the days that exist."""
    if not entry.repeats:
        return ""
    parts = [f"FREQ={entry.repeats.upper()}"]
    if entry.repeat_interval > 1:
        parts.append(f"INTERVAL={entry.repeat_interval}")
    day = entry.first_day.day
    if entry.repeats == CalendarEntry.Repeats.WEEKLY:
        parts.append("BYDAY=" + ",".join(WEEKDAYS[weekday] for weekday in entry.weekdays))
    elif entry.repeats == CalendarEntry.Repeats.MONTHLY and day > 28:
        parts.append("BYMONTHDAY=" + ",".join(str(number) for number in range(28, day + 1)) + ";BYSETPOS=-1")
    if entry.repeat_count:
        parts.append(f"COUNT={entry.repeat_count}")
    if entry.repeat_until:
        parts.append(f"UNTIL={until(entry.repeat_until, is_all_day=entry.is_all_day)}")
    return ";".join(parts)


def _moment(moment: datetime, entry: CalendarEntry) -> date | datetime:
    return moment.astimezone(SHANGHAI).date() if entry.is_all_day else moment
