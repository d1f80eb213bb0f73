"""Rows for tests, with chosen values."""

from datetime import date
from itertools import count

from django.utils import timezone

from analytics.models import (
    DealerScore,
    ForecastRun,
    ForecastSeries,
    ForecastValue,
    HistorySource,
    RetailFinding,
    SalesHistory,
    TrendScheme,
)
from contracts.tests.factories import make_retail
from dealers.tests.factories import make_dealer
from users.models import Unit

NUMBER = count(1)


def make_historysource(*, owner=None, unit=None, **fields) -> HistorySource:
    fields.setdefault("name", f"历史 {next(NUMBER)}")
    return HistorySource.objects.create(**fields)


def make_saleshistory(*, owner=None, unit=None, **fields) -> SalesHistory:
    fields.setdefault("source", HistorySource.objects.first() or make_historysource())
    values = {"month": date(2015, 3, 1), "area": "Tianjin", "model": f"HFJ71{next(NUMBER):02d}", "quantity": 7} | fields
    return SalesHistory.objects.create(**values)


def make_trendscheme(*, owner=None, unit=None, **fields) -> TrendScheme:
    if owner is None and unit is None:
        unit = Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)
    fields.setdefault("name", f"方案 {next(NUMBER)}")
    return TrendScheme.objects.create(owner=owner, unit=unit or owner.unit, **fields)


def make_forecastseries(*, owner=None, unit=None, scheme=None, **fields) -> ForecastSeries:
    """A published series of 24 months and its forecast of 12."""
    scheme = scheme or make_trendscheme(owner=owner, unit=unit, dimension="dealer")
    run = scheme.published_run or ForecastRun.objects.create(
        scheme=scheme, business_date=date(2016, 1, 1), status=ForecastRun.Status.COMPLETED, started_at=timezone.now()
    )
    if scheme.published_run is None:
        scheme.published_run = run
        scheme.save(update_fields=["published_run"])
    number = next(NUMBER)
    values = {
        "key": f"{number}",
        "label": f"天津 {number}",
        "words": [f"天津 {number}"],
        "family": "steady",
        "model_name": "Naive",
        "verdict": ForecastSeries.Verdict.BETTER,
        "wape": 0.12,
        "naive_wape": 0.3,
        "start": date(2014, 1, 1),
        "history": [100.0 + month for month in range(24)],
        "last_year": 1410.0,
        "next_year": 1476.0,
    } | fields
    series = ForecastSeries.objects.create(run=run, **values)
    ForecastValue.objects.bulk_create(
        ForecastValue(
            series=series, month=date(2016, month, 1), mean=123, lower80=110, upper80=136, lower95=103, upper95=143
        )
        for month in range(1, 13)
    )
    return series


def make_dealerscore(*, owner=None, unit=None, **fields) -> DealerScore:
    values = {"month": date(2026, 5, 1), "target_count": 10, "retail_count": 8} | fields
    if "dealer" not in values:
        values["dealer"] = make_dealer(unit=unit)
    return DealerScore.objects.create(**values)


def make_retailfinding(*, owner=None, unit=None, **fields) -> RetailFinding:
    retail = fields.pop("retail", None) or make_retail(unit=unit, owner=owner)
    evidence = [{"page": "contracts:retail", "key": retail.pk, "text": "LKHPAXM1X00000001"}]
    values = {"kind": RetailFinding.Kind.SAME_PHONE, "found_on": date(2026, 5, 2), "evidence": evidence}
    return RetailFinding.objects.create(retail=retail, **values | fields)
