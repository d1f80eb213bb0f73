from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from core.periods import (
    Period,
    add_months,
    month_of,
    months_between,
    parse_period,
    period_of,
    rolling_12,
    today_in_shanghai,
    weeks_in,
    year_to_date,
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 23)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 4)),
        ("2026-11-22", date(2026, 11, 22), date(2026, 11, 23)),
        ("2026-02-10..2026-03-09", date(2026, 2, 10), date(2026, 3, 10)),
    ],
)
def test_a_period_is_read_and_written_as_the_same_text(text, start, end):
    period = parse_period(text)
    assert (period.start, period.end) == (start, end)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2025-W53", "2026-W00", "2026-Q5", "2026-02-29", "0000", "0000-00-00", "9999-12-31"]
    + ["２０２６", "2026-11 OR 1=1", "2026-11\x00", "1e9999", "20261", "2026-03-02..2026-03-01", "x" * 100_000],
)
def test_other_text_is_refused_with_a_value_error(text):
    with pytest.raises(ValueError):
        parse_period(text)


def test_last_moment_of_the_year_lies_in_the_old_year_and_midnight_in_the_new():
    old, new = parse_period("2025"), parse_period("2026")
    last = datetime(2025, 12, 31, 15, 59, 59, 999999, tzinfo=UTC)
    first = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
    assert old.bounds()[0] <= last < old.bounds()[1]
    assert not (new.bounds()[0] <= last)
    assert new.bounds()[0] <= first < new.bounds()[1]
    assert (today_in_shanghai(last), today_in_shanghai(first)) == (date(2025, 12, 31), date(2026, 1, 1))


def test_bounds_follow_the_summer_time_of_1986_to_1991():
    start, end = parse_period("1988-07").bounds()
    assert (start.utcoffset(), end.utcoffset()) == (timedelta(hours=9), timedelta(hours=9))
    assert parse_period("1992-07").bounds()[0].utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("kind", ["day", "week", "month", "quarter", "year"])
def test_every_day_lies_in_exactly_one_period_and_periods_leave_no_gap(kind):
    period = period_of(kind, date(2019, 12, 1))
    day = period.start
    while day < date(2021, 2, 15):
        if not period.contains(day):
            assert period.next().start == period.end
            assert period.next().previous() == period
            period = period.next()
        assert period.contains(day)
        assert period_of(kind, day) == period
        day += timedelta(days=1)


def test_months_of_a_year_add_up_to_the_year():
    year = parse_period("2024")
    months = [month_of(first) for first in year.months()]
    assert len(months) == 12
    assert sum(((month.end - month.start) for month in months), timedelta()) == timedelta(days=366)
    assert (months[0].start, months[-1].end) == (year.start, year.end)


def test_years_with_53_weeks_are_known():
    assert [year for year in range(2015, 2033) if weeks_in(year) == 53] == [2015, 2020, 2026, 2032]


def test_week_53_is_compared_with_week_52_of_the_year_before():
    assert str(parse_period("2026-W53").same_last_year()) == "2025-W52"
    assert str(parse_period("2027-W01").same_last_year()) == "2026-W01"


@pytest.mark.parametrize(
    ("text", "before"),
    [("2026-Q1", "2025-Q1"), ("2024-02-29", "2023-02-28"), ("2026-03", "2025-03"), ("2026", "2025")]
    + [("2026-01-01..2026-11-22", "2025-01-01..2025-11-22"), ("2024-02-01..2024-02-29", "2023-02-01..2023-02-28")],
)
def test_same_period_of_last_year(text, before):
    assert str(parse_period(text).same_last_year()) == before


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_adding_months_stays_within_the_month(day, count, result):
    assert add_months(day, count) == result


def test_year_to_date_ends_with_today():
    assert year_to_date(date(2026, 11, 22)) == Period("custom", date(2026, 1, 1), date(2026, 11, 23))


def test_rolling_twelve_months_end_with_the_month_of_today():
    months = rolling_12(date(2026, 11, 22)).months()
    assert (len(months), months[0], months[-1]) == (12, date(2025, 12, 1), date(2026, 11, 1))


def test_months_between_leaves_out_the_end():
    assert months_between(date(2026, 11, 22), date(2027, 1, 1)) == [date(2026, 11, 1), date(2026, 12, 1)]


def test_custom_period_moves_by_its_own_length():
    period = parse_period("2026-03-01..2026-03-10")
    assert str(period.previous()) == "2026-02-19..2026-02-28"
    assert str(period.next()) == "2026-03-11..2026-03-20"


def test_label_names_the_period_for_readers():
    with translation.override("en"):
        labels = [parse_period(text).label() for text in ("2026", "2026-Q4", "2026-11", "2026-W47", "2026-11-22")]
    assert labels == ["Year 2026", "Quarter 4 of 2026", "2026-11", "Week 47 of 2026", "2026-11-22"]
