from django.utils.translation import gettext_lazy as _

from analytics.models import (
    DealerScore,
    ForecastRun,
    ForecastSeries,
    HistorySource,
    RetailFinding,
    SalesHistory,
    TrendScheme,
)
from core.tables import Column, Table

SOURCES = Table(
    HistorySource,
    (Column("name", link=True), Column("kind", kind="choice"), Column("created_at", kind="datetime")),
    order=("name", "pk"),
)
HISTORY = Table(
    SalesHistory,
    (
        Column("month", kind="month"),
        Column("area"),
        Column("model"),
        Column("maker"),
        Column("colour"),
        Column("price_amount", kind="money"),
        Column("quantity", kind="number", total=True),
        Column("amount", kind="money", shown=False, total=True),
        Column("source__name", _("History source")),
        Column("source__kind", _("Company or market"), kind="choice", shown=False),
    ),
    order=("-month", "-quantity", "pk"),
)
SCHEMES = Table(
    TrendScheme,
    (
        Column("name", link=True),
        Column("measure", kind="choice"),
        Column("dimension", kind="choice"),
        Column("source__name", _("History source")),
        Column("horizon", kind="number"),
        Column("is_nightly", kind="boolean"),
        Column("published_run__business_date", _("As of"), kind="date"),
        Column("published_run__series_count", _("Number of series"), kind="number"),
        Column("published_run__ended_count", _("Ended series"), kind="number"),
        Column("owner__name", _("Owner"), shown=False),
        Column("unit__name", _("Unit"), shown=False),
    ),
    order=("name", "pk"),
)
SERIES = Table(
    ForecastSeries,
    (
        Column("label", link=True),
        Column("last_year", kind="whole"),
        Column("next_year", kind="whole"),
        Column("model_name", kind="choice"),
        Column("wape", kind="percent"),
        Column("naive_wape", kind="percent"),
        Column("verdict", kind="status"),
        Column("last_sold_in", kind="month"),
        Column("family", kind="choice", shown=False),
        Column("bias", kind="percent", shown=False),
        Column("is_ended", kind="boolean", shown=False),
        Column("run__scheme__name", _("Trend scheme"), shown=False),
        Column("run__business_date", _("As of"), kind="date", shown=False),
    ),
    order=("-last_year", "pk"),
)
RUNS = Table(
    ForecastRun,
    (
        Column("business_date", kind="date"),
        Column("status", kind="status"),
        Column("series_count", kind="number"),
        Column("ended_count", kind="number"),
        Column("fallback_count", kind="number"),
        Column("data_until", kind="date", shown=False),
        Column("finished_at", kind="datetime"),
        Column("seconds", kind="whole"),
    ),
    order=("-business_date", "-pk"),
)
DEALER_SCORES = Table(
    DealerScore,
    (
        Column("dealer__name", link=True),
        Column("month", kind="month"),
        Column("rank", kind="number"),
        Column("points", kind="number"),
        Column("target_count", kind="number", total=True),
        Column("retail_count", kind="number", total=True),
        Column("attainment", kind="percent"),
        Column("wholesale_count", kind="number", shown=False, total=True),
        Column("stock_count", kind="number", total=True),
        Column("coefficient", kind="number"),
        Column("truth", kind="percent"),
        Column("payment", kind="percent"),
        Column("dealer__unit__parent__name", label=_("Belongs to"), shown=False),
        Column("dealer__level", _("Level"), kind="choice", shown=False),
        Column("reckoned_at", kind="datetime", shown=False),
    ),
    order=("-month", "rank", "pk"),
)
RETAIL_FINDINGS = Table(
    RetailFinding,
    (
        Column("retail__vehicle__vin", _("VIN"), link=True),
        Column("kind", kind="choice"),
        Column("status", kind="status"),
        Column("retail__dealer__name", _("Dealer")),
        Column("retail__customer__name", _("Customer")),
        Column("retail__retailed_on", _("Retailed on"), kind="date"),
        Column("retail__verification", _("Verification"), kind="status"),
        Column("found_on", kind="date"),
    ),
)
