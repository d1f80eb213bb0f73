"""The forecast of the company's own retail becomes the next plan."""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import RuleBroken
from salesplan import rules
from salesplan.models import Forecast, SalesPlan
from salesplan.tests.factories import (
    dealer_at,
    forecast_of_sold_car,
    make_salesplan,
    sold_last_month,
    take_plan_step,
)

pytestmark = pytest.mark.django_db
MARCH = date(2027, 3, 1)


def step_url(plan: SalesPlan) -> str:
    return reverse("salesplan:salesplan_step", args=[plan.pk, "propose"])


def lines_of(plan: SalesPlan) -> dict:
    return {(line.dealer_id, line.sku_id): line.quantity for line in plan.lines.all()}


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, {"a": 1, "b": 1, "c": 1}, {"a": 4, "b": 3, "c": 3}),
        (7, {"a": 5, "b": 2}, {"a": 5, "b": 2}),
        (1, {"a": 1, "b": 9}, {"a": 0, "b": 1}),
        (5, {}, {}),
    ],
)
def test_shares_are_whole_and_add_up(total, weights, shares):
    assert rules.shared_out(total, weights) == shares


def test_planner_opens_an_empty_draft_and_fills_it_from_the_forecast(client, planner):
    sale = sold_last_month()
    forecast_of_sold_car(MARCH, sale=sale)
    client.force_login(planner)
    posted = {"month": "2027-03", "note": "产销平衡会前", "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    assert client.post(reverse("salesplan:salesplan_add"), posted).status_code == 302
    plan = SalesPlan.objects.get()
    with pytest.raises(RuleBroken, match="has no lines|没有"):
        take_plan_step(plan, "submit", by=planner)
    (shown,) = client.get(step_url(plan)).context["form"].proposals
    assert (shown.planned, shown.cars, shown.lines) == (0, 40, {(sale.dealer_id, sale.vehicle.sku_id): 40})
    page = client.post(step_url(plan), follow=True)
    assert page.status_code == 200
    assert lines_of(plan) == shown.lines
    told = client.get(reverse("salesplan:salesplan_timeline", args=[plan.pk]))
    assert told.context["timeline"].items[0].title in ("Propose from the forecast", "按预测建议")
    plan.refresh_from_db()
    assert plan.note.splitlines()[0] == "产销平衡会前"
    assert "1 行" in plan.note.splitlines()[1]
    assert "40" not in plan.note


def test_lines_of_the_planner_stay_and_empty_places_are_filled_up_to_the_forecast(planner):
    first = sold_last_month()
    sku = first.vehicle.sku
    other_dealer = dealer_at()
    forecast_of_sold_car(MARCH, sale=first)
    plan = make_salesplan(owner=planner, month=MARCH, lines=[{"dealer": first.dealer, "sku": sku, "quantity": 3}])
    with pytest.raises(RuleBroken):
        take_plan_step(plan, "propose", by=planner)
    assert lines_of(plan) == {(first.dealer_id, sku.pk): 3}
    type(first).objects.filter(pk=first.pk).update(dealer=other_dealer)
    take_plan_step(plan, "propose", by=planner)
    assert lines_of(plan) == {(first.dealer_id, sku.pk): 3, (other_dealer.pk, sku.pk): 37}


def test_a_plan_that_reaches_the_forecast_gets_no_more(planner):
    sale = sold_last_month()
    forecast_of_sold_car(MARCH, sale=sale)
    lines = [{"dealer": dealer_at(), "sku": sale.vehicle.sku, "quantity": 40}]
    plan = make_salesplan(owner=planner, month=MARCH, lines=lines)
    with pytest.raises(RuleBroken):
        take_plan_step(plan, "propose", by=planner)
    assert list(lines_of(plan).values()) == [40]


def test_nothing_is_proposed_for_what_can_no_longer_be_sold(planner):
    sale = sold_last_month()
    forecast_of_sold_car(MARCH, sale=sale)
    type(sale.dealer).objects.filter(pk=sale.dealer_id).update(state="exited")
    with pytest.raises(RuleBroken):
        take_plan_step(make_salesplan(owner=planner, month=MARCH), "propose", by=planner)


def test_without_a_forecast_of_the_month_the_refusal_says_so(client, planner):
    forecast_of_sold_car(date(2027, 4, 1))
    plan = make_salesplan(owner=planner, month=MARCH)
    client.force_login(planner)
    assert "2027-03" in client.post(step_url(plan)).content.decode()
    assert Forecast.objects.count() == 1
    assert plan.lines.count() == 1


def test_only_the_planner_takes_over_a_forecast(client, cast):
    plan = make_salesplan(month=MARCH)
    for username, status in (("planner", 200), ("director", 403), ("dealer", 403), ("finance", 403)):
        client.force_login(cast[username])
        assert client.get(step_url(plan)).status_code == status, username
