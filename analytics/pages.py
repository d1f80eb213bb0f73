from django.urls import reverse
from django.utils.translation import gettext as _

from analytics import actions, filters, forms, tables, workflow
from analytics.links import rows_url
from analytics.models import DealerScore, ForecastRun, ForecastSeries, RetailFinding, TrendScheme
from contracts.models import Retail
from core.pages import Pages, Panel
from dealers.models import Dealer


def series_list_url(scheme: TrendScheme) -> str:
    return f"{reverse('analytics:forecastseries_list')}?scheme={scheme.pk}"


def links_of_scheme(scheme: TrendScheme, user) -> list[tuple[str, str]]:
    if scheme.published_run_id is None:
        return []
    links = [(_("All series"), series_list_url(scheme))]
    if user.has_perm("core.export_rows"):
        links.append((_("Excel with charts"), reverse("analytics:trendscheme_workbook", args=[scheme.pk])))
    return links


def links_of_series(series: ForecastSeries, user) -> list[tuple[str, str]]:
    links = [(_("Chart as picture"), reverse("analytics:forecastseries_picture", args=[series.pk]))]
    if counted := rows_url(series, series.last_twelve_months, user):
        links.insert(0, (_("Rows of the last 12 months"), counted))
    if user.has_perm("core.export_rows"):
        links.append((_("Excel with chart"), reverse("analytics:forecastseries_workbook", args=[series.pk])))
    return links


SOURCES = Pages(table=tables.SOURCES, filters=filters.HistorySourceFilter, only=frozenset({"list"}))
HISTORY = Pages(table=tables.HISTORY, filters=filters.SalesHistoryFilter, only=frozenset({"list"}))
SCHEMES = Pages(
    table=tables.SCHEMES,
    filters=filters.TrendSchemeFilter,
    form=forms.TrendSchemeForm,
    create=actions.add_trend_scheme,
    update=actions.change_trend_scheme,
    key_figures=("published_run__business_date", "published_run__series_count", "published_run__ended_count"),
    links=links_of_scheme,
    panels=(
        Panel(
            ForecastSeries._meta.verbose_name_plural,
            tables.SERIES,
            lambda scheme, user: ForecastSeries.objects.visible_to(user).filter(run__scheme=scheme),
            "analytics:forecastseries_detail",
        ),
        Panel(
            ForecastRun._meta.verbose_name_plural,
            tables.RUNS,
            lambda scheme, user: ForecastRun.objects.visible_to(user).filter(scheme=scheme),
        ),
    ),
)
SERIES = Pages(
    table=tables.SERIES,
    filters=filters.ForecastSeriesFilter,
    key_figures=("wape", "naive_wape", "verdict", "last_year", "next_year"),
    links=links_of_series,
    only=frozenset({"list", "detail"}),
)

DEALER_SCORES = Pages(
    table=tables.DEALER_SCORES,
    filters=filters.DealerScoreFilter,
    key_figures=("rank", "points", "attainment", "coefficient", "truth", "payment"),
    only=frozenset({"list", "detail"}),
)
RETAIL_FINDINGS = Pages(
    table=tables.RETAIL_FINDINGS,
    filters=filters.RetailFindingFilter,
    steps=workflow.FINDING_STEPS,
    key_figures=("kind", "retail__dealer__name", "retail__retailed_on", "retail__verification"),
    links=lambda finding, user: [
        (_("Open the retail sale"), reverse("contracts:retail_detail", args=[finding.retail_id]))
    ],
    only=frozenset({"list", "detail"}),
)
RECORD_TABS = {
    Retail: (
        Panel(
            RetailFinding._meta.verbose_name_plural,
            tables.RETAIL_FINDINGS,
            lambda retail, user: RetailFinding.objects.visible_to(user).filter(retail=retail),
            "analytics:retailfinding_detail",
        ),
    ),
    Dealer: (
        Panel(
            DealerScore._meta.verbose_name_plural,
            tables.DEALER_SCORES,
            lambda dealer, user: DealerScore.objects.visible_to(user).filter(dealer=dealer),
            "analytics:dealerscore_detail",
        ),
    ),
}

PAGES = (SOURCES, HISTORY, SCHEMES, SERIES, DEALER_SCORES, RETAIL_FINDINGS)
