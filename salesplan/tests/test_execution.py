from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts.models import Retail
from contracts.tests.factories import make_order, signed_contract
from contracts.workflow import RETAIL_STEPS
from core.periods import add_months, month_of
from core.workflow import take
from products.tests.factories import make_sku
from salesplan import actions, queries
from salesplan.models import Forecast
from salesplan.tests.factories import (
    dealer_at,
    forecast_row,
    make_forecast,
    make_quota,
    plan_line,
    published_plan,
)
from users.tests.factories import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def this_month():
    return month_of(timezone.localdate())


def sell(dealer, sku, quantity: int, owner=None):
    """Cars ordered by a dealer and handed over today."""
    lines = [{"sku": sku, "quantity": quantity, "unit_price_amount": 38_000, "retail_price_amount": 42_800}]
    order = make_order(
        unit=dealer.unit, owner=owner, contract=signed_contract(dealer=dealer), lines=lines, status="retailed"
    )
    return list(Retail.objects.filter(allocation__order_line__order=order))


def take_back(retail: Retail) -> Retail:
    """The negative event of a car returned today."""
    Retail.objects.filter(pk=retail.pk)
    fields = {
        field.attname: getattr(retail, field.attname) for field in Retail._meta.concrete_fields if not field.primary_key
    }
    return Retail.objects.create(**fields | {"quantity": -1, "reverses_id": retail.pk})


@pytest.fixture
def november(dealer, dealer2, this_month):
    """Harbin plans 8 and sells 5 of which 1 comes back; Shanghai plans 2 and sells 3."""
    sku, other = make_sku(), make_sku()
    north, east = dealer_at(dealer.unit), dealer_at(dealer2.unit)
    lines = [plan_line(north, sku, 5), plan_line(north, other, 3), plan_line(east, sku, 2)]
    published_plan(month=this_month.start, lines=lines)
    sold = sell(north, sku, 5)
    take_back(sold[0])
    sell(east, other, 3)
    return {"north": north, "east": east, "sku": sku, "other": other}


def figures(execution) -> dict:
    return {row.key: (row.plan, row.actual) for row in execution.rows}


def test_execution_counts_returns_and_agrees_over_all_groupings(november, director, this_month):
    ask = {"user": director, "today": this_month.last_day}
    by_dealer = queries.plan_execution(this_month, **ask)
    north, east = november["north"], november["east"]
    assert figures(by_dealer) == {north.pk: (8, 4), east.pk: (2, 3)}
    by_region = queries.plan_execution(this_month, group_by=queries.REGION, **ask)
    assert figures(by_region) == {north.unit.parent_id: (8, 4), east.unit.parent_id: (2, 3)}
    by_sku = queries.plan_execution(this_month, group_by=queries.SKU, **ask)
    assert figures(by_sku) == {november["sku"].pk: (7, 4), november["other"].pk: (3, 3)}
    by_series = queries.plan_execution(this_month, group_by=queries.SERIES, **ask)
    totals = {(found.total.plan, found.total.actual) for found in (by_dealer, by_region, by_sku, by_series)}
    assert totals == {(10, 7)}
    assert by_dealer.total.completion == Decimal("0.7000")
    assert by_dealer.total.gap == Decimal("-0.3000")


def test_manager_sees_the_execution_of_his_region_only(november, manager, this_month):
    found = queries.plan_execution(this_month, user=manager, today=this_month.start)
    assert figures(found) == {november["north"].pk: (8, 4)}


def test_sales_without_a_plan_have_no_rate(november, director):
    later = month_of(add_months(timezone.localdate(), 1))
    assert queries.plan_execution(later, user=director, today=later.start).rows == []
    published_plan(month=later.start)
    before = queries.plan_execution(month_of(timezone.localdate()), user=director, today=later.start)
    unplanned = queries.Progress(1, "", 0, 3, before.time_progress)
    assert (unplanned.completion, unplanned.gap, unplanned.is_behind) == (None, None, False)


def test_a_plan_counts_once_it_is_published(november, director, this_month):
    published_plan(month=this_month.start, lines=[plan_line(november["north"], november["sku"], 100)])
    found = queries.plan_execution(this_month, user=director, today=this_month.last_day)
    assert found.total.plan == 100


def test_execution_page_shows_table_and_chart_that_leads_to_the_sales(client, november, director, this_month):
    client.force_login(director)
    page = client.get(reverse("salesplan:execution"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text
    url = f"{reverse('contracts:retail_list')}?from_day={this_month.start}&amp;to_day={this_month.last_day}"
    assert f"{url}&amp;dealer={november['north'].pk}&amp;" in text
    assert november["north"].name in text
    listed = client.get(page.context["rows"][0][1])
    assert len(listed.context["rows"]) == 6


def cars_listed(client, url: str) -> int:
    """The cars of the sales that a list shows."""
    keys = [row.pk for row in client.get(url).context["rows"]]
    return sum(Retail.objects.filter(pk__in=keys).values_list("quantity", flat=True))


@pytest.mark.parametrize("by", ["dealer", "region", "series", "sku"])
def test_each_row_of_the_execution_opens_exactly_its_sales(client, november, director, by):
    false = Retail.objects.filter(dealer=november["east"]).first()
    take(RETAIL_STEPS[1], false.pk, Retail, by=director, note="客户未提车")
    client.force_login(director)
    rows = client.get(reverse("salesplan:execution"), {"by": by}).context["rows"]
    assert sum(row.actual for row, _url in rows) == 6
    assert [cars_listed(client, url) for _row, url in rows] == [row.actual for row, _url in rows]


def test_my_sales_on_the_home_page_opens_the_sales_the_quota_counts(client, dealer, dealer2, sales1, this_month):
    quota = make_quota(user=sales1, month=this_month.start)
    on_his_order = sell(dealer_at(dealer.unit), make_sku(), 3, owner=sales1)
    (handed_over,) = sell(dealer_at(dealer2.unit), make_sku(), 1)
    Retail.objects.filter(pk=handed_over.pk).update(sold_by=sales1)
    Retail.objects.filter(pk=on_his_order[0].pk).update(verification=Retail.Verification.FALSE)
    sell(dealer_at(dealer.unit), make_sku(), 1)
    client.force_login(sales1)
    (card,) = [card for card in client.get(reverse("home")).context["cards"] if card.icon == "target-arrow"]
    assert card.value == "3"
    assert cars_listed(client, card.url) == 3
    (row,) = client.get(reverse("salesplan:quota_list")).context["rows"]
    assert (row.pk, row.cells[3].value) == (quota.pk, 3)


def test_execution_page_reads_month_and_grouping_strictly(client, planner):
    client.force_login(planner)
    url = reverse("salesplan:execution")
    for by in ("dealer", "region", "series", "sku"):
        assert client.get(url, {"month": "2026-10", "by": by}).status_code == 200
    assert client.get(url, {"month": "2026-13"}).status_code == 400
    assert client.get(url, {"by": "colour"}).status_code == 400


def test_execution_page_warns_where_holidays_are_not_announced(client, planner):
    client.force_login(planner)
    assert client.get(reverse("salesplan:execution"), {"month": "2031-05"}).context["is_calendar_published"] is False


def test_salesman_may_not_open_the_execution_page(client, sales1):
    client.force_login(sales1)
    assert client.get(reverse("salesplan:execution")).status_code == 403


def test_quota_of_the_salesman_rises_with_each_car_and_falls_with_a_return(dealer, sales1, this_month):
    make_quota(user=sales1, month=this_month.start, target_count=10, target_amount=Decimal(428_000))
    before = queries.quota_progress(sales1, this_month, today=this_month.last_day)
    assert (before.actual_count, before.count_completion) == (0, Decimal("0.0000"))
    sold = sell(dealer_at(dealer.unit), make_sku(), 3, owner=sales1)
    after = queries.quota_progress(sales1, this_month, today=this_month.last_day)
    assert (after.actual_count, after.actual_amount) == (3, Decimal("128400.00"))
    assert (after.count_completion, after.amount_completion) == (Decimal("0.3000"), Decimal("0.3000"))
    take_back(sold[0])
    assert queries.quota_progress(sales1, this_month, today=this_month.last_day).actual_count == 2


def test_a_car_sold_on_ones_own_order_by_oneself_counts_once(client, dealer, sales1, director, this_month):
    quota = make_quota(user=sales1, month=this_month.start)
    sold = sell(dealer_at(dealer.unit), make_sku(), 2, owner=sales1)
    Retail.objects.filter(pk=sold[0].pk).update(sold_by=sales1)
    assert queries.quota_progress(sales1, this_month, today=this_month.last_day).actual_count == 2
    client.force_login(director)
    listed = client.get(reverse("salesplan:quota_list"))
    (row,) = [row for row in listed.context["rows"] if row.pk == quota.pk]
    assert row.cells[3].value == 2


def test_manager_sets_a_quota_over_http_once(client, manager, sales1, this_month):
    client.force_login(manager)
    posted = {"user": sales1.pk, "month": f"{this_month.start:%Y-%m}", "target_count": 12, "target_amount": "600000"}
    url = reverse("salesplan:quota_add")
    assert client.post(url, posted).status_code == 302
    assert sales1.quotas.get().month == this_month.start
    assert client.post(url, posted).context["form"].errors
    edit = reverse("salesplan:quota_edit", args=[sales1.quotas.get().pk])
    assert f'value="{this_month.start:%Y-%m}"' in client.get(edit).content.decode()
    assert client.post(edit, posted | {"target_count": 15}).status_code == 302
    assert sales1.quotas.get().target_count == 15


def test_quota_form_offers_sellers_of_the_own_region_only(client, manager, sales1, dealer2, planner):
    client.force_login(manager)
    form = client.get(reverse("salesplan:quota_add")).context["form"]
    offered = set(form.fields["user"].queryset)
    assert sales1 in offered
    assert not offered & {dealer2, planner}


def test_publishing_replaces_the_scope_with_its_ended_series_and_leaves_other_scopes():
    ended, other = forecast_row(scope_key="company:SAIMA"), forecast_row(scope_key="company-b:LUBAO")
    months = [add_months(date(2027, 1, 1), offset) for offset in range(3)]
    rows = [*(forecast_row(scope_key="company:LUBAO", month=month) for month in months), ended]
    assert actions.publish_forecast(rows, scope="company:", run_reference=1) == 4
    actions.publish_forecast([other], scope="company-b:", run_reference=1)
    newer = forecast_row(scope_key="company:LUBAO", mean=Decimal(130))
    actions.publish_forecast([newer], scope="company:", run_reference=2)
    found = Forecast.objects.order_by("run_reference").values_list("scope_key", "month", "mean", "run_reference")
    assert list(found) == [
        (other.scope_key, months[0], Decimal("120.00"), 1),
        (newer.scope_key, months[0], Decimal("130.00"), 2),
    ]


def test_forecasts_of_own_sales_are_for_those_who_see_all_sales(director, planner, manager, sales1, dealer):
    own, of_market = make_forecast(is_of_own_sales=True), make_forecast()
    for person, seen in ((director, {own, of_market}), (planner, {own, of_market}), (manager, {of_market})):
        assert set(Forecast.objects.visible_to(person)) == seen
    assert set(Forecast.objects.visible_to(sales1)) == {of_market}
    assert not Forecast.objects.visible_to(dealer).exists()


def test_region_of_an_outlet_far_below_is_its_region(november, director, this_month):
    outlet = dealer_at(make_unit(unit=november["north"].unit))
    published_plan(month=this_month.start, lines=[plan_line(outlet, november["sku"], 4)])
    found = queries.plan_execution(this_month, user=director, today=this_month.start, group_by=queries.REGION)
    assert figures(found)[november["north"].unit.parent_id] == (4, 4)
