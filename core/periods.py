"""Days, ISO weeks, months, quarters and years in the company's time zone, as half-open ranges of dates."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_PATTERNS = {
    "day": re.compile(_DAY, re.ASCII),
    "week": re.compile(r"(\d{4})-W(\d{2})", re.ASCII),
    "month": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "quarter": re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
    "custom": re.compile(rf"{_DAY}\.\.{_DAY}", re.ASCII),
}


@dataclass(frozen=True)
class Period:
    """``start`` belongs to the period, ``end`` is the first day after it."""

    kind: str
    start: date
    end: date

    def __str__(self) -> str:
        """The text that ``parse_period`` reads back, as it stands in addresses."""
        year, week, _weekday = self.start.isocalendar()
        texts = {
            "day": f"{self.start}",
            "week": f"{year:04d}-W{week:02d}",
            "month": f"{self.start:%Y-%m}",
            "quarter": f"{self.start:%Y}-Q{self._quarter}",
            "year": f"{self.start:%Y}",
            "custom": f"{self.start}..{self.last_day}",
        }
        return texts[self.kind]

    @property
    def last_day(self) -> date:
        return self.end - ONE_DAY

    @property
    def _quarter(self) -> int:
        return (self.start.month + 2) // 3

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment of the period and the first moment after it, both aware."""
        return midnight(self.start), midnight(self.end)

    def months(self) -> list[date]:
        """The first days of the months the period touches."""
        return months_between(self.start, self.end)

    def next(self) -> "Period":
        if self.kind == "custom":
            return Period("custom", self.end, self.end + (self.end - self.start))
        return period_of(self.kind, self.end)

    def previous(self) -> "Period":
        if self.kind == "custom":
            return Period("custom", self.start - (self.end - self.start), self.start)
        return period_of(self.kind, self.start - ONE_DAY)

    def same_last_year(self) -> "Period":
        """The period a year earlier; week 53 is compared with the last week of a year that has 52."""
        if self.kind == "custom":
            return Period("custom", add_months(self.start, -12), add_months(self.last_day, -12) + ONE_DAY)
        if self.kind == "week":
            year, week, _weekday = self.start.isocalendar()
            return _week(year - 1, min(week, weeks_in(year - 1)))
        return period_of(self.kind, add_months(self.start, -12))

    def label(self) -> str:
        week_year, week, _weekday = self.start.isocalendar()
        year, month, day = self.start.timetuple()[:3]
        texts = {
            "day": _("%(year)d-%(month)02d-%(day)02d"),
            "week": _("Week %(week)d of %(week_year)d"),
            "month": _("%(year)d-%(month)02d"),
            "quarter": _("Quarter %(quarter)d of %(year)d"),
            "year": _("Year %(year)d"),
            "custom": _("%(start)s to %(last)s"),
        }
        values = {"year": year, "month": month, "day": day, "week": week, "week_year": week_year}
        return texts[self.kind] % (values | {"quarter": self._quarter, "start": self.start, "last": self.last_day})


def period_of(kind: str, day: date) -> Period:
    """The day, week, month, quarter or year that holds the day."""
    if kind == "day":
        return Period("day", day, day + ONE_DAY)
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return Period("week", monday, monday + timedelta(days=7))
    length = _MONTHS[kind]
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Period(kind, start, add_months(start, length))


def month_of(day: date) -> Period:
    return period_of("month", day)


def year_to_date(today: date) -> Period:
    """From 1 January to today, today included."""
    return Period("custom", date(today.year, 1, 1), today + ONE_DAY)


def rolling_12(today: date) -> Period:
    """The twelve whole months that end with the month of ``today``."""
    end = month_of(today).end
    return Period("custom", add_months(end, -12), end)


def parse_period(text: str) -> Period:
    """Reads 2026, 2026-Q4, 2026-11, 2026-W47, 2026-11-22 and 2026-11-01..2026-11-22; else a ValueError."""
    for kind, pattern in _PATTERNS.items():
        match = pattern.fullmatch(text.strip())
        if match:
            numbers = [int(group) for group in match.groups()]
            if FIRST_YEAR <= numbers[0] <= LAST_YEAR:
                return _parsed(kind, numbers)
    raise ValueError(_("“%(text)s” is not a period such as 2026-11, 2026-Q4 or 2026-W47.") % {"text": text[:40]})


def today_in_shanghai(now: datetime) -> date:
    """The company's calendar day of an aware moment."""
    return now.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def add_months(day: date, count: int) -> date:
    """The same day ``count`` months on; the month's last day when it has no such day (31 January + 1 month)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> list[date]:
    """The first days of all months from the month of ``start`` up to, not including, ``end``."""
    months, first = [], start.replace(day=1)
    while first < end:
        months.append(first)
        first = add_months(first, 1)
    return months


def weeks_in(year: int) -> int:
    """52 or 53: 28 December always lies in the last ISO week of its year."""
    return date(year, 12, 28).isocalendar().week


def _week(year: int, week: int) -> Period:
    return period_of("week", date.fromisocalendar(year, week, 1))


def _parsed(kind: str, numbers: list[int]) -> Period:
    if kind == "week":
        return _week(*numbers)
    if kind == "quarter":
        return period_of(kind, date(numbers[0], numbers[1] * 3 - 2, 1))
    if kind != "custom":
        return period_of(kind, date(*(numbers + [1, 1])[:3]))
    start, last = date(*numbers[:3]), date(*numbers[3:])
    if last < start or last.year > LAST_YEAR:
        raise ValueError(_("The period ends before it begins."))
    return Period("custom", start, last + ONE_DAY)
