from collections.abc import Iterable

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from analytics import rules, scorecards
from analytics.charts import monthly_sales_chart, ranking_chart, sales_trend_charts, series_chart
from analytics.day import day_lists
from analytics.files import file_response, log_export
from analytics.home import figures
from analytics.models import ForecastSeries, TrendScheme
from analytics.todos import todos
from analytics.trends import MOST_PARTS, sales_trend
from analytics.workbooks import scheme_workbook, series_workbook
from core import export
from core.charts import FanChart, Size
from core.periods import period_of
from core.views import DetailPage
from users.models import User

Dimension = TrendScheme.Dimension
PERIODS = {"month": _("This month"), "quarter": _("This quarter"), "year": _("This year")}
STEPS = {"month": _("By month"), "quarter": _("By quarter"), "year": _("By year")}
RANKING_TITLES = {
    Dimension.REGION: _("Retail sales by region"),
    Dimension.DEALER: _("Retail sales by dealer"),
    Dimension.SERIES: _("Retail sales by series"),
}
can_view_series = permission_required("analytics.view_forecastseries", raise_exception=True)
can_export = permission_required("core.export_rows", raise_exception=True)


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    kind = _choice(request, "period", PERIODS)
    period = period_of(kind, today)
    cards, board = figures(user, period, today)
    context = {
        "period": period,
        "kind": kind,
        "periods": PERIODS.items(),
        "cards": cards,
        "todos": todos(user, timezone.now()),
        "now": timezone.localtime(),
        "today": today,
        **day_lists(user, today),
    }
    if board:
        context |= {
            "monthly": monthly_sales_chart(board),
            "ranking": ranking_chart(board, str(RANKING_TITLES[board.ranked_by])),
            "salespeople": board.salespeople,
        }
    if outlooks := company_outlooks(user, Dimension.TOTAL):
        (context["outlook"],) = outlooks
    return render(request, "analytics/home.html", context)


@require_safe
@never_cache
@permission_required("contracts.view_retail", raise_exception=True)
def sales_trend_page(request: HttpRequest) -> HttpResponse:
    kind = _choice(request, "by", STEPS)
    dimension = _choice(request, "split", dict.fromkeys(TrendScheme.OF_SALES))
    found = sales_trend(request.user, kind=kind, dimension=dimension, today=timezone.localdate())
    context = {
        "outlooks": company_outlooks(request.user, dimension),
        "charts": sales_trend_charts(found),
        "kind": kind,
        "kinds": STEPS.items(),
        "split": dimension,
        "splits": [(one, one.label) for one in TrendScheme.OF_SALES],
    }
    return render(request, "analytics/sales_trend.html", context)


class SeriesPage(DetailPage):
    """The record page with the fan chart above it."""

    def get_queryset(self):
        return super().get_queryset().select_related("run__scheme__unit", "run__scheme__owner")

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(fan=series_chart(self.object, self.request.user), **context)


class SchemePage(DetailPage):
    """The record page with the chart of the largest series above it."""

    def get_context_data(self, **context) -> dict:
        user = self.request.user
        largest = _series_visible_to(user).filter(run__scheme=self.object).first()
        fan = series_chart(largest, user) if largest else None
        return super().get_context_data(fan=fan, largest=largest, **context)


class ScorePage(DetailPage):
    """The record page with the weights of the measures and the rows behind each."""

    def get_queryset(self):
        return super().get_queryset().select_related("dealer")

    def get_context_data(self, **context) -> dict:
        score = self.object
        field = type(score)._meta.get_field
        measures = [
            (field(name).verbose_name, rules.WEIGHTS[name], reached, url)
            for name, reached, url in scorecards.figures(score, self.request.user)
        ]
        return super().get_context_data(measures=measures, **context)


@require_safe
@never_cache
@can_view_series
def series_picture(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(_series_visible_to(request.user), pk=pk)
    return file_response(series_chart(series, request.user).png(), f"{series.label}.png", "image/png")


@require_safe
@never_cache
@can_view_series
@can_export
def series_file(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(_series_visible_to(request.user), pk=pk)
    notes = export.notes_about(request.user, filters=series.label)
    content = series_workbook(series, user=request.user, notes=notes)
    log_export(request, "analytics:forecastseries_workbook", len(series.history))
    return file_response(content, f"{series.label}.xlsx", export.XLSX)


@require_safe
@never_cache
@can_view_series
@can_export
def scheme_file(request: HttpRequest, pk: int) -> HttpResponse:
    schemes = TrendScheme.objects.visible_to(request.user).select_related("published_run__scheme")
    scheme = get_object_or_404(schemes.exclude(published_run=None), pk=pk)
    rows = _series_visible_to(request.user).filter(run=scheme.published_run).prefetch_related("values")
    notes = export.notes_about(request.user, filters=scheme.name)
    content = scheme_workbook(scheme.published_run, rows, user=request.user, notes=notes)
    log_export(request, "analytics:trendscheme_workbook", scheme.published_run.series_count)
    return file_response(content, f"{scheme.name}.xlsx", export.XLSX)


def company_outlooks(user: User, dimension: str) -> list[tuple[ForecastSeries, FanChart]]:
    """The forecast of the company's own retail, the largest series first; none for who may not see it all."""
    if not user.has_perm("analytics.view_forecastseries"):
        return []
    found = _series_visible_to(user).of_the_company(dimension).prefetch_related("values")[:MOST_PARTS]
    size = Size.FULL if dimension == Dimension.TOTAL else Size.HALF
    return [(series, series_chart(series, user, size=size)) for series in found]


def _choice(request: HttpRequest, name: str, offered: Iterable[str]) -> str:
    """The wanted choice, or the first where it is not offered."""
    wanted = request.GET.get(name, "")
    return wanted if wanted in offered else str(next(iter(offered)))


def _series_visible_to(user):
    return ForecastSeries.objects.visible_to(user).select_related("run__scheme__unit", "run__scheme__owner")
