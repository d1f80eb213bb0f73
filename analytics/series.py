"""Monthly series: one definition for forecasts, charts, tables, exports and the lists they link to.

A series runs without gaps from its first sale to the last finished month; a month without rows is a month of zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, CharField, DateField, F, Func, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, TruncMonth
from django.utils.translation import gettext as _

from analytics import rules
from analytics.models import SalesHistory, TrendScheme
from contracts.models import Invoice, Retail
from core.periods import add_months, month_of, months_between
from users.models import Unit

SERIES_NAME = "sku__configuration__vehicle_model__series__name"
# A source silent for this long has nothing more to report; before that its newest months are only late.
REPORTING_MONTHS = 3
Dimension, Measured = TrendScheme.Dimension, TrendScheme.Measure


@dataclass(frozen=True)
class Measure:
    """What is counted in which table, when it happened, and the paths that its rows can be split by."""

    model: type
    day: str
    quantity: object
    unit_path: str
    splits: dict[str, tuple[str, ...]]

    @property
    def month(self):
        return TruncMonth(self.day, output_field=DateField())


def _region(unit_path: str) -> Func:
    """The unit below headquarters: the third part of the path /1/4/9/."""
    return Func(F(unit_path), Value("/"), Value(3), function="split_part", output_field=CharField())


MEASURES: dict[str, Measure] = {
    Measured.RETAIL: Measure(
        Retail,
        "retailed_on",
        F("quantity"),
        "unit__path",
        {
            Dimension.TOTAL: (),
            Dimension.REGION: ("region",),
            Dimension.DEALER: ("dealer__name",),
            Dimension.SERIES: (f"vehicle__{SERIES_NAME}",),
        },
    ),
    Measured.WHOLESALE: Measure(
        Invoice,
        "invoiced_on",
        Case(When(amount__lt=0, then=-1), default=1),
        "order__unit__path",
        {
            Dimension.TOTAL: (),
            Dimension.REGION: ("region",),
            Dimension.DEALER: ("order__buyer_dealer__name",),
            Dimension.SERIES: (f"allocation__vehicle__{SERIES_NAME}",),
        },
    ),
    Measured.HISTORY: Measure(
        SalesHistory,
        "month",
        F("quantity"),
        "",
        {
            Dimension.TOTAL: (),
            Dimension.AREA: ("area",),
            Dimension.MODEL: ("model",),
            Dimension.AREA_MODEL: ("area", "model"),
        },
    ),
}


@dataclass(frozen=True)
class MonthlySeries:
    words: tuple[str, ...]
    start: date
    values: tuple[float, ...]
    is_ended: bool = False

    @property
    def key(self) -> str:
        return "\x1f".join(self.words)

    @property
    def label(self) -> str:
        return " · ".join(self.words) or _("Total")

    @property
    def months(self) -> list[date]:
        return months_between(self.start, add_months(self.start, len(self.values)))

    @property
    def last_sold_in(self) -> date | None:
        sold = [month for month, value in zip(self.months, self.values, strict=True) if value]
        return sold[-1] if sold else None


def scheme_rows(scheme: TrendScheme) -> QuerySet:
    """The rows a scheme counts: those its owner sees today, below the scheme's unit."""
    measure = MEASURES[scheme.measure]
    rows = measure.model.objects.all() if scheme.owner is None else measure.model.objects.visible_to(scheme.owner)
    if scheme.source_id:
        return rows.filter(source=scheme.source_id)
    return rows.filter(**{f"{measure.unit_path}__startswith": scheme.unit.path})


def scheme_series(scheme: TrendScheme, business_date: date) -> tuple[list[MonthlySeries], date]:
    """The series of a scheme up to its last finished month, and the first day after that month."""
    rows = scheme_rows(scheme)
    end, is_silent = cutoff(scheme, rows, business_date)
    totals = monthly_totals(scheme.measure, rows, scheme.dimension, until=end)
    found = [_without_gaps(words, months, end) for words, months in sorted(totals.items())]
    return [replace(series, is_ended=is_silent or rules.has_ended(series.values)) for series in found if series], end


def cutoff(scheme: TrendScheme, rows: QuerySet, business_date: date) -> tuple[date, bool]:
    """The first day that is not counted any more (the unfinished month begins there), and whether the source ended.

    The book of an old source ends with its last year; its latest months count as late, not as zero, until the
    whole source has been silent for three: then nothing in it is forecast.
    """
    end = month_of(business_date).start
    if scheme.measure != Measured.HISTORY:
        return end, False
    last = rows.filter(month__lt=end).aggregate(last=Max("month"))["last"]
    if last is None:
        return end, True
    reported = add_months(last, 1)
    end = min(end, date(last.year + 1, 1, 1))
    is_silent = len(months_between(reported, end)) >= REPORTING_MONTHS
    return (end if is_silent else reported), is_silent


def monthly_totals(
    measure_name: str, rows: QuerySet, dimension: str, *, since: date | None = None, until: date | None = None
) -> dict[tuple[str, ...], dict[date, float]]:
    """Sums by the words of the dimension and by month, added up by the database."""
    measure = MEASURES[measure_name]
    paths = measure.splits[dimension]
    period = Q(**{f"{measure.day}__gte": since}) if since else Q()
    period &= Q(**{f"{measure.day}__lt": until}) if until else Q()
    rows = rows.filter(period)
    if dimension == Dimension.REGION:
        rows = rows.annotate(region=_region(measure.unit_path))
    sums = rows.order_by().values_list(*paths, measure.month).annotate(total=Sum(measure.quantity))
    names = _region_names() if dimension == Dimension.REGION else {}
    totals: dict[tuple[str, ...], dict[date, float]] = {}
    for *words, month, total in sums:
        shown = tuple(names.get(word, word) or _("(not given)") for word in words)
        months = totals.setdefault(shown, {})
        months[month] = months.get(month, 0.0) + float(total)
    return totals


def _region_names() -> dict[str, str]:
    regions = Unit.objects.filter(parent__kind=Unit.Kind.HEADQUARTERS).annotate(word=Cast("pk", CharField()))
    return {"": _("Headquarters"), **dict(regions.values_list("word", "name"))}


def _without_gaps(words: tuple[str, ...], months: dict[date, float], end: date) -> MonthlySeries | None:
    """From the first sale to the cutoff; None where nothing was ever sold."""
    sold: Iterable[date] = [month for month, total in months.items() if total]
    if not sold:
        return None
    start = min(sold)
    return MonthlySeries(words, start, tuple(months.get(month, 0.0) for month in months_between(start, end)))
