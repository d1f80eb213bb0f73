from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from analytics.charts import series_chart
from analytics.models import ForecastSeries, TrendScheme
from analytics.workbooks import scheme_workbook, series_workbook
from core import export
from core.models import ExportLog
from core.views import DetailPage

can_view_series = permission_required("analytics.view_forecastseries", raise_exception=True)
can_export = permission_required("core.export_rows", raise_exception=True)


class SeriesPage(DetailPage):
    """The record page with the fan chart above it."""

    def get_queryset(self):
        return super().get_queryset().select_related("run__scheme")

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(fan=series_chart(self.object), **context)


class SchemePage(DetailPage):
    """The record page with the chart of the largest series above it."""

    def get_context_data(self, **context) -> dict:
        largest = _series_visible_to(self.request.user).filter(run__scheme=self.object).first()
        return super().get_context_data(fan=series_chart(largest) if largest else None, largest=largest, **context)


@require_safe
@never_cache
@can_view_series
def series_picture(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(_series_visible_to(request.user), pk=pk)
    return _file(series_chart(series).png(), f"{series.label}.png", "image/png")


@require_safe
@never_cache
@can_view_series
@can_export
def series_file(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(_series_visible_to(request.user), pk=pk)
    content = series_workbook(series, notes=export.notes_about(request.user, filters=series.label))
    _log(request, len(series.history))
    return _file(content, f"{series.label}.xlsx", export.XLSX)


@require_safe
@never_cache
@can_view_series
@can_export
def scheme_file(request: HttpRequest, pk: int) -> HttpResponse:
    schemes = TrendScheme.objects.visible_to(request.user).select_related("published_run__scheme")
    scheme = get_object_or_404(schemes.exclude(published_run=None), pk=pk)
    rows = _series_visible_to(request.user).filter(run=scheme.published_run).prefetch_related("values")
    notes = export.notes_about(request.user, filters=scheme.name)
    content = scheme_workbook(scheme.published_run, rows, notes=notes)
    _log(request, scheme.published_run.series_count)
    return _file(content, f"{scheme.name}.xlsx", export.XLSX)


def _series_visible_to(user):
    return ForecastSeries.objects.visible_to(user).select_related("run__scheme")


def _log(request: HttpRequest, count: int) -> None:
    name = request.resolver_match.view_name
    ExportLog.objects.create(by=request.user, list_name=name, query=request.path, row_count=count)


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, get_valid_filename(name))
    return response
