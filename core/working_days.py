"""Working days of mainland China: statutory holidays and make-up days as published, Monday to Friday beyond them."""

from datetime import date, timedelta

import chinese_calendar
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ONE_DAY = timedelta(days=1)
HOLIDAYS = (
    gettext_noop("New Year's Day"),
    gettext_noop("Spring Festival"),
    gettext_noop("Tomb-sweeping Day"),
    gettext_noop("Labour Day"),
    gettext_noop("Dragon Boat Festival"),
    gettext_noop("Mid-autumn Festival"),
    gettext_noop("National Day"),
)


def is_published(day: date) -> bool:
    """Whether the State Council's arrangement for the year is known; later years fall back to Monday to Friday."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def holiday_name(day: date) -> str:
    """Which statutory holiday the day belongs to; empty on other days and in years not yet published."""
    try:
        _is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return ""
    return _(name) if name in HOLIDAYS and not chinese_calendar.is_workday(day) else ""


def is_make_up_day(day: date) -> bool:
    """A Saturday or Sunday on which everybody works, in exchange for a bridge day."""
    return day.weekday() >= 5 and is_working_day(day)


def on_working_day(day: date) -> date:
    """The day itself, or the next working day where it is a day of rest (Civil Code, article 203)."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; the day itself does not count."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def working_days(start: date, end: date) -> int:
    """Working days from ``start`` up to, not including, ``end``."""
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range((end - start).days))
