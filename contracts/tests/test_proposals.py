"""Proposals of cars: made for one order or for all, corrected by hand, taken over."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.actions.allocations import release_expired_allocations
from contracts.models import Allocation, AllocationProposal, Order, ProposedCar
from contracts.tests.factories import PRICES, clerk, make_order
from contracts.workflow import PROPOSAL_STEPS
from core.errors import RuleBroken
from core.workflow import take
from customers.tests.factories import make_customer
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def waiting_order(sku, quantity=1, **fields) -> Order:
    return make_order(status="approved", lines=[{"sku": sku, "quantity": quantity, **PRICES}], **fields)


def built(sku, *days: int) -> list:
    return [make_vehicle(sku=sku, produced_on=date(2026, 10, day)) for day in days]


def apply(proposal, *, until=None) -> AllocationProposal:
    step = next(step for step in PROPOSAL_STEPS if step.name == "apply")
    until = until or TODAY() + timedelta(days=14)
    return take(step, proposal.pk, AllocationProposal, by=clerk(), reserved_until=until)


def test_all_open_lines_get_cars_with_a_reason_each(cast):
    sku = make_sku()
    stock_order, customers_order = waiting_order(sku, 2), waiting_order(sku, customer=make_customer())
    young, old = built(sku, 9, 1)
    proposal = actions.propose_allocation(by=clerk())
    given = [(car.order_line.order, car.vehicle) for car in proposal.cars.order_by("position")]
    assert given == [(customers_order, old), (stock_order, young)]
    assert all("2026-10-0" in car.reason for car in proposal.cars.all())
    assert (proposal.open_count, proposal.proposed_count) == (3, 2)
    short = proposal.short_lines.get()
    assert (short.order_line.order, short.open_count, short.proposed_count) == (stock_order, 2, 1)

    apply(proposal)
    statuses = {order: order.status for order in Order.objects.all()}
    assert statuses == {stock_order: "approved", customers_order: "allocated"}
    allocation = Allocation.objects.get(vehicle=old)
    assert allocation.reason == proposal.cars.get(vehicle=old).reason
    assert allocation.reserved_until == TODAY() + timedelta(days=14)
    assert release_expired_allocations(TODAY() + timedelta(days=15)) == 2


def test_blocked_promised_and_sold_cars_are_not_proposed(cast):
    sku = make_sku()
    make_order(status="allocated", lines=[{"sku": sku, "quantity": 1, **PRICES}])
    make_vehicle(sku=sku, sale_block="召回")
    waiting_order(sku)
    proposal = actions.propose_allocation(by=clerk())
    assert proposal.proposed_count == 0
    with pytest.raises(RuleBroken):
        apply(proposal)


def test_the_proposal_for_one_order_leaves_the_first_cars_to_those_who_come_first(cast):
    sku = make_sku()
    first, second = waiting_order(sku), waiting_order(sku)
    _old, young = built(sku, 1, 2)
    proposal = actions.propose_allocation(by=clerk(), order=second)
    assert [car.vehicle for car in proposal.cars.all()] == [young]
    assert first.lines.get().allocations.count() == 0


def test_what_became_impossible_lapses_with_a_reason(cast):
    sku = make_sku()
    one, other = waiting_order(sku), waiting_order(sku)
    first, _second = built(sku, 1, 2)
    proposal = actions.propose_allocation(by=clerk())
    actions.allocate_vehicles(other.lines.get().pk, by=clerk(), vehicle_ids=[first.pk])
    extra = make_vehicle(sku=sku, produced_on=date(2026, 10, 3))
    with pytest.raises(RuleBroken):
        apply(proposal)
    assert set(proposal.cars.values_list("outcome", flat=True)) == {"proposed"}
    proposal = actions.propose_allocation(by=clerk())
    waiting_order(sku)
    actions.change_proposed_car(proposal.cars.get().pk, by=clerk(), vehicle=extra, note="客户要白顶")
    apply(proposal)
    allocation = Allocation.objects.get(order_line__order=one)
    assert (allocation.vehicle, allocation.reason) == (extra, "客户要白顶")


def test_a_car_left_out_stays_free(cast):
    sku = make_sku()
    waiting_order(sku, 2)
    first, second = built(sku, 1, 2)
    proposal = actions.propose_allocation(by=clerk())
    keys = proposal.cars.filter(vehicle=first).values_list("pk", flat=True)
    assert actions.leave_out_cars(list(keys), by=clerk(), note="展车").done
    apply(proposal)
    assert list(Allocation.objects.values_list("vehicle", flat=True)) == [second.pk]
    assert set(ProposedCar.objects.values_list("outcome", flat=True)) == {"left_out", "allocated"}


def test_whoever_passes_over_an_older_car_says_why(cast):
    sku = make_sku()
    line = waiting_order(sku).lines.get()
    _old, young = built(sku, 1, 2)
    with pytest.raises(RuleBroken, match="2026-10-01"):
        actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[young.pk])
    (allocation,) = actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[young.pk], reason="颜色")
    assert allocation.reason == "颜色"


def test_the_stock_keeper_proposes_corrects_and_takes_over_in_the_browser(client, stock):
    sku = make_sku()
    order = waiting_order(sku, 2)
    first, _second, third = built(sku, 1, 2, 3)
    client.force_login(stock)
    page = client.get(reverse("contracts:order_detail", args=[order.pk]))
    url = next(url for label, url in page.context["links"] if "allocation-proposals" in url)
    assert client.get(url).context["form"].initial["order"] == str(order.pk)
    client.post(reverse("contracts:allocationproposal_add"), {"order": order.pk})
    proposal = AllocationProposal.objects.get()
    car = proposal.cars.get(vehicle=first)
    edit = reverse("contracts:proposedcar_edit", args=[car.pk])
    assert client.post(edit, {"vehicle": third.pk, "note": ""}).status_code == 200
    assert client.post(edit, {"vehicle": third.pk, "note": "展厅指定"}).status_code == 302
    detail = client.get(reverse("contracts:allocationproposal_detail", args=[proposal.pk]))
    assert detail.status_code == 200
    step = reverse("contracts:allocationproposal_step", args=[proposal.pk, "apply"])
    client.post(step, {"reserved_until": TODAY() + timedelta(days=7)})
    order.refresh_from_db()
    assert order.status == "allocated"
    assert client.get(reverse("contracts:proposedcar_list"), {"proposal": proposal.pk}).status_code == 200


def test_dealers_see_no_proposals(client, dealer):
    client.force_login(dealer)
    assert client.get(reverse("contracts:allocationproposal_list")).status_code == 403
