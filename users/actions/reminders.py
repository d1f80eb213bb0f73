"""What is due is told once, however many workers look at the same minute: by the bell, and by mail to who wants it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.mail import send_later
from core.notices import notify
from core.periods import SHANGHAI, today_in_shanghai
from users.models import CalendarEntry, EntryReminder, Task, User
from users.models.calendar import Occurrence

BATCH = 500
LOOK_AHEAD = timedelta(days=2)
TOO_LATE = timedelta(minutes=30)
TASK_DUE = gettext_noop("Task due on %(day)s: %(task)s")
ENTRY_BEGINS = gettext_noop("“%(entry)s” begins on %(time)s.")


def tell(people: list[User], message: str, /, *, url: str, **parameters: object) -> None:
    """Ring the bell of each; ``message`` is an English msgid with %(named)s values, read in everybody's language."""
    people = [person for person in people if person.is_active]
    notify([person.pk for person in people], message, url=url, **parameters)
    send_later(_letter(person, message, url, parameters) for person in people if person.wants_mail and person.email)


def _letter(person: User, message: str, url: str, parameters: dict) -> tuple[str, str, str]:
    with translation.override(person.language):
        sentence = translation.gettext(message) % parameters
        end = _("You get this letter because reminders by e-mail are switched on in your settings.")
    return person.email, sentence, f"{sentence}\n\n{settings.SITE_URL}{url}\n\n-- \n{end}\n"


@transaction.atomic
def remind_of_tasks(now: datetime) -> int:
    """Another worker passes over the rows that are held here and finds them reminded afterwards."""
    due = Task.objects.to_remind(now).select_for_update(of=("self",), skip_locked=True).select_related("owner")
    tasks = list(due.order_by("remind_at", "pk")[:BATCH])
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(reminded_at=now)
    for task in tasks:
        url = reverse("users:task_detail", args=[task.pk])
        tell([task.owner], TASK_DUE, url=url, task=task.title, day=task.due_on.isoformat())
    return len(tasks)


def remind_of_entries(now: datetime) -> int:
    """Each occurrence once: who writes its row first is the one who tells."""
    today = today_in_shanghai(now)
    entries = CalendarEntry.objects.filter(remind_minutes__isnull=False, binned_at=None).select_related("owner")
    told = 0
    for entry in entries.touching(today, today + LOOK_AHEAD).order_by("pk").iterator():
        ahead = timedelta(minutes=entry.remind_minutes)
        for occurrence in entry.occurrences(today, today + LOOK_AHEAD):
            if occurrence.starts_at - ahead <= now < occurrence.starts_at + TOO_LATE:
                told += _remind_once(occurrence)
    return told


@transaction.atomic
def _remind_once(occurrence: Occurrence) -> bool:
    entry = occurrence.entry
    _row, is_first = EntryReminder.objects.get_or_create(entry=entry, occurs_on=occurrence.on)
    if is_first:
        url = f"{reverse('users:calendarentry_detail', args=[entry.pk])}?on={occurrence.on}"
        time = occurrence.starts_at.astimezone(SHANGHAI).strftime("%Y-%m-%d" if entry.is_all_day else "%Y-%m-%d %H:%M")
        people = {entry.owner, *entry.participants.all()}
        tell(sorted(people, key=lambda person: person.pk), ENTRY_BEGINS, url=url, entry=entry.title, time=time)
    return is_first
