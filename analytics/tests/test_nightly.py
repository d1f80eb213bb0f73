"""The night's work: what is stored, published, repeated, broken off."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from analytics.actions import HistoryRow, add_history_source, load_history, run_scheme
from analytics.actions import runs as nights
from analytics.models import ForecastRun, ForecastSeries, ForecastValue, TrendScheme
from analytics.series import scheme_series
from core.periods import months_between
from salesplan.models import Forecast

pytestmark = pytest.mark.django_db
NIGHT = date(2016, 1, 1)
SEASON = (60, 45, 80, 90, 95, 100, 90, 95, 110, 120, 115, 130)


def sold(area: str, model: str, since: date, until: date) -> list[HistoryRow]:
    months = months_between(since, until)
    return [HistoryRow(month, area, model, SEASON[month.month - 1] + month.year - 2013) for month in months]


@pytest.fixture
def market(director):
    """Two models sold to the end of 2015; a third whose last sale was in March."""
    source = add_history_source("market", kind="market")
    rows = sold("Beijing", "SVW", date(2013, 1, 1), NIGHT) + sold("Tianjin", "FV", date(2013, 1, 1), NIGHT)
    load_history([*rows, *sold("Tianjin", "HFJ", date(2013, 1, 1), date(2015, 4, 1))], source=source)
    return source


def scheme_by(source, dimension: str) -> TrendScheme:
    return TrendScheme.objects.get(source=source, dimension=dimension)


def stored(scheme: TrendScheme) -> list[tuple]:
    values = ForecastValue.objects.filter(series__run__scheme=scheme).order_by("series__key", "month")
    return list(values.values_list("series__key", "month", "mean", "lower95", "upper95"))


def test_a_source_is_forecast_as_a_whole_by_area_and_by_model(market):
    assert set(TrendScheme.objects.values_list("dimension", flat=True)) == {"total", "area", "area_model"}
    call_command("run_nightly", date=NIGHT, verbosity=0)
    scheme = scheme_by(market, "area_model")
    labels = set(ForecastSeries.objects.filter(run=scheme.published_run).values_list("label", flat=True))
    assert labels == {"Beijing · SVW", "Tianjin · FV", "Tianjin · HFJ"}
    ahead = ForecastValue.objects.filter(series__run=scheme.published_run, series__label="Beijing · SVW")
    assert [value.month for value in ahead] == months_between(NIGHT, date(2017, 1, 1))
    assert all(0 <= value.lower95 <= value.mean <= value.upper95 for value in ahead)


def test_the_forecast_is_published_for_the_planners(market):
    run = run_scheme(scheme_by(market, "total").pk, business_date=NIGHT)
    published = Forecast.objects.filter(run_reference=run.pk)
    assert published.count() == 12
    first = ForecastValue.objects.get(series__run=run, month=NIGHT)
    assert published.get(month=NIGHT).mean == round(Decimal(first.mean), 2)


def test_what_has_ended_is_flagged_and_not_forecast(market):
    scheme = scheme_by(market, "area_model")
    run = run_scheme(scheme.pk, business_date=NIGHT)
    ended = ForecastSeries.objects.get(run=run, label="Tianjin · HFJ")
    assert (ended.is_ended, ended.next_year, ended.last_sold_in) == (True, None, date(2015, 3, 1))
    assert not ended.values.exists()
    assert run.ended_count == 1


def test_a_source_that_fell_silent_has_ended_as_a_whole(director):
    source = add_history_source("company")
    load_history(sold("Beijing", "HFJ7100", date(2013, 1, 1), date(2015, 6, 1)), source=source)
    series, end = scheme_series(scheme_by(source, "total"), NIGHT)
    assert (end, [one.is_ended for one in series]) == (NIGHT, [True])


def test_months_that_are_only_late_are_not_counted_as_zero(director):
    source = add_history_source("company")
    load_history(sold("Beijing", "HFJ7100", date(2013, 1, 1), date(2015, 11, 1)), source=source)
    series, end = scheme_series(scheme_by(source, "total"), NIGHT)
    assert (end, series[0].is_ended, series[0].values[-1]) == (date(2015, 11, 1), False, 122)


def test_the_same_night_twice_leaves_the_same_rows(market):
    scheme = scheme_by(market, "area_model")
    first = run_scheme(scheme.pk, business_date=NIGHT)
    before = stored(scheme)
    assert run_scheme(scheme.pk, business_date=NIGHT).pk == first.pk
    assert stored(scheme) == before


def test_a_night_without_news_keeps_what_is_published(market):
    scheme = scheme_by(market, "total")
    first = run_scheme(scheme.pk, business_date=NIGHT)
    second = run_scheme(scheme.pk, business_date=date(2016, 1, 2))
    assert second.status == ForecastRun.Status.UNCHANGED
    assert TrendScheme.objects.get(pk=scheme.pk).published_run == first


def test_a_night_broken_off_leaves_the_old_forecast_and_the_next_is_right(market, monkeypatch):
    scheme = scheme_by(market, "total")
    first = run_scheme(scheme.pk, business_date=NIGHT)
    before = stored(scheme)
    load_history([HistoryRow(date(2015, 12, 1), "Beijing", "SVW", 999)], source=market)

    def break_off(*arguments):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(nights, "_values", break_off)
        with pytest.raises(MemoryError):
            run_scheme(scheme.pk, business_date=date(2016, 1, 2))
    scheme.refresh_from_db()
    assert scheme.published_run == first
    assert stored(scheme) == before
    second = run_scheme(scheme.pk, business_date=date(2016, 1, 2))
    scheme.refresh_from_db()
    assert scheme.published_run == second
    assert second.series.get().history[-1] == 999 + 132


def test_a_run_for_an_earlier_date_never_hides_a_later_one(market):
    scheme = scheme_by(market, "total")
    newest = run_scheme(scheme.pk, business_date=NIGHT)
    run_scheme(scheme.pk, business_date=date(2015, 7, 1))
    assert TrendScheme.objects.get(pk=scheme.pk).published_run == newest


def test_chart_table_and_workbook_hold_the_same_figures(client, market, director):
    scheme = scheme_by(market, "area_model")
    run = run_scheme(scheme.pk, business_date=NIGHT)
    series = ForecastSeries.objects.get(run=run, label="Beijing · SVW")
    client.force_login(director)
    page = client.get(f"/analytics/series/{series.pk}/")
    fan = page.context["fan"]
    assert [*fan.history] == series.history
    assert len(fan.table.rows) == 36 + 12
    url = fan.urls[-1]
    totals = {column.name: total for column, _heading, total in client.get(url).context["totals"]}
    assert totals["quantity"] == series.history[-1]
    (label_and_url, *_others) = page.context["links"]
    totals = {column.name: total for column, _heading, total in client.get(label_and_url[1]).context["totals"]}
    assert totals["quantity"] == series.last_year == sum(series.history[-12:])
    assert client.get(f"/analytics/series/{series.pk}/picture/").content.startswith(b"\x89PNG")
    assert client.get(f"/analytics/series/{series.pk}/workbook/").status_code == 200
    assert client.get(f"/analytics/schemes/{scheme.pk}/workbook/").status_code == 200


def test_forecasts_over_histories_are_for_who_may_read_the_histories(client, cast, market):
    run = run_scheme(scheme_by(market, "total").pk, business_date=NIGHT)
    (series,) = run.series.all()
    for username, status in (("sales1", 200), ("manager2", 200), ("planner", 200), ("dealer", 403), ("stock", 403)):
        client.force_login(cast[username])
        assert client.get(f"/analytics/series/{series.pk}/").status_code == status, username
