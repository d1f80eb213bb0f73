"""What the people of a calendar entry have at the same time: a hint, never a refusal."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from core.periods import ONE_DAY, SHANGHAI, today_in_shanghai
from users.models import CalendarEntry, User
from users.models.calendar import Occurrence

AHEAD = timedelta(days=92)  # so far a series is compared


@dataclass(frozen=True)
class Clash:
    """Another occurrence at the same time, and who is in both."""

    other: Occurrence
    people: tuple[User, ...]

    @property
    def url(self) -> str:
        return f"{reverse('users:calendarentry_detail', args=[self.other.entry.pk])}?on={self.other.on}"

    def __str__(self) -> str:
        words = {"day": self.other.on, "entry": self.other.entry, "people": "、".join(map(str, self.people))}
        if self.other.entry.is_all_day:
            return _("%(day)s, all day: “%(entry)s” (%(people)s)") % words
        moments = {"starts": self.other.starts_at, "ends": self.other.ends_at}
        words |= {name: f"{moment.astimezone(SHANGHAI):%H:%M}" for name, moment in moments.items()}
        return _("%(day)s %(starts)s–%(ends)s: “%(entry)s” (%(people)s)") % words


def clashes_on(entry: CalendarEntry, on: date, *, reader: User) -> list[Clash]:
    """With the occurrence of one day."""
    return _clashes(entry, [one for one in entry.occurrences(on, on + ONE_DAY) if one.on == on], reader)


def clashes_ahead(entry: CalendarEntry, *, reader: User, today: date) -> list[Clash]:
    """Of a series with those of the next three months."""
    if not entry.repeats:
        return clashes_on(entry, entry.first_day, reader=reader)
    start = max(entry.first_day, today)
    return _clashes(entry, list(entry.occurrences(start, start + AHEAD)), reader)


def _clashes(entry: CalendarEntry, own: list[Occurrence], reader: User) -> list[Clash]:
    """Of what the reader sees, the earliest first."""
    if not own:
        return []
    people = {entry.owner, *entry.participants.all()}
    start = today_in_shanghai(min(one.starts_at for one in own))
    end = today_in_shanghai(max(one.ends_at for one in own)) + ONE_DAY
    others = CalendarEntry.objects.visible_to(reader).of_people(people).touching(start, end).exclude(pk=entry.pk)
    found = [
        Clash(occurrence, tuple(sorted(people & {other.owner, *other.participants.all()}, key=str)))
        for other in others.select_related("owner").prefetch_related("participants")
        for occurrence in other.occurrences(start, end)
        if any(one.starts_at < occurrence.ends_at and occurrence.starts_at < one.ends_at for one in own)
    ]
    return sorted(found, key=lambda clash: (clash.other.starts_at, clash.other.entry.pk))
