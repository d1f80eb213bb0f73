"""The way of an order from the draft to the customer's car, through the actions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts import actions
from contracts.models import Allocation, Contract, Order, Receipt
from contracts.tests.factories import allocate_cars, move_order, signed_contract, take_step
from core.errors import RuleBroken, StepRefused
from customers.models import ContactRecord, Customer, Opportunity, TimelineEntry
from customers.queries import purchase_total
from customers.tests.factories import make_customer, make_opportunity
from dealers.tests.factories import make_dealer
from inventory.models import Movement, Vehicle
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def taxi(cast):
    return make_customer(unit=cast["manager"].unit, owner=cast["sales1"])


@pytest.fixture
def order(cast, taxi):
    """Three cars at 38,000 wholesale and 42,800 retail, ordered by the Harbin dealer for a taxi company."""
    contract = signed_contract(dealer=make_dealer(unit=cast["dealer"].unit), payment_days=30)
    line = {
        "sku": make_sku(),
        "quantity": 3,
        "unit_price_amount": Decimal("38000.00"),
        "retail_price_amount": Decimal("42800.00"),
    }
    return actions.place_order(
        by=cast["dealer"],
        contract=contract,
        lines=[line],
        customer=taxi,
        opportunity=make_opportunity(customer=taxi),
    )


def test_draft_belongs_to_the_buyers_unit_and_sums_its_lines(order, dealer):
    assert order.status == Order.Status.DRAFT
    assert order.buyer == dealer.unit.dealer
    assert order.unit == dealer.unit
    assert order.total_amount == Decimal("114000.00")


def test_approval_opens_the_receivable_and_enters_the_purchase(order, taxi, dealer, manager):
    take_step(order, "submit", by=dealer)
    order = take_step(order, "approve", by=manager)
    assert order.status == Order.Status.APPROVED
    assert order.receivable.amount == order.receivable.outstanding_amount == Decimal("114000.00")
    assert (order.receivable.due_on - timezone.localdate()).days == 30
    assert purchase_total(taxi.pk) == Decimal("128400.00")
    taxi.refresh_from_db()
    assert taxi.stage == Customer.Stage.BASE
    assert Opportunity.objects.get(pk=order.opportunity_id).status == Opportunity.Status.WON
    assert Contract.objects.get(pk=order.contract_id).status == Contract.Status.FULFILLING
    assert TimelineEntry.objects.get(customer=taxi).parameters == {"order": order.number, "amount": "128,400.00"}


def test_cars_go_from_factory_to_the_customer(order, taxi, dealer, dealer_sales):
    move_order(order, "approved")
    cars = [allocation.vehicle for allocation in allocate_cars(order)]
    order.refresh_from_db()
    assert order.status == Order.Status.ALLOCATED
    move_order(order, "invoiced")
    assert order.invoices.count() == 3
    assert {(car.state, car.unit) for car in Vehicle.objects.filter(pk__in=[car.pk for car in cars])} == {
        ("in_transit", dealer.unit)
    }
    move_order(order, "received")
    assert order.deliveries.get().received_on == timezone.localdate()
    first = Allocation.objects.filter(order_line__order=order).earliest("pk")
    retail = actions.retail_car(first.pk, by=dealer_sales, retailed_on=timezone.localdate(), usage_kind="taxi")
    order.refresh_from_db()
    assert (retail.customer, retail.dealer, retail.sold_by) == (taxi, dealer.unit.dealer, dealer_sales)
    assert retail.warranty_starts_on == timezone.localdate()
    assert order.status == Order.Status.RECEIVED
    for allocation in Allocation.objects.filter(order_line__order=order, status="received"):
        actions.retail_car(allocation.pk, by=dealer_sales, retailed_on=timezone.localdate())
    order.refresh_from_db()
    assert order.status == Order.Status.RETAILED
    funnel = ContactRecord.objects.filter(customer=taxi).order_by("pk").values_list("kind", flat=True)
    assert list(funnel) == ["order", "delivery", "delivery", "delivery"]
    assert purchase_total(taxi.pk) == Decimal("128400.00")
    kinds = list(Movement.objects.filter(vehicle=cars[0]).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["produced", "invoiced", "shipped", "received", "retailed"]


def test_warranty_starts_with_the_delivery_when_it_is_later(order):
    move_order(order, "received")
    allocation = Allocation.objects.filter(order_line__order=order).first()
    today = timezone.localdate()
    retail = actions.retail_car(
        allocation.pk, by=order.owner, retailed_on=today, delivered_on=today + timedelta(days=7)
    )
    assert retail.warranty_starts_on == today + timedelta(days=7)


@pytest.mark.parametrize("days", [-1, 8])
def test_a_car_is_delivered_between_its_arrival_and_a_week_from_now(order, days):
    move_order(order, "received")
    allocation = Allocation.objects.filter(order_line__order=order).first()
    today = timezone.localdate()
    day = today + timedelta(days=days)
    with pytest.raises(RuleBroken) as refusal:
        actions.retail_car(allocation.pk, by=order.owner, retailed_on=today, delivered_on=day)
    assert "delivered_on" in refusal.value.message_dict


def pay(order, amount: str, reference: str, *, by, settles: str | None = None):
    """By its buyer for this order; ``settles`` is what of it goes to the order where that is not all."""
    return actions.record_receipt(
        by=by,
        payer_dealer=order.buyer_dealer,
        amount=Decimal(amount),
        received_on=timezone.localdate(),
        method="transfer",
        reference=reference,
        settles={order.receivable.pk: Decimal(settles or amount)},
    )


def test_money_lowers_the_receivable_and_more_than_is_owed_is_not_settled(order, finance):
    move_order(order, "approved")
    pay(order, "100000.00", "ICBC 20261122 0001", by=finance)
    order.receivable.refresh_from_db()
    assert order.receivable.outstanding_amount == Decimal("14000.00")
    with pytest.raises(RuleBroken, match="14,000.00"):
        pay(order, "14000.01", "ICBC 20261122 0002", by=finance)
    with pytest.raises(RuleBroken, match="SK-"):
        pay(order, "1.00", " ICBC  20261122 0001 ", by=finance)
    assert Receipt.objects.count() == 1


def test_receipt_numbers_have_no_gap_after_a_refusal(order, finance):
    move_order(order, "approved")
    first = pay(order, "1.00", "A", by=finance)
    with pytest.raises(RuleBroken):
        pay(order, "1.00", "A", by=finance)
    second = pay(order, "1.00", "B", by=finance)
    assert int(second.number[-4:]) == int(first.number[-4:]) + 1


def test_cancelling_takes_everything_back_by_negative_rows(order, taxi):
    move_order(order, "allocated")
    order = take_step(order, "cancel", note="客户改用其他品牌")
    assert order.status == Order.Status.CANCELLED
    assert not Allocation.objects.live().filter(order_line__order=order).exists()
    assert list(order.receivable.entries.order_by("pk").values_list("amount", flat=True)) == [114000, -114000]
    assert order.receivable.outstanding_amount == 0
    assert purchase_total(taxi.pk) == 0
    assert taxi.purchases.count() == 2
    assert not ContactRecord.objects.filter(customer=taxi).exists()


def test_an_order_with_an_invoiced_car_is_not_cancelled(order):
    move_order(order, "invoiced")
    with pytest.raises(StepRefused, match="Invoiced|已开票"):
        take_step(order, "cancel", note="试试")


def test_half_an_order_can_be_shipped_and_the_rest_later(order):
    move_order(order, "approved")
    line = order.lines.get()
    actions.allocate_vehicles(line.pk, by=order.owner, vehicle_ids=[make_vehicle(sku=line.sku).pk])
    order.refresh_from_db()
    assert order.status == Order.Status.APPROVED
    order = take_step(order, "invoice", on=timezone.localdate())
    order = take_step(order, "ship", on=timezone.localdate(), carrier="")
    assert order.status == Order.Status.APPROVED
    assert order.invoices.count() == 1
    with pytest.raises(RuleBroken):
        take_step(order, "invoice", on=timezone.localdate())
