"""What the pipeline is worth by the month of its expected close: open by its chance, won in full, lost nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DateField, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from core.periods import ONE_DAY, add_months, month_of, months_between
from customers.models import Opportunity
from customers.models.opportunities import weighted_amount

MONTHS_BEFORE, MONTHS_SHOWN = 2, 12


@dataclass(frozen=True)
class Expected:
    """A month, or what lies before or after those shown; without ``start`` and ``end`` no day is expected at all."""

    start: date | None
    end: date | None
    open_count: int = 0
    open_amount: Decimal = Decimal(0)
    won_count: int = 0
    won_amount: Decimal = Decimal(0)
    weighted_amount: Decimal = Decimal(0)

    @property
    def is_empty(self) -> bool:
        return not (self.open_count or self.won_count)

    @property
    def days(self) -> dict[str, object]:
        """The filter of the list that shows the same rows."""
        if self.start is None and self.end is None:
            return {"has_close_day": "false"}
        days = {"closes_from": self.start, "closes_until": self.end and self.end - ONE_DAY}
        return {name: day for name, day in days.items() if day}


@dataclass(frozen=True)
class Outlook:
    months: list[Expected]
    others: list[Expected]
    total: Expected


def outlook(rows: QuerySet, today: date) -> Outlook:
    """``rows`` are the opportunities the reader sees, filtered; one query adds them up by month."""
    first = add_months(month_of(today).start, -MONTHS_BEFORE)
    last = add_months(first, MONTHS_SHOWN)
    sums = _sums_by_month(rows)
    months = [Expected(month, add_months(month, 1), *sums.get(month, ())) for month in months_between(first, last)]
    others = [
        Expected(None, first, *_added(sums, lambda month: month is not None and month < first)),
        Expected(last, None, *_added(sums, lambda month: month is not None and month >= last)),
        Expected(None, None, *_added(sums, lambda month: month is None)),
    ]
    total = Expected(None, None, *_added(sums, lambda month: True))
    return Outlook(months, [one for one in others if not one.is_empty], total)


def _sums_by_month(rows: QuerySet) -> dict[date | None, tuple]:
    is_open, is_won = Q(status__in=Opportunity.OPEN), Q(status=Opportunity.Status.WON)
    sums = (
        rows.filter(is_open | is_won)
        .order_by()
        .annotate(month=TruncMonth("expected_close_on", output_field=DateField()))
        .values_list("month")
        .annotate(
            open_count=Count("pk", filter=is_open),
            open_amount=Sum("amount", filter=is_open, default=Decimal(0)),
            won_count=Count("pk", filter=is_won),
            won_amount=Sum("amount", filter=is_won, default=Decimal(0)),
            weighted=Sum(weighted_amount()),
        )
    )
    return {month: tuple(found) for month, *found in sums}


def _added(sums: dict[date | None, tuple], is_wanted) -> tuple:
    found = [values for month, values in sums.items() if is_wanted(month)]
    return tuple(sum(column) for column in zip(*found, strict=True)) if found else ()
