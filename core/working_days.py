"""Working days of mainland China: statutory holidays and make-up days as published, Monday to Friday beyond them."""

from datetime import date, timedelta

import chinese_calendar

ONE_DAY = timedelta(days=1)


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
