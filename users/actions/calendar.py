"""What is entered in a calendar; of a series one occurrence, one and all that follow, or all of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.bin import bin_record
from core.errors import RuleBroken
from core.notices import notify
from core.periods import midnight, period_of, today_in_shanghai
from core.undo import offer
from users.models import CalendarEntry, User
from users.models.calendar import LONGEST

ONE, FOLLOWING, ALL = "one", "following", "all"
ONE_DAY = timedelta(days=1)
COPIED = ("title", "note", "place", "is_all_day", "remind_minutes", "owner", "unit", "content_type", "object_id")
RULE = ("repeats", "repeat_interval", "weekdays", "repeat_until", "repeat_count")


@transaction.atomic
def add_entry(
    *,
    by: User,
    owner: User | None = None,
    participants: Iterable[User] = (),
    target: models.Model | None = None,
    **fields,
) -> CalendarEntry:
    owner = owner or by
    _refuse_stranger(owner, by=by)
    entry = CalendarEntry.objects.create(owner=owner, unit=owner.unit, created_by=by, target=target, **_checked(fields))
    entry.participants.set(participants)
    _invite(entry, {owner, *participants}, by=by)
    return entry


@transaction.atomic
def change_entry(
    entry_id: int,
    *,
    by: User,
    scope: str = ALL,
    on: date | None = None,
    owner: User | None = None,
    participants: Iterable[User] | None = None,
    **fields,
) -> CalendarEntry:
    """``on`` names the occurrence whose times the fields hold; without it they are those of the first day."""
    entry = CalendarEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    invited = {entry.owner, *entry.participants.all()}
    if owner is not None and owner.pk != entry.owner_id:
        _refuse_stranger(owner, by=by)
        fields |= {"owner": owner, "unit": owner.unit}
    on = on or entry.first_day
    _refuse_no_occurrence(entry, on)
    if entry.repeats and scope == ONE:
        changed = _one_apart(entry, on, fields, by=by)
    elif entry.repeats and scope == FOLLOWING and on > entry.first_day:
        changed = _following_apart(entry, on, fields, by=by)
    else:
        changed = _whole(entry, on, fields)
    guests = list(invited - {entry.owner}) if participants is None else list(participants)
    changed.participants.set(guests)
    _invite(changed, {changed.owner, *guests} - invited, by=by)
    return changed


@transaction.atomic
def leave_out(entry_id: int, *, by: User, scope: str, on: date) -> CalendarEntry:
    """One occurrence does not take place, or the series ends before it."""
    entry = CalendarEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    _refuse_no_occurrence(entry, on)
    if not entry.repeats or scope == ALL or (scope == FOLLOWING and on == entry.first_day):
        return bin_record(CalendarEntry, entry.pk, by=by)
    before = _written(entry)
    if scope == ONE:
        _except(entry, on)
    else:
        _end_before(entry, on)
    offer(
        "users.leave_out",
        by=by,
        parameters={"entry": entry.pk, "before": before, "after": _written(entry)},
        message=gettext_noop("“%(entry)s” was taken out of the calendar."),
        words={"entry": entry.title},
    )
    return entry


@transaction.atomic
def undo_leaving_out(parameters: dict, *, by: User) -> None:
    entry = CalendarEntry.objects.select_for_update(of=("self",)).get(pk=parameters["entry"])
    if entry.binned_at or _written(entry) != parameters["after"]:
        raise RuleBroken(_("“%(entry)s” has been changed meanwhile. Open it and change it there.") % {"entry": entry})
    before = parameters["before"]
    entry.exceptions = [date.fromisoformat(day) for day in before["exceptions"]]
    entry.repeat_until = before["repeat_until"] and date.fromisoformat(before["repeat_until"])
    entry.repeat_count = before["repeat_count"]
    entry.save(update_fields=["exceptions", "repeat_until", "repeat_count", "changed_at"])


def _written(entry: CalendarEntry) -> dict:
    return {
        "exceptions": [day.isoformat() for day in entry.exceptions],
        "repeat_until": entry.repeat_until and entry.repeat_until.isoformat(),
        "repeat_count": entry.repeat_count,
    }


def _one_apart(entry: CalendarEntry, on: date, fields: dict, *, by: User) -> CalendarEntry:
    _except(entry, on)
    once = {name: value for name, value in fields.items() if name not in RULE}
    return _copy(entry, on, once, by=by)


def _following_apart(entry: CalendarEntry, on: date, fields: dict, *, by: User) -> CalendarEntry:
    """The rest of a series that counts has what the first part leaves of the count."""
    number, later = entry.recurrence.number_of(on), [day for day in entry.exceptions if day > on]
    rest = {name: getattr(entry, name) for name in RULE} | {"exceptions": later}
    if entry.repeat_count:
        rest["repeat_count"] -= number
        if fields.get("repeat_count") == entry.repeat_count:
            fields = fields | {"repeat_count": rest["repeat_count"]}
    _end_before(entry, on)
    return _whole(_copy(entry, on, rest, by=by), on, fields)


def _whole(entry: CalendarEntry, on: date, fields: dict) -> CalendarEntry:
    """The day an occurrence is moved by moves the whole series; what is told of new times is told again."""
    since_first, told_by = on - entry.first_day, (entry.starts_at, entry.remind_minutes)
    rule = {name: getattr(entry, name) for name in RULE} | fields
    times = {name: fields.get(name, getattr(entry, name) + since_first) for name in ("starts_at", "ends_at")}
    day = today_in_shanghai(times["starts_at"])
    first, rule["weekdays"], exceptions = _moved_days(entry, on, day, rule)
    fields = rule | {name: moment + (first - day) for name, moment in times.items()}
    fields = _checked({"is_all_day": entry.is_all_day} | fields) | {"exceptions": exceptions}
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save(update_fields=[*fields, "changed_at"])
    if told_by != (entry.starts_at, entry.remind_minutes):
        entry.reminders.all().delete()
    return entry


def _moved_days(entry: CalendarEntry, on: date, day: date, rule: dict) -> tuple[date, list[int], list[date]]:
    """First day, weekdays and exceptions after the occurrence of ``on`` was moved to ``day``.

    Of a series on several weekdays only the one that was moved changes; whole weeks move all of them.
    """
    if not entry.repeats == rule["repeats"] == CalendarEntry.Repeats.WEEKLY:
        return entry.first_day + (day - on), rule["weekdays"], [left_out + (day - on) for left_out in entry.exceptions]
    weeks = period_of("week", day).start - period_of("week", on).start
    old, new = set(entry.weekdays), set(rule["weekdays"] or ())
    if new != old:
        weekdays = sorted(new | {day.weekday()} if day != on or not new else new)
        start = entry.first_day + weeks
        first = next(one for one in (start + number * ONE_DAY for number in range(7)) if one.weekday() in weekdays)
        return first, weekdays, [left_out + weeks for left_out in entry.exceptions]

    def place(one: date) -> date:
        return one + (day - on if one.weekday() == on.weekday() else weeks)

    endless = replace(entry.recurrence, until=None, count=None, exceptions=frozenset())
    firsts = [place(one) for one in islice(endless.days(entry.first_day, date.max), len(old))]
    return min(firsts), sorted({one.weekday() for one in firsts}), sorted(map(place, entry.exceptions))


def _copy(entry: CalendarEntry, on: date, fields: dict, *, by: User) -> CalendarEntry:
    times = entry.occurrence(on)
    values = {name: getattr(entry, name) for name in COPIED} | {"starts_at": times.starts_at, "ends_at": times.ends_at}
    values |= fields
    return CalendarEntry.objects.create(created_by=by, **_checked(values))


def _except(entry: CalendarEntry, on: date) -> None:
    entry.exceptions = sorted({*entry.exceptions, on})
    entry.save(update_fields=["exceptions", "changed_at"])


def _end_before(entry: CalendarEntry, on: date) -> None:
    entry.repeat_until, entry.repeat_count = on - ONE_DAY, None
    entry.exceptions = [day for day in entry.exceptions if day < on]
    entry.save(update_fields=["repeat_until", "repeat_count", "exceptions", "changed_at"])


def _checked(fields: dict) -> dict:
    """Times that fit, and no more of the rule than its kind needs."""
    first = today_in_shanghai(fields["starts_at"])
    if fields.get("is_all_day"):
        last = today_in_shanghai(fields["ends_at"] - timedelta(microseconds=1))
        fields |= {"starts_at": midnight(first), "ends_at": midnight(max(first, last) + ONE_DAY)}
    _refuse_times(fields["starts_at"], fields["ends_at"])
    repeats = fields.get("repeats", "")
    if not repeats:
        return fields | {"repeat_interval": 1, "weekdays": [], "repeat_until": None, "repeat_count": None}
    until, count = fields.get("repeat_until"), fields.get("repeat_count")
    if until and count:
        raise RuleBroken({"repeat_count": _("A series ends on a day or after a number of times; fill in one of them.")})
    if until and until < first:
        raise RuleBroken({"repeat_until": _("The series ends before it begins.")})
    is_weekly = repeats == CalendarEntry.Repeats.WEEKLY
    weekdays = sorted({*(fields.get("weekdays") or ()), first.weekday()}) if is_weekly else []
    return fields | {"repeat_interval": fields.get("repeat_interval") or 1, "weekdays": weekdays}


def _refuse_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken({"ends_on": _("The end must lie after the beginning.")})
    if ends_at - starts_at > LONGEST:
        raise RuleBroken(
            {"ends_on": _("One entry covers at most %(days)d days. Let it repeat instead.") % {"days": LONGEST.days}}
        )


def _refuse_no_occurrence(entry: CalendarEntry, on: date) -> None:
    if entry.recurrence.number_of(on) is None or on in entry.exceptions:
        raise RuleBroken(
            _("“%(entry)s” does not take place on %(day)s any more. Open it from the calendar.")
            % {"entry": entry, "day": on}
        )


def _refuse_stranger(owner: User, *, by: User) -> None:
    if owner.unit_id is None:
        raise RuleBroken(_("“%(person)s” belongs to no unit and can have no calendar.") % {"person": owner})
    if owner.pk != by.pk and not User.objects.reached_by(by, CalendarEntry, "change").filter(pk=owner.pk).exists():
        raise RuleBroken({"owner": _("You may not write in the calendar of %(person)s.") % {"person": owner}})


def _invite(entry: CalendarEntry, people: set[User], *, by: User) -> None:
    notify(
        [person.pk for person in people if person.pk != by.pk],
        gettext_noop("%(by)s put “%(entry)s” in your calendar, on %(day)s."),
        url=reverse("users:calendarentry_detail", args=[entry.pk]),
        by=str(by),
        entry=entry.title,
        day=entry.first_day,
    )
