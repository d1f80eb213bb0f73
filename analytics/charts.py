"""The charts of this app: figures from queries, described for core.charts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from analytics.activity import Statistics
from analytics.boards import Board
from analytics.links import rows_url
from analytics.models import ForecastSeries, TrendScheme
from analytics.trends import SalesTrend
from contracts.links import counted_retails
from core.charts import BarChart, FanChart, ForecastPoint, LineChart, Mark, RankingChart, Series, Size, Unit
from core.periods import month_of
from salesplan.activity import Shown
from salesplan.queries import RETAIL_FILTERS
from users.models import User

Measure, Dimension = TrendScheme.Measure, TrendScheme.Dimension
MOST_RANKED = 12


def cars() -> Unit:
    return Unit(_("cars"))


def series_chart(series: ForecastSeries, user: User, *, size: Size = Size.FULL) -> FanChart:
    """The whole history and the forecast with its bands; each month of the history leads to the rows it sums."""
    values = list(series.values.all())
    points = [ForecastPoint(one.mean, one.lower80, one.upper80, one.lower95, one.upper95) for one in values]
    return FanChart(
        title=series.label,
        unit=Unit(_("leads")) if series.run.scheme.measure == Measure.LEADS else cars(),
        size=size,
        months=[*series.months, *(one.month for one in values)],
        history=series.history,
        forecast=points,
        urls=[rows_url(series, month_of(month), user) for month in series.months],
        note=backtest_note(series),
    )


def backtest_note(series: ForecastSeries) -> str:
    """What the figures are, and how far the method was off in the backtest."""
    run = series.run
    about = _("%(scheme)s. Computed for %(day)s.") % {"scheme": run.scheme, "day": run.business_date}
    if series.is_ended:
        return about + " " + _("No sale for many months: the series has ended and is not forecast.")
    if series.wape is None or series.naive_wape is None:
        return about + " " + _("The history is too short for a backtest.")
    figures = {
        "wape": f"{series.wape:.1%}",
        "naive": f"{series.naive_wape:.1%}",
        "verdict": series.get_verdict_display(),
    }
    return about + " " + _("Error in the backtest %(wape)s, of last year's month %(naive)s: %(verdict)s.") % figures


def monthly_sales_chart(board: Board) -> BarChart:
    """Retail sales by month beside the published plan; each bar leads to the sales it counts."""
    marks = [
        Mark(f"{month:%Y-%m}", sold, counted_retails(month_of(month)))
        for month, sold in zip(board.months, board.sold, strict=True)
    ]
    return BarChart(title=_("Retail sales by month"), unit=cars(), marks=marks, plan=board.planned, category=_("Month"))


def ranking_chart(board: Board, title: str) -> RankingChart:
    marks = [
        Mark(
            share.label,
            share.cars,
            counted_retails(board.period, **{RETAIL_FILTERS[board.ranked_by]: share.key}) if share.key else "",
        )
        for share in board.ranking
    ]
    return RankingChart(title=title, unit=cars(), marks=marks, category=str(Dimension(board.ranked_by).label))


def sales_trend_charts(found: SalesTrend) -> list[BarChart | LineChart]:
    """All sales as bars that lead to their rows; then the parts of the breakdown as lines."""
    labels = [period.label() for period in found.periods]
    marks = [
        Mark(label, total, counted_retails(period))
        for label, total, period in zip(labels, found.totals, found.periods, strict=True)
    ]
    charts: list[BarChart | LineChart] = [
        BarChart(title=_("Retail sales"), unit=cars(), size=Size.FULL, marks=marks, category=_("Period"))
    ]
    if found.parts:
        lines = [Series(label, values) for label, values in found.parts]
        title = _("Retail sales by %(dimension)s") % {"dimension": Dimension(found.dimension).label}
        charts.append(LineChart(title=title, unit=cars(), size=Size.FULL, labels=labels, series=lines))
    return charts


def activity_chart(found: Statistics) -> RankingChart:
    """The best in the figure that sorts the table; each bar leads to the rows it counts."""
    figure = found.sorted_by
    unit = Unit(_("10,000 yuan"), divisor=10_000, decimals=1) if figure.is_money else Unit()
    best = [line for line in found.lines if line.values[figure.name]][:MOST_RANKED]
    marks = [Mark(line.name, line.values[figure.name], _url_of(line.shown, figure.name)) for line in best]
    return RankingChart(title=str(figure.label), unit=unit, size=Size.FULL, marks=marks, category=_("Name"))


def _url_of(shown: Sequence[Shown], name: str) -> str:
    return next((one.url for one in shown if one.figure.name == name), "")
