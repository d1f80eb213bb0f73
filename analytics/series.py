"""Monthly series: one definition for forecasts, charts, tables, exports and the lists they link to.

A series runs without gaps from its first sale to the last finished month; a month without rows is a month of zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, CharField, Count, DateField, F, Func, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from analytics import rules
from analytics.models import COUNTED, KEY_SEPARATOR, TrendScheme
from core.periods import add_months, midnight, month_of, months_between
from dealers.models import Dealer
from products.models import Series
from users.models import Unit

SERIES_OF_SKU = "sku__configuration__vehicle_model__series"
# A source silent for this long has nothing more to report; before that its newest months are only late.
REPORTING_MONTHS = 3
Dimension, Measured = TrendScheme.Dimension, TrendScheme.Measure


@dataclass(frozen=True)
class Measure:
    """How much a row counts, when it happened, and the paths of the keys that the rows can be split by."""

    day: str
    quantity: object
    unit_path: str
    splits: dict[str, tuple[str, ...]]
    is_moment: bool = False

    @property
    def month(self):
        return TruncMonth(self.day, output_field=DateField())

    def at(self, day: date) -> date | datetime:
        return midnight(day) if self.is_moment else day


class Part(NamedTuple):
    """Whose figures they are: the keys of the records, and how people call them."""

    keys: tuple[str, ...]
    words: tuple[str, ...]


def _region(unit_path: str) -> Func:
    """The unit below headquarters: the third part of the path /1/4/9/."""
    return Func(F(unit_path), Value("/"), Value(3), function="split_part", output_field=CharField())


MEASURES: dict[str, Measure] = {
    Measured.RETAIL: Measure(
        "retailed_on",
        Sum("quantity"),
        "unit__path",
        {
            Dimension.TOTAL: (),
            Dimension.REGION: ("region",),
            Dimension.DEALER: ("dealer",),
            Dimension.SERIES: (f"vehicle__{SERIES_OF_SKU}",),
        },
    ),
    Measured.WHOLESALE: Measure(
        "invoiced_on",
        Sum(Case(When(amount__lt=0, then=-1), default=1)),
        "order__unit__path",
        {
            Dimension.TOTAL: (),
            Dimension.REGION: ("region",),
            Dimension.DEALER: ("order__buyer_dealer",),
            Dimension.SERIES: (f"allocation__vehicle__{SERIES_OF_SKU}",),
        },
    ),
    Measured.LEADS: Measure(
        "recorded_at",
        Count("pk"),
        "unit__path",
        {
            Dimension.TOTAL: (),
            Dimension.REGION: ("region",),
            Dimension.SERIES: ("series",),
        },
        is_moment=True,
    ),
    Measured.HISTORY: Measure(
        "month",
        Sum("quantity"),
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
    part: Part
    start: date
    values: tuple[float, ...]
    is_ended: bool = False

    @property
    def key(self) -> str:
        return KEY_SEPARATOR.join(self.part.keys)

    @property
    def label(self) -> str:
        return " · ".join(self.part.words) or _("Total")

    @property
    def months(self) -> list[date]:
        return months_between(self.start, add_months(self.start, len(self.values)))

    @property
    def last_sold_in(self) -> date | None:
        sold = [month for month, value in zip(self.months, self.values, strict=True) if value]
        return sold[-1] if sold else None


def scheme_rows(scheme: TrendScheme) -> QuerySet:
    """The rows a scheme counts: those its owner sees today, below the scheme's unit."""
    rows = COUNTED[scheme.measure].objects.all()
    if scheme.measure == Measured.RETAIL:
        rows = rows.counted()
    if scheme.owner is not None:
        rows = rows.visible_to(scheme.owner)
    if scheme.source_id:
        return rows.filter(source=scheme.source_id)
    if scheme.unit.kind == Unit.Kind.HEADQUARTERS:
        return rows
    return rows.filter(**{f"{MEASURES[scheme.measure].unit_path}__startswith": scheme.unit.path})


def scheme_series(scheme: TrendScheme, business_date: date) -> tuple[list[MonthlySeries], date]:
    """The series of a scheme up to its last finished month, and the first day after that month."""
    rows = scheme_rows(scheme)
    end, is_silent = cutoff(scheme, rows, business_date)
    totals = monthly_totals(scheme.measure, rows, scheme.dimension, until=end)
    found = [_without_gaps(part, months, end) for part, months in sorted(totals.items())]
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
) -> dict[Part, dict[date, float]]:
    """Sums by the parts of the dimension and by month, added up by the database."""
    measure = MEASURES[measure_name]
    paths = measure.splits[dimension]
    period = Q(**{f"{measure.day}__gte": measure.at(since)}) if since else Q()
    period &= Q(**{f"{measure.day}__lt": measure.at(until)}) if until else Q()
    rows = rows.filter(period)
    if dimension == Dimension.REGION:
        rows = rows.annotate(region=_region(measure.unit_path))
    sums = rows.order_by().values_list(*paths, measure.month).annotate(total=measure.quantity)
    names = _names(dimension)
    totals: dict[Part, dict[date, float]] = {}
    for *found, month, total in sums:
        keys = tuple("" if key is None else str(key) for key in found)
        part = Part(keys, tuple(names.get(key, key) or _("(not given)") for key in keys))
        months = totals.setdefault(part, {})
        months[month] = months.get(month, 0.0) + float(total)
    return totals


def _names(dimension: str) -> dict[str, str]:
    """How the records are called whose keys the rows were split by; areas and models are words already."""
    if dimension == Dimension.REGION:
        regions = Unit.objects.filter(parent__kind=Unit.Kind.HEADQUARTERS)
        return {"": _("Headquarters"), **_names_of(regions)}
    named = {Dimension.DEALER: Dealer, Dimension.SERIES: Series}
    return _names_of(named[dimension].objects.all()) if dimension in named else {}


def _names_of(records: QuerySet) -> dict[str, str]:
    return {str(key): name for key, name in records.values_list("pk", "name")}


def _without_gaps(part: Part, months: dict[date, float], end: date) -> MonthlySeries | None:
    """From the first sale to the cutoff; None where nothing was ever sold."""
    sold: Iterable[date] = [month for month, total in months.items() if total]
    if not sold:
        return None
    start = min(sold)
    return MonthlySeries(part, start, tuple(months.get(month, 0.0) for month in months_between(start, end)))
