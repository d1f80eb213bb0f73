from datetime import date

from core.working_days import add_working_days, is_published, is_working_day, on_working_day, working_days


def test_make_up_saturday_is_a_working_day():
    assert is_working_day(date(2026, 2, 14))
    assert is_working_day(date(2025, 10, 11))


def test_national_day_is_a_day_of_rest():
    assert not is_working_day(date(2026, 10, 1))


def test_unpublished_years_count_monday_to_friday():
    assert not is_published(date(2031, 2, 3))
    assert is_working_day(date(2031, 2, 3))
    assert not is_working_day(date(2031, 2, 1))


def test_day_of_rest_moves_to_the_next_working_day():
    assert on_working_day(date(2023, 10, 6)) == date(2023, 10, 7)
    assert on_working_day(date(2026, 2, 28)) == date(2026, 2, 28)


def test_ten_working_days_skip_the_spring_festival():
    assert add_working_days(date(2026, 2, 9), 10) == date(2026, 2, 28)


def test_november_2026_has_21_working_days():
    assert working_days(date(2026, 11, 1), date(2026, 12, 1)) == 21


def test_an_empty_range_has_none():
    assert working_days(date(2026, 11, 1), date(2026, 11, 1)) == 0
