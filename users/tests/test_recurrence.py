from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from users.recurrence import Recurrence

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
RULES = st.builds(
    Recurrence,
    DAYS,
    st.sampled_from(["", "daily", "weekly", "monthly"]),
    interval=st.integers(1, 12),
    weekdays=st.lists(st.integers(0, 6), max_size=7).map(tuple),
    until=st.none() | DAYS,
    count=st.none() | st.integers(1, 60),
    exceptions=st.frozensets(DAYS, max_size=5),
)


def days(rule: Recurrence, start: date, end: date) -> list[date]:
    return list(rule.days(start, end))


def month_by_month(first: date, count: int) -> list[date]:
    return days(Recurrence(first, "monthly", count=count), first, date(2100, 1, 1))


def test_the_31st_falls_on_the_last_day_of_shorter_months_and_comes_back():
    assert month_by_month(date(2026, 12, 31), 5) == [
        date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30),
    ]  # fmt: skip


def test_29_february_is_kept_in_leap_years():
    every_year = Recurrence(date(2024, 2, 29), "monthly", interval=12)
    assert days(every_year, date(2024, 1, 1), date(2029, 1, 1)) == [
        date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29),
    ]  # fmt: skip


def test_every_other_week_on_two_days_counts_weeks_from_monday():
    rule = Recurrence(date(2026, 11, 25), "weekly", interval=2, weekdays=(0, 2))  # a Wednesday
    assert days(rule, date(2026, 11, 1), date(2026, 12, 31)) == [
        date(2026, 11, 25), date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 21), date(2026, 12, 23),
    ]  # fmt: skip


def test_an_exception_is_left_out_but_counted():
    rule = Recurrence(date(2026, 11, 23), "daily", count=4, exceptions=frozenset({date(2026, 11, 24)}))
    assert days(rule, date(2026, 1, 1), date(2027, 1, 1)) == [
        date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 26),
    ]  # fmt: skip


def test_the_last_day_belongs_to_the_series():
    rule = Recurrence(date(2026, 11, 23), "daily", until=date(2026, 11, 25))
    assert days(rule, date(2026, 11, 24), date(2027, 1, 1)) == [date(2026, 11, 24), date(2026, 11, 25)]


@pytest.mark.parametrize(
    ("day", "number"), [(date(2026, 11, 23), 0), (date(2026, 12, 7), 2), (date(2026, 12, 8), None)]
)
def test_days_are_numbered_from_the_first(day, number):
    assert Recurrence(date(2026, 11, 23), "weekly").number_of(day) == number


@settings(max_examples=300, deadline=None)
@given(RULES, DAYS, st.integers(0, 800))
def test_a_window_shows_what_the_whole_series_has_there_and_nothing_else(rule, start, length):
    """Wherever one looks from, the same days: within the range, in order, until and count kept."""
    end = start + timedelta(days=length)
    shown = days(rule, start, end)
    assert shown == sorted(set(shown))
    assert all(start <= day < end and day >= rule.first for day in shown)
    assert all(rule.until is None or day <= rule.until for day in shown)
    assert not set(shown) & rule.exceptions
    whole = days(rule, date(2020, 1, 1), end)
    assert shown == [day for day in whole if day >= start]
    if rule.count:
        assert len(whole) <= rule.count
    numbers = [rule.number_of(day) for day in shown]
    assert numbers == sorted(set(numbers))
    assert all(number is not None and (rule.count is None or number < rule.count) for number in numbers)


@settings(max_examples=100, deadline=None)
@given(RULES)
def test_a_count_is_reached_exactly_where_nothing_else_ends_the_series(rule):
    endless = Recurrence(rule.first, rule.repeats or "daily", rule.interval, rule.weekdays, count=rule.count or 7)
    assert len(days(endless, rule.first, date(2150, 1, 1))) == endless.count
