"""Every step of the order tried from every status, and what the steps refuse."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from contracts import actions, workflow
from contracts.models import Allocation, Contract, Order, Quotation, Receivable, Retail
from contracts.tests.factories import (
    PRICES,
    WAY,
    allocate_cars,
    clerk,
    held_order,
    make_contract,
    make_order,
    make_quotation,
    make_retail,
    move_order,
    signed_contract,
    take_step,
    taken_back,
)
from core.errors import RuleBroken, StepRefused
from core.models import StatusChange
from core.workflow import take
from customers.tests.factories import make_customer
from dealers.tests.factories import make_dealer
from inventory.tests.factories import make_vehicle
from products.models import Price
from products.tests.factories import make_price, make_sku
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
DATA = {
    "invoice": {"on": date(2026, 11, 22)},
    "ship": {"on": date(2026, 11, 22), "carrier": ""},
    "receive": {"on": date(2026, 11, 22)},
}
LEADS_TO = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "approve"): "approved",
    ("submitted", "return"): "returned",
    ("submitted", "withdraw"): "draft",
    ("allocated", "invoice"): "invoiced",
    ("invoiced", "ship"): "shipped",
    ("shipped", "receive"): "received",
    ("held", "cancel"): "cancelled",
    ("draft", "cancel"): "cancelled",
    ("submitted", "cancel"): "cancelled",
    ("returned", "cancel"): "cancelled",
    ("approved", "cancel"): "cancelled",
    ("allocated", "cancel"): "cancelled",
}


def order_at(status: str) -> Order:
    if status in WAY:
        return make_order(status=status)
    if status == "returned":
        return take_step(make_order(status="submitted"), "return", note="价格有误")
    if status == "held":
        return held_order()
    if status == "taken_back":
        return taken_back()
    return take_step(make_order(), "cancel", note="不要了")


@pytest.mark.parametrize("status", Order.Status.values)
def test_steps_open_from_each_status(cast, status):
    order = order_at(status)
    for step in workflow.ORDER_STEPS:
        expected = LEADS_TO.get((status, step.name))
        attempt = Order.objects.get(pk=order.pk)
        if expected is None:
            with pytest.raises(RuleBroken):
                take_step(attempt, step.name, by=clerk("approver"), note="理由", **(DATA.get(step.name) or {}))
            attempt.refresh_from_db()
            assert attempt.status == status
    for step in workflow.ORDER_STEPS:
        expected = LEADS_TO.get((status, step.name))
        if expected:
            fresh = order_at(status)
            today = {
                name: timezone.localdate() if name == "on" else value for name, value in DATA.get(step.name, {}).items()
            }
            by = clerk() if step.name == "withdraw" else clerk("approver")
            assert take_step(fresh, step.name, by=by, note="理由", **today).status == expected


@pytest.mark.parametrize("step", workflow.ORDER_STEPS, ids=lambda step: step.name)
def test_each_step_needs_its_permission(cast, trainee, step):
    order = make_order()
    with pytest.raises(PermissionDenied):
        take(step, order.pk, Order, by=trainee, note="理由", **DATA.get(step.name, {}))


def test_whoever_placed_or_submitted_the_order_does_not_approve_it(manager, director):
    make_user(roles=["director"])  # somebody else has the right, or it could not be handed in
    order = make_order(owner=manager, unit=manager.unit)
    take_step(order, "submit", by=director)
    for hand in (manager, director):
        with pytest.raises(StepRefused):
            take_step(order, "approve", by=hand)
    assert not Receivable.objects.exists()


def test_second_approval_is_refused_and_opens_nothing_twice(cast):
    order = make_order(status="approved")
    with pytest.raises(StepRefused):
        take_step(order, "approve", by=clerk("approver"))
    assert Receivable.objects.count() == 1
    assert StatusChange.objects.filter(object_id=order.pk, step="approve").count() == 1


@pytest.mark.parametrize("state", ["prospect", "building", "rectifying", "suspended", "exited"])
def test_a_dealer_who_does_not_trade_is_not_supplied(cast, state):
    order = make_order(status="submitted", contract=signed_contract(dealer=make_dealer(state=state)))
    with pytest.raises(StepRefused, match=order.buyer.name):
        take_step(order, "approve", by=clerk("approver"))


@pytest.mark.parametrize(
    "change",
    [
        {"status": "draft"},
        {"status": "suspended"},
        {"status": "terminated"},
        {"starts_on": date(2099, 1, 1)},
        {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 12, 31)},
    ],
)
def test_the_contract_has_to_be_signed_and_cover_the_day(cast, change):
    order = make_order(status="submitted")
    Contract.objects.filter(pk=order.contract_id).update(**change)
    with pytest.raises(StepRefused, match=order.contract.number):
        take_step(order, "approve", by=clerk("approver"))


def test_the_last_day_of_a_contract_still_counts(cast):
    order = make_order(status="submitted")
    Contract.objects.filter(pk=order.contract_id).update(ends_on=order.ordered_on)
    assert take_step(order, "approve", by=clerk("approver")).status == "approved"


def test_an_order_without_price_is_not_approved(cast):
    line = {"sku": make_sku(), "quantity": 1, "unit_price_amount": Decimal(0), "retail_price_amount": Decimal(0)}
    order = make_order(status="submitted", lines=[line])
    with pytest.raises(StepRefused, match=str(line["sku"])):
        take_step(order, "approve", by=clerk("approver"))


def test_a_stranger_contract_is_refused(cast):
    with pytest.raises(RuleBroken, match="HT-"):
        actions.place_order(
            by=clerk(),
            contract=signed_contract(),
            buyer_dealer=make_dealer(),
            lines=[{"sku": make_sku(), "quantity": 1, **PRICES}],
        )


def test_a_dealer_orders_for_himself_only(dealer):
    make_dealer(unit=dealer.unit)
    with pytest.raises(RuleBroken):
        actions.place_order(by=dealer, contract=signed_contract(), lines=[{"sku": make_sku(), "quantity": 1, **PRICES}])


def test_empty_prices_come_from_the_list_of_the_day(cast):
    sku = make_sku()
    make_price(configuration=sku.configuration, kind=Price.Kind.WHOLESALE, amount=Decimal("36500"))
    make_price(configuration=sku.configuration, kind=Price.Kind.GUIDE, amount=Decimal("42800"))
    order = make_order(lines=[{"sku": sku, "quantity": 2, "unit_price_amount": None}])
    line = order.lines.get()
    assert (line.unit_price_amount, line.retail_price_amount, line.amount) == (36500, 42800, 73000)
    frame = signed_contract(customer=make_customer())
    direct = make_order(contract=frame, kind="key_account", lines=[{"sku": sku, "quantity": 1}])
    assert direct.lines.get().unit_price_amount == 42800
    with pytest.raises(RuleBroken):
        make_order(lines=[{"sku": make_sku(), "quantity": 1}])


def test_a_key_account_buying_direct_gets_its_cars_without_a_dealer(cast):
    account = make_customer()
    order = make_order(contract=signed_contract(customer=account), kind="key_account", status="shipped")
    assert order.receivable.buyer == account
    with pytest.raises(RuleBroken):
        take_step(order, "receive", on=timezone.localdate())
    move_order(order, "shipped")
    allocation = order.lines.get().allocations.get()
    retail = actions.retail_car(allocation.pk, by=clerk(), retailed_on=timezone.localdate(), is_fleet=True)
    order.refresh_from_db()
    assert (retail.customer, retail.dealer, order.status) == (account, None, "retailed")
    assert sum(account.purchases.values_list("amount", flat=True)) == PRICES["retail_price_amount"]


def test_selling_to_somebody_else_moves_the_purchase(cast):
    planned, actual = make_customer(), make_customer()
    order = make_order(customer=planned, status="received")
    allocation = order.lines.get().allocations.get()
    price = Decimal("41000.00")
    actions.retail_car(allocation.pk, by=clerk(), customer=actual, retailed_on=timezone.localdate(), price_amount=price)
    assert sum(planned.purchases.values_list("amount", flat=True)) == 0
    assert sum(actual.purchases.values_list("amount", flat=True)) == price


def test_a_retail_sale_has_a_day_and_a_customer_that_fit(cast):
    allocation = make_order(status="received").lines.get().allocations.get()
    for fields in (
        {"customer": None, "retailed_on": timezone.localdate()},
        {"customer": make_customer(), "retailed_on": date(2020, 1, 1)},
        {"customer": make_customer(), "retailed_on": date(2099, 1, 1)},
    ):
        with pytest.raises(RuleBroken):
            actions.retail_car(allocation.pk, by=clerk(), **fields)
    assert not Retail.objects.exists()


def test_cars_that_do_not_fit_the_line_are_refused(cast):
    order = make_order(status="approved")
    line = order.lines.get()
    fitting, other = make_vehicle(sku=line.sku), make_vehicle()
    blocked = make_vehicle(sku=line.sku, sale_block="质损")
    for cars in ([], [other], [blocked], [fitting, make_vehicle(sku=line.sku)]):
        with pytest.raises(RuleBroken):
            actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[car.pk for car in cars])
    actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[fitting.pk])
    second = make_order(status="approved", lines=[{"sku": line.sku, "quantity": 1, **PRICES}])
    with pytest.raises(RuleBroken, match=order.number):
        actions.allocate_vehicles(second.lines.get().pk, by=clerk(), vehicle_ids=[fitting.pk])


def test_a_released_car_is_free_again(cast):
    order = make_order(status="allocated")
    allocation = order.lines.get().allocations.get()
    actions.release_allocation(allocation.pk, by=clerk(), reason="换车")
    order.refresh_from_db()
    assert order.status == "approved"
    actions.allocate_vehicles(order.lines.get().pk, by=clerk(), vehicle_ids=[allocation.vehicle_id])
    with pytest.raises(RuleBroken):
        actions.release_allocation(allocation.pk, by=clerk(), reason="再来")


def test_an_approved_order_is_not_rewritten(cast):
    order = make_order(status="approved")
    with pytest.raises(RuleBroken, match=order.number):
        actions.change_order(order.pk, by=clerk(), lines=[{"sku": make_sku(), "quantity": 9, **PRICES}])


def test_contract_and_quotation_go_their_ways(cast, manager, director):
    contract = make_contract(owner=manager)
    steps = {step.name: step for step in workflow.CONTRACT_STEPS}
    take(steps["submit"], contract.pk, Contract, by=manager)
    with pytest.raises(StepRefused):
        take(steps["sign"], contract.pk, Contract, by=manager)
    assert take(steps["sign"], contract.pk, Contract, by=director).signed_on == timezone.localdate()
    quotation = make_quotation(owner=manager)
    steps = {step.name: step for step in workflow.QUOTATION_STEPS}
    take(steps["send"], quotation.pk, Quotation, by=manager)
    assert take(steps["accept"], quotation.pk, Quotation, by=manager).status == "accepted"


def test_a_sale_found_genuine_may_be_found_false_later_and_takes_back_what_was_bought(cast, manager):
    retail = make_retail()
    confirm, refute = workflow.RETAIL_STEPS
    assert take(confirm, retail.pk, Retail, by=manager).verification == "genuine"
    with pytest.raises(StepRefused):
        take(confirm, retail.pk, Retail, by=manager)
    assert retail.customer.purchases.get().amount == Decimal("42800.00")
    take(refute, retail.pk, Retail, by=manager, note="查无此人")
    assert [entry.amount for entry in retail.customer.purchases.order_by("pk")] == [Decimal("42800"), -Decimal("42800")]
    assert not Retail.objects.counted().exists()


@pytest.mark.parametrize(("division", "expected"), [("230100", False), ("220100", True), ("", False)])
def test_a_customer_of_another_province_is_out_of_the_area(cast, division, expected):
    """The dealer stands in Heilongjiang (23); Jilin is 22."""
    dealer = make_dealer(province="黑龙江", city="哈尔滨")
    customer = make_customer(division=division, province="", city="")
    order = make_order(status="received", contract=signed_contract(dealer=dealer), customer=customer)
    retail = actions.retail_car(
        Allocation.objects.get(order_line__order=order).pk, by=clerk(), retailed_on=timezone.localdate()
    )
    assert (retail.is_out_of_area, retail.is_fleet) == (expected, False)


def test_the_rest_of_an_order_is_allocated_while_the_first_cars_are_under_way(cast):
    order = make_order(status="approved", lines=[{"sku": make_sku(), "quantity": 2, **PRICES}])
    line = order.lines.get()
    actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[make_vehicle(sku=line.sku).pk])
    take_step(order, "invoice", on=timezone.localdate())
    actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[make_vehicle(sku=line.sku).pk])
    order.refresh_from_db()
    assert order.status == "allocated"
    assert take_step(order, "invoice", on=timezone.localdate()).status == "invoiced"
    assert allocate_cars(make_order(status="approved"))
