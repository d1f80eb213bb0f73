"""Own retail sales over the last two years, by month, quarter or year, in the reader's rights."""

from dataclasses import dataclass
from datetime import date

from analytics.models import TrendScheme
from analytics.series import monthly_totals
from contracts.models import Retail
from core.periods import Period, add_months, month_of, period_of
from users.models import User

MOST_PARTS = 6
MONTHS_BACK = {"month": 24, "quarter": 36, "year": 60}
Dimension = TrendScheme.Dimension


@dataclass(frozen=True)
class SalesTrend:
    periods: list[Period]
    totals: list[int]
    dimension: str
    parts: list[tuple[str, list[int]]]


def sales_trend(user: User, *, kind: str, dimension: str, today: date) -> SalesTrend:
    """One sum over the rows the reader sees; the total is added up from its parts, so they cannot differ."""
    until = period_of(kind, today).end
    since = period_of(kind, add_months(month_of(today).end, -MONTHS_BACK[kind])).start
    periods = _periods(kind, since, until)
    found = monthly_totals("retail", Retail.objects.visible_to(user).counted(), dimension, since=since, until=until)
    by_part = [("".join(part.words), _by_period(months, periods)) for part, months in found.items()]
    totals = [sum(column) for column in zip(*(values for _label, values in by_part), strict=True)]
    parts = sorted(by_part, key=lambda part: -sum(part[1]))[:MOST_PARTS] if dimension != Dimension.TOTAL else []
    return SalesTrend(periods, totals or [0] * len(periods), dimension, parts)


def _periods(kind: str, since: date, until: date) -> list[Period]:
    periods = [period_of(kind, since)]
    while periods[-1].end < until:
        periods.append(periods[-1].next())
    return periods


def _by_period(months: dict[date, float], periods: list[Period]) -> list[int]:
    return [int(sum(months.get(month, 0) for month in period.months())) for period in periods]
