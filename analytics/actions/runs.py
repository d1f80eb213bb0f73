"""One scheme, one night: read the series, forecast them, and publish the result in a single step."""

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from analytics import forecasting
from analytics.forecasting import Forecast, Series, forecast_collection
from analytics.forecasting.families import Family
from analytics.models import ForecastRun, ForecastSeries, ForecastValue, TrendScheme
from analytics.series import MonthlySeries, scheme_series
from core.periods import add_months
from salesplan.actions.forecasts import ForecastRow, publish_forecast

NIGHTS_KEPT = timedelta(days=14)
BATCH = 2000
CENT = Decimal("0.01")
FIGURES = ("mean", "lower80", "upper80", "lower95", "upper95")
Status, Verdict = ForecastRun.Status, ForecastSeries.Verdict
Measure, Dimension = TrendScheme.Measure, TrendScheme.Dimension
Progress = Callable[[int, int], None]


def run_scheme(scheme_id: int, *, business_date: date, progress: Progress | None = None) -> ForecastRun:
    """Forecast a scheme as of a date. A run that ended well is kept; one broken off half way is done anew."""
    scheme = TrendScheme.objects.select_related("owner", "unit", "source", "published_run").get(pk=scheme_id)
    run = _begin(scheme, business_date)
    if run.status in ForecastRun.ENDED_WELL:
        return run
    began = time.monotonic()
    try:
        collection, run.data_until = scheme_series(scheme, business_date)
        run.fingerprint = _fingerprint(scheme, collection)
        if scheme.published_run and scheme.published_run.fingerprint == run.fingerprint:
            return _finish_unchanged(run, scheme.published_run, began)
        forecasts = forecast_collection(
            {one.key: Series(_month_number(one.start), one.values) for one in collection if not one.is_ended},
            horizon=scheme.horizon,
            with_errors=True,
            progress=progress,
        )
        return _finish(run, collection, forecasts, began)
    except Exception:
        ForecastRun.objects.filter(pk=run.pk, status=Status.RUNNING).update(
            status=Status.FAILED, finished_at=timezone.now()
        )
        raise


def purge_old_runs(business_date: date) -> int:
    """Keep what is published, two weeks of nights, and the first night of every month."""
    old = ForecastRun.objects.filter(business_date__lt=business_date - NIGHTS_KEPT, published_for=None)
    return old.exclude(business_date__day=1).delete()[0]


def _begin(scheme: TrendScheme, business_date: date) -> ForecastRun:
    now = timezone.now()
    run, _is_new = ForecastRun.objects.get_or_create(
        scheme=scheme, business_date=business_date, defaults={"started_at": now}
    )
    if run.status not in ForecastRun.ENDED_WELL:
        run.status, run.started_at = Status.RUNNING, now
        run.save(update_fields=["status", "started_at"])
    return run


def _finish_unchanged(run: ForecastRun, published: ForecastRun, began: float) -> ForecastRun:
    """Nothing was sold or imported since the published run: it is still right."""
    for name in ("series_count", "ended_count", "fallback_count"):
        setattr(run, name, getattr(published, name))
    _close(run, Status.UNCHANGED, began)
    return run


@transaction.atomic
def _finish(
    run: ForecastRun, collection: list[MonthlySeries], forecasts: dict[str, Forecast], began: float
) -> ForecastRun:
    """Store and publish in one transaction: readers see the old night until the new one is whole."""
    scheme = TrendScheme.objects.select_for_update(of=("self",)).get(pk=run.scheme_id)
    stored = ForecastRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if stored.status in ForecastRun.ENDED_WELL:  # another worker was faster
        return stored
    ForecastSeries.objects.filter(run=run).delete()
    rows = ForecastSeries.objects.bulk_create(
        [_series_row(run, one, forecasts.get(one.key)) for one in collection], batch_size=BATCH
    )
    values = [
        value
        for row, one in zip(rows, collection, strict=True)
        if not row.is_ended
        for value in _values(row, one, forecasts[one.key])
    ]
    ForecastValue.objects.bulk_create(values, batch_size=BATCH)
    run.series_count = len(rows)
    run.ended_count = sum(row.is_ended for row in rows)
    run.fallback_count = sum(forecast.is_fallback for forecast in forecasts.values())
    _close(run, Status.COMPLETED, began)
    if rows and _is_newest(scheme, run):
        scheme.published_run = run
        scheme.save(update_fields=["published_run"])
        _publish_for_planning(scheme, run, values)
    return run


def _publish_for_planning(scheme: TrendScheme, run: ForecastRun, values: list[ForecastValue]) -> None:
    """Planners read all published forecasts, so only what is counted without anybody's limits is published."""
    if scheme.owner_id is not None:
        return
    is_of_series = (scheme.measure, scheme.dimension) == (Measure.RETAIL, Dimension.SERIES)
    rows = [
        ForecastRow(
            scope_key=f"{scheme.scope_key}{value.series.key}"[:200],
            label=f"{scheme} · {value.series.label}"[:200],
            series_id=int(value.series.key) if is_of_series and value.series.key else None,
            is_of_own_sales=scheme.source_id is None,
            month=value.month,
            model=value.series.model_name[:60],
            **{name: Decimal(getattr(value, name)).quantize(CENT) for name in FIGURES},
        )
        for value in values
    ]
    publish_forecast(rows, scope=scheme.scope_key, run_reference=run.pk)


def _is_newest(scheme: TrendScheme, run: ForecastRun) -> bool:
    """A run made later for an earlier date never hides what is known by now."""
    return scheme.published_run is None or scheme.published_run.business_date <= run.business_date


def _close(run: ForecastRun, status: str, began: float) -> None:
    run.status, run.finished_at, run.seconds = status, timezone.now(), time.monotonic() - began
    run.save()


def _series_row(run: ForecastRun, one: MonthlySeries, forecast: Forecast | None) -> ForecastSeries:
    row = ForecastSeries(
        run=run,
        key=one.key,
        label=one.label,
        words=list(one.part.words),
        family=Family.ENDED,
        model_name=Family.ENDED,
        verdict=Verdict.ENDED,
        is_ended=True,
        start=one.start,
        last_sold_in=one.last_sold_in,
        history=list(one.values),
        last_year=sum(one.values[-12:]),
    )
    if forecast is not None and not forecast.is_ended:
        row.family, row.model_name, row.is_ended = forecast.family, forecast.model, False
        row.wape, row.naive_wape, row.bias = map(_known, (forecast.wape, forecast.naive_wape, forecast.bias))
        row.verdict = _verdict(row)
        row.next_year = float(sum(forecast.mean[:12]))
    return row


def _known(error: float | None) -> float | None:
    """A backtest over months without any sale has no relative error."""
    return error if error is not None and math.isfinite(error) else None


def _verdict(row: ForecastSeries) -> str:
    if row.wape is None or row.naive_wape is None:
        return Verdict.UNTESTED
    return Verdict.BETTER if row.wape < row.naive_wape else Verdict.WORSE


def _values(row: ForecastSeries, one: MonthlySeries, forecast: Forecast) -> Iterator[ForecastValue]:
    first = add_months(one.start, len(one.values))
    bands = zip(forecast.mean, forecast.lower80, forecast.upper80, forecast.lower95, forecast.upper95, strict=True)
    for ahead, (mean, lower80, upper80, lower95, upper95) in enumerate(bands):
        yield ForecastValue(
            series=row,
            month=add_months(first, ahead),
            mean=float(mean),
            lower80=float(lower80),
            upper80=float(upper80),
            lower95=float(min(lower95, lower80)),
            upper95=float(max(upper95, upper80)),
        )


def _fingerprint(scheme: TrendScheme, collection: list[MonthlySeries]) -> str:
    parts = [engine_version(), scheme.horizon, [(one.key, one.start.isoformat(), one.values) for one in collection]]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def engine_version() -> str:
    """Changes with the engine's own code and with the library it fits models by."""
    folder = Path(forecasting.__file__).parent
    code = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return f"{hashlib.sha256(code).hexdigest()[:12]} statsforecast {version('statsforecast')}"


def _month_number(month: date) -> int:
    return month.year * 12 + month.month - 1
