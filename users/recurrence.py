"""On which days something happens again: daily, weekly on some days, monthly; pure, without database and clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.periods import add_months

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Recurrence:
    """``first`` is the first day and always one of the days; a month without its day has it on the last day.

    ``count`` counts the days left out by ``exceptions`` as well, as calendar programs do.
    """

    first: date
    repeats: str = ""
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None
    exceptions: frozenset[date] = frozenset()

    def days(self, start: date, end: date) -> Iterator[date]:
        """The days from ``start`` up to, not including, ``end``, in their order."""
        for day, number in self._numbered(max(start, self.first)):
            if day >= end or not self._lasts(day, number):
                return
            if day >= start and day not in self.exceptions:
                yield day

    def number_of(self, wanted: date) -> int | None:
        """0 for the first day, 1 for the second; None for a day that is none of them."""
        for day, number in self._numbered(max(wanted, self.first)):
            if day >= wanted:
                return number if day == wanted and self._lasts(day, number) else None
        return None

    def _lasts(self, day: date, number: int) -> bool:
        return (self.until is None or day <= self.until) and (self.count is None or number < self.count)

    def _numbered(self, start: date) -> Iterator[tuple[date, int]]:
        """The days with their numbers, from the round that holds ``start`` or lies just before it."""
        if not self.repeats:
            yield self.first, 0
            return
        turn = self._rounds_until(start)
        while True:
            yield from self._round(turn)
            turn += 1

    def _rounds_until(self, day: date) -> int:
        if self.repeats == "daily":
            passed = (day - self.first).days
        elif self.repeats == "weekly":
            passed = (_monday(day) - _monday(self.first)).days // 7
        else:
            passed = (day.year - self.first.year) * 12 + day.month - self.first.month
        return passed // self.interval

    def _round(self, turn: int) -> Iterator[tuple[date, int]]:
        steps = turn * self.interval
        if self.repeats == "daily":
            yield self.first + steps * ONE_DAY, turn
        elif self.repeats == "monthly":
            yield add_months(self.first, steps), turn
        else:
            yield from self._week(turn, _monday(self.first) + 7 * steps * ONE_DAY)

    def _week(self, turn: int, monday: date) -> Iterator[tuple[date, int]]:
        """The week of the first day may have begun before it."""
        weekdays = sorted({*self.weekdays, self.first.weekday()})
        before_first = sum(weekday < self.first.weekday() for weekday in weekdays)
        for place, weekday in enumerate(weekdays):
            number = turn * len(weekdays) + place - before_first
            if number >= 0:
                yield monday + weekday * ONE_DAY, number


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY
