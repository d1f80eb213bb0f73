"""The charts of this app: figures from queries, described for core.charts."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.models import ForecastSeries, TrendScheme
from core.charts import FanChart, ForecastPoint, Size, Unit
from core.periods import month_of

Dimension = TrendScheme.Dimension
WORD_FILTERS = {
    Dimension.TOTAL: (),
    Dimension.AREA: ("area",),
    Dimension.MODEL: ("model",),
    Dimension.AREA_MODEL: ("area", "model"),
}


def cars() -> Unit:
    return Unit(_("cars"))


def series_chart(series: ForecastSeries) -> FanChart:
    """The whole history and the forecast with its bands; each month of a history leads to the rows it sums."""
    values = list(series.values.all())
    points = [ForecastPoint(one.mean, one.lower80, one.upper80, one.lower95, one.upper95) for one in values]
    return FanChart(
        title=series.label,
        unit=cars(),
        size=Size.FULL,
        months=[*series.months, *(one.month for one in values)],
        history=series.history,
        forecast=points,
        urls=[history_url(series, month) for month in series.months],
        note=backtest_note(series),
    )


def history_url(series: ForecastSeries, month: date) -> str:
    """Only the rows of a history are the same for every reader; own sales are narrowed to each reader's rights."""
    scheme = series.run.scheme
    if scheme.source_id is None:
        return ""
    words = dict(zip(WORD_FILTERS[scheme.dimension], series.words, strict=True))
    period = {"from_month": month, "to_month": month_of(month).last_day}
    return f"{reverse('analytics:saleshistory_list')}?{urlencode({'source': scheme.source_id, **words, **period})}"


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
