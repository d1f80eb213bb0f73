"""The next birthday of somebody whose day is kept by the solar or the lunar calendar."""

from calendar import monthrange
from datetime import date

from lunar_python import Lunar, LunarMonth, LunarYear, Solar


def next_birthday(*, month: int, day: int, is_lunar: bool, is_leap_month: bool = False, today: date) -> date:
    """The first birthday from ``today`` on; a day that a year does not have is kept on the last of its month."""
    first = _lunar_year(today) if is_lunar else today.year
    days = (
        _solar_day_of_lunar(year, month, day, is_leap_month=is_leap_month) if is_lunar else _solar(year, month, day)
        for year in range(first, first + 3)
    )
    return next(on for on in days if on >= today)


def _solar(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _solar_day_of_lunar(year: int, month: int, day: int, *, is_leap_month: bool) -> date:
    """A leap month comes back in few years; in the others its birthdays are kept in the ordinary month."""
    if is_leap_month and LunarYear.fromYear(year).getLeapMonth() == month:
        month = -month
    last = LunarMonth.fromYm(year, month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, last)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _lunar_year(day: date) -> int:
    return Solar.fromYmd(day.year, day.month, day.day).getLunar().getYear()
