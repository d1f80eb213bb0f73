"""How demand moves: season, Chinese New Year, growth, noise."""

from datetime import date, timedelta
from random import Random

from lunar_python import Lunar

SEASON = (1.22, 0.78, 1.02, 0.96, 0.92, 0.90, 0.82, 0.88, 1.06, 1.02, 1.10, 1.32)
GROWTH_PER_YEAR = 1.06
HOLIDAY_DAYS = 12


def new_year(year: int) -> date:
    """The first day of the lunar year that begins in this year."""
    solar = Lunar.fromYmd(year, 1, 1).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def holiday_share(month: date) -> float:
    """The share of the quiet days from three before to eight after the lunar New Year that fall into this month."""
    first = new_year(month.year) - timedelta(days=3)
    days = [first + timedelta(days=n) for n in range(HOLIDAY_DAYS)]
    return sum(day.month == month.month for day in days) / HOLIDAY_DAYS


def demand(month: date, *, years_on: float, rng: Random) -> float:
    """Relative demand of a month; about 1 on average in the first year."""
    dip = 1 - 0.30 * holiday_share(month)
    return SEASON[month.month - 1] * dip * GROWTH_PER_YEAR**years_on * rng.uniform(0.93, 1.07)


def day_in(month: date, *, rng: Random) -> date:
    """A day of the month; sales bunch in its last third."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    length = (following - month).days
    return month + timedelta(days=min(length - 1, int(length * rng.betavariate(1.6, 1.1))))
