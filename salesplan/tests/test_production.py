from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from contracts.tests.factories import make_order
from core.errors import RuleBroken
from inventory.models import Vehicle
from inventory.rules import vin_fault
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku
from salesplan import actions, workflow
from salesplan.models import ProductionPlan, ProductionPlanLine
from salesplan.tests.factories import (
    factory_warehouse,
    make_productionplan,
    make_salesplan,
    plan_line,
    published_plan,
    released_plan,
    take_production_step,
)

pytestmark = pytest.mark.django_db
P = ProductionPlan.Status
WAYS = {("release", P.DRAFT): P.RELEASED, ("produce", P.RELEASED): P.RELEASED, ("complete", P.RELEASED): P.COMPLETED}
TODAY = timezone.localdate


@pytest.mark.parametrize("status", P.values)
@pytest.mark.parametrize("name", [step.name for step in workflow.PRODUCTION_PLAN_STEPS])
def test_each_step_is_open_from_its_statuses_only(cast, status, name):
    factory_warehouse()
    plan = make_productionplan()
    ProductionPlan.objects.filter(pk=plan.pk).update(status=status)
    data = {"line": plan.lines.get(), "quantity": 1, "produced_on": TODAY()} if name == "produce" else {}
    if (name, status) in WAYS:
        assert take_production_step(plan, name, note="停线", **data).status == WAYS[name, status]
        return
    with pytest.raises(RuleBroken):
        take_production_step(plan, name, note="停线", **data)


def test_what_is_built_is_the_plan_less_the_free_stock(planner):
    sku, other = make_sku(), make_sku()
    for _ in range(3):
        make_vehicle(sku=sku)
    blocked = make_vehicle(sku=sku)
    Vehicle.objects.filter(pk=blocked.pk).update(sale_block="召回")
    make_order(status="allocated", lines=[order_line(sku)])
    for _ in range(5):
        make_vehicle(sku=other)
    lines = [plan_line(sku=sku, quantity=4), plan_line(sku=sku, quantity=6), plan_line(sku=other, quantity=2)]
    plan = actions.derive_production_plan(published_plan(lines=lines).pk, by=planner)
    found = {line.sku_id: (line.demand_count, line.stock_count, line.quantity) for line in plan.lines.all()}
    assert found == {sku.pk: (10, 3, 7), other.pk: (2, 5, 0)}


def order_line(sku):
    return {"sku": sku, "quantity": 1, "unit_price_amount": 38_000, "retail_price_amount": 42_800}


def test_only_a_published_plan_is_derived_from_and_only_once(planner):
    draft = make_salesplan()
    with pytest.raises(RuleBroken):
        actions.derive_production_plan(draft.pk, by=planner)
    plan = published_plan()
    first = actions.derive_production_plan(plan.pk, by=planner)
    with pytest.raises(RuleBroken, match=first.number):
        actions.derive_production_plan(plan.pk, by=planner)


def test_next_version_waits_until_the_open_production_plan_is_completed(planner):
    month = date(2026, 11, 1)
    released = released_plan(month=month)
    newer = published_plan(month=month)
    with pytest.raises(RuleBroken, match=released.number):
        actions.derive_production_plan(newer.pk, by=planner)
    take_production_step(released, "complete", note="改版")
    assert actions.derive_production_plan(newer.pk, by=planner).month == month


def test_planner_derives_over_http_and_sees_the_lines(client, planner):
    plan = published_plan()
    client.force_login(planner)
    page = client.get(reverse("salesplan:salesplan_detail", args=[plan.pk]))
    url = f"{reverse('salesplan:productionplan_add')}?sales_plan={plan.pk}"
    assert url in [link for _label, link in page.context["links"]]
    response = client.post(url, {"sales_plan": plan.pk})
    derived = ProductionPlan.objects.get()
    assert response.headers["Location"] == reverse("salesplan:productionplan_detail", args=[derived.pk])
    assert derived.lines.get().quantity == 10
    again = client.post(url, {"sales_plan": plan.pk})
    assert derived.number in str(again.context["form"].errors)


def test_clerk_records_production_over_http_by_quantity(client, production):
    plan = released_plan()
    line = plan.lines.get()
    client.force_login(production)
    url = reverse("salesplan:productionplan_step", args=[plan.pk, "produce"])
    assert client.get(url).status_code == 200
    response = client.post(url, {"line": line.pk, "quantity": 3, "produced_on": f"{TODAY()}", "vins": ""})
    assert response.status_code == 302
    line.refresh_from_db()
    cars = Vehicle.objects.filter(sku=line.sku)
    assert (line.produced_count, cars.count()) == (3, 3)
    assert {car.state for car in cars} == {Vehicle.State.IN_FACTORY}
    assert [vin_fault(car.vin) for car in cars] == ["", "", ""]


def test_a_step_that_keeps_the_status_stands_in_the_timeline_by_its_name(client, production):
    plan = released_plan()
    client.force_login(production)
    posted = {"line": plan.lines.get().pk, "quantity": 3, "produced_on": f"{TODAY()}", "vins": ""}
    page = client.post(reverse("salesplan:productionplan_step", args=[plan.pk, "produce"]), posted, follow=True)
    told = client.get(reverse("salesplan:productionplan_timeline", args=[plan.pk]))
    titles = [item.title for item in told.context["timeline"].items]
    assert titles == ["登记下线", "状态：草稿 → 已下达", "录入，状态：草稿"]
    assert "“登记下线”已完成" in str(list(page.context["messages"])[0])


def test_clerk_pastes_vins_over_http(client, production):
    plan = released_plan()
    line = plan.lines.get()
    client.force_login(production)
    posted = {
        "line": line.pk,
        "produced_on": f"{TODAY()}",
        "vins": " lkhgf1ah6ta000123\r\nLKHGF1AHXTA001002\r\n",
    }
    response = client.post(reverse("salesplan:productionplan_step", args=[plan.pk, "produce"]), posted)
    assert response.status_code == 302
    found = set(Vehicle.objects.filter(sku=line.sku).values_list("vin", flat=True))
    assert found == {"LKHGF1AH6TA000123", "LKHGF1AHXTA001002"}


def test_each_bad_vin_is_named_and_nothing_is_produced(client, production):
    plan = released_plan()
    client.force_login(production)
    posted = {
        "line": plan.lines.get().pk,
        "produced_on": f"{TODAY()}",
        "vins": "LKHGF1AH0TA000123\nLKHGF1AH4UA000123\nKURZ\nLKHGF1AHXTA001002\nLKHGF1AHXTA001002",
    }
    response = client.post(reverse("salesplan:productionplan_step", args=[plan.pk, "produce"]), posted)
    sentences = response.context["form"].errors["vins"]
    assert len(sentences) == 4
    for vin, sentence in zip(posted["vins"].splitlines()[:4], sentences, strict=True):
        assert vin in sentence
    assert not Vehicle.objects.exists()


def test_known_vin_is_refused(production):
    line = released_plan().lines.get()
    known = make_vehicle(vin="LKHGF1AH6TA000123")
    with pytest.raises(RuleBroken, match=known.vin):
        actions.record_production(line.pk, by=production, vins=[known.vin], produced_on=TODAY())


def test_serial_numbers_go_on_after_the_highest(production):
    line = released_plan().lines.get()
    first = actions.record_production(line.pk, by=production, quantity=2, produced_on=TODAY())
    second = actions.record_production(line.pk, by=production, quantity=2, produced_on=TODAY())
    serials = [int(car.vin[-6:]) for car in (*first, *second)]
    assert serials == list(range(serials[0], serials[0] + 4))


def test_never_more_than_planned(production):
    line = released_plan().lines.get()
    with pytest.raises(RuleBroken):
        actions.record_production(line.pk, by=production, quantity=11, produced_on=TODAY())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductionPlanLine.objects.filter(pk=line.pk).update(produced_count=11)


def test_cars_are_not_built_in_the_future_nor_without_a_number(production):
    line = released_plan().lines.get()
    with pytest.raises(RuleBroken):
        actions.record_production(line.pk, by=production, quantity=1, produced_on=TODAY() + timedelta(days=1))
    with pytest.raises(RuleBroken):
        actions.record_production(line.pk, by=production, produced_on=TODAY())


def test_a_short_plan_is_completed_with_a_reason_only(production):
    plan = released_plan()
    with pytest.raises(RuleBroken):
        take_production_step(plan, "complete", by=production)
    assert take_production_step(plan, "complete", by=production, note="缺件停线").status == P.COMPLETED


def test_a_fulfilled_plan_is_completed_without_words(production):
    plan = released_plan()
    actions.record_production(plan.lines.get().pk, by=production, quantity=10, produced_on=TODAY())
    assert take_production_step(plan, "complete", by=production).status == P.COMPLETED


def test_sales_people_do_not_see_production_plans(client, sales1, dealer):
    for person in (sales1, dealer):
        client.force_login(person)
        assert client.get(reverse("salesplan:productionplan_list")).status_code == 403
