"""The company's own retail is forecast from the first start, for those who may see all of it."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from analytics.actions import add_company_schemes, add_trend_scheme, change_trend_scheme, run_scheme
from analytics.models import ForecastSeries, TrendScheme
from contracts.models import Retail
from contracts.tests.factories import make_retail
from core.errors import RuleBroken
from core.periods import add_months, months_between
from customers.models import Lead
from customers.tests.factories import make_lead
from salesplan.models import Forecast
from users.models import Unit

pytestmark = pytest.mark.django_db
NIGHT = date(2026, 1, 1)
MONTHS = 4
Dimension = TrendScheme.Dimension


@pytest.fixture
def company(director, dealer, dealer2):
    """Four months of retail in two regions: one car each a month, and one more every other month in the first."""
    add_company_schemes()
    months = months_between(add_months(NIGHT, -MONTHS), NIGHT)
    sales = [sell(unit, month) for month in months for unit in (dealer.unit, dealer2.unit)]
    return sales + [sell(dealer.unit, month) for month in months[::2]]


def sell(unit: Unit, month: date) -> Retail:
    sale = make_retail(unit=unit)
    Retail.objects.filter(pk=sale.pk).update(retailed_on=month)
    return sale


def scheme_by(dimension: str) -> TrendScheme:
    return TrendScheme.objects.get(owner=None, measure="retail", dimension=dimension)


def listed_cars(client, url: str) -> int:
    totals = {column.name: total for column, _heading, total in client.get(url).context["totals"]}
    return totals["quantity"]


def test_the_schemes_stand_once_and_stay_as_people_leave_them(director):
    add_company_schemes()
    add_company_schemes()
    assert set(TrendScheme.objects.values_list("dimension", flat=True)) == {"total", "region", "series"}
    for scheme in TrendScheme.objects.all():
        change_trend_scheme(scheme.pk, by=director, is_nightly=False, dimension=Dimension.DEALER) if (
            scheme.dimension == Dimension.REGION
        ) else change_trend_scheme(scheme.pk, by=director, is_nightly=False)
    add_company_schemes()
    assert set(TrendScheme.objects.values_list("dimension", flat=True)) == {"total", "dealer", "series"}
    assert not TrendScheme.objects.nightly().exists()


def test_the_first_administrator_brings_the_schemes(db, monkeypatch):
    monkeypatch.setenv("HAFEI_ADMIN_PASSWORD", "Ein-langes-Wort-2026")
    call_command("create_administrator", "chief", verbosity=0)
    assert TrendScheme.objects.standing().count() == 3


def test_home_and_trend_page_show_the_forecast_to_who_sees_all_sales(client, cast, company):
    run_scheme(scheme_by("total").pk, business_date=NIGHT)
    run_scheme(scheme_by("region").pk, business_date=NIGHT)
    client.force_login(cast["director"])
    series, fan = client.get("/").context["outlook"]
    assert (len(fan.history), len(fan.forecast)) == (MONTHS, 12)
    assert sum(fan.history) == 2 * MONTHS + MONTHS / 2
    assert fan.urls[0]
    assert all(listed_cars(client, url) == sold for url, sold in zip(fan.urls, fan.history, strict=True))
    by_region = client.get("/analytics/sales/?split=region").context["outlooks"]
    assert [sum(chart.history) for _series, chart in by_region] == [1.5 * MONTHS, MONTHS]
    assert listed_cars(client, by_region[0][1].urls[0]) == by_region[0][1].history[0]
    for username in ("manager", "sales1", "dealer"):
        client.force_login(cast[username])
        assert "outlook" not in client.get("/").context, username
        assert not client.get("/analytics/sales/").context["outlooks"], username
        assert client.get(f"/analytics/series/{series.pk}/").status_code in (403, 404), username


def test_workbook_holds_the_figures_of_the_chart_and_its_picture(client, director, company):
    run_scheme(scheme_by("total").pk, business_date=NIGHT)
    series = ForecastSeries.objects.get()
    client.force_login(director)
    content = client.get(reverse("analytics:forecastseries_workbook", args=[series.pk])).content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert len(sheet._images) == 1
    rows = list(sheet.iter_rows(min_row=2, max_col=7, values_only=True))
    assert [row[1] for row in rows[:MONTHS]] == series.history
    first = series.values.first()
    assert rows[MONTHS][2:] == pytest.approx((first.mean, first.lower80, first.upper80, first.lower95, first.upper95))


def test_the_forecast_by_series_is_what_the_planner_takes_over(company):
    run_scheme(scheme_by("series").pk, business_date=NIGHT)
    found = Forecast.objects.of_series(NIGHT)
    cars = {sale.vehicle.sku.configuration.vehicle_model.series for sale in company}
    assert {one.series for one in found} == cars


def test_a_series_that_ended_is_no_longer_published(company, dealer):
    scheme = scheme_by("region")
    run_scheme(scheme.pk, business_date=NIGHT)
    assert Forecast.objects.order_by().values("scope_key").distinct().count() == 2
    later = add_months(NIGHT, 12)
    for month in months_between(NIGHT, later)[2::3]:
        sell(dealer.unit, month)
    run_scheme(scheme.pk, business_date=later)
    (key,) = Forecast.objects.order_by().values_list("scope_key", flat=True).distinct()
    region = Unit.objects.get(kind="region", pk=key.rpartition(":")[2])
    assert dealer.unit.path.startswith(region.path)
    assert Forecast.objects.earliest("month").month == later


def test_a_standing_scheme_that_is_stopped_withdraws_its_forecast(director, company):
    scheme = scheme_by("series")
    run_scheme(scheme.pk, business_date=NIGHT)
    assert Forecast.objects.exists()
    change_trend_scheme(scheme.pk, by=director, is_nightly=False)
    assert not Forecast.objects.exists()
    assert TrendScheme.objects.get(pk=scheme.pk).published_run is not None


def test_leads_are_forecast_in_the_rights_of_who_asks_and_lead_to_their_list(client, manager, manager2, sales1):
    leads = [make_lead(owner=sales1, unit=sales1.unit) for _ in range(8)] + [make_lead(unit=manager2.unit)]
    for number, lead in enumerate(leads):
        month = add_months(NIGHT, -1 - number % 4)
        Lead.objects.filter(pk=lead.pk).update(recorded_at=f"{month:%Y-%m}-01T00:30:00+08:00")
    scheme = add_trend_scheme(
        by=manager, name="线索", measure="leads", dimension="total", source=None, horizon=6, is_nightly=True
    )
    run_scheme(scheme.pk, business_date=NIGHT)
    series = ForecastSeries.objects.get()
    assert series.history == [2, 2, 2, 2]
    client.force_login(manager)
    fan = client.get(reverse("analytics:forecastseries_detail", args=[series.pk])).context["fan"]
    assert str(fan.unit.label) in ("leads", "条")
    assert client.get(fan.urls[0]).context["page"].count == 2
    assert not Forecast.objects.exists()


def test_nobody_counts_what_he_may_not_read(planner, director):
    fields = {"name": "线索", "measure": "leads", "dimension": "total", "source": None, "horizon": 6}
    with pytest.raises(RuleBroken):
        add_trend_scheme(by=planner, **fields)
    scheme = add_trend_scheme(by=director, **fields)
    assert scheme not in TrendScheme.objects.visible_to(planner)
