"""Orders undone after something else was undone already: what is left is taken back, and the books agree."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from contracts import actions, books
from contracts.models import Allocation, Order, OrderLine, Receivable
from contracts.tests.factories import (
    cars,
    clerk,
    held_order,
    make_order,
    signed_contract,
    take_step,
)
from customers.models import Customer, Opportunity
from customers.tests.factories import make_customer, make_opportunity
from dealers.models import Dealer
from dealers.queries import balances
from dealers.tests.factories import make_dealer
from inventory.tests.factories import make_vehicle, make_warehouse

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


NOTHING = {"owed": 0, "outstanding": 0, "written off": 0, "on the account": 0}


def left_of(order: Order) -> dict:
    """What the order still stands for in the books of its dealer."""
    receivable = Receivable.objects.get(order=order)
    return {
        "owed": receivable.amount,
        "outstanding": receivable.outstanding_amount,
        "written off": receivable.entries.filter(kind="written_off").aggregate(sum=Sum("amount"))["sum"],
        "on the account": balances(order.buyer_dealer_id)["car"],
    }


def breaches() -> list[str]:
    return [str(check.label) for check in books.CHECKS if check.look().breach_count]


def allocate_one(line: OrderLine) -> None:
    actions.allocate_vehicles(line.pk, by=clerk(), vehicle_ids=[make_vehicle(sku=line.sku).pk], reason="现车")


def return_car(order: Order) -> None:
    car = Allocation.objects.live().get(order_line__order=order)
    actions.return_car(car.pk, by=clerk(), on=TODAY(), warehouse=make_warehouse(), reason="退车")


def test_a_held_order_is_cancelled_not_released_although_the_money_is_there_by_now(cast):
    contract = signed_contract(dealer=make_dealer(credit_limit_amount=0))
    customer = make_customer()
    order, other = (held_order(contract=contract, customer=customer) for _ in range(2))
    Dealer.objects.filter(pk=contract.dealer_id).update(credit_limit_amount=Decimal("38000"))
    take_step(order, "cancel", note="不要了")
    assert list(Order.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "approved"]
    assert list(Receivable.objects.values_list("order", flat=True)) == [other.pk]
    assert customer.purchases.aggregate(cars=Sum("car_count"))["cars"] == 1
    assert breaches() == []


def test_after_a_return_a_cancelled_order_takes_back_only_the_rest(cast):
    """Two cars, one invoiced and returned; cancelling takes back the other one."""
    customer = make_customer()
    order = make_order(status="approved", customer=customer, lines=[cars(2)])
    allocate_one(order.lines.get())
    take_step(order, "invoice", on=TODAY())
    return_car(order)
    take_step(order, "cancel", note="不要了")
    bought = customer.purchases.aggregate(amount=Sum("amount"), cars=Sum("car_count"))
    assert bought == {"amount": Decimal("0.00"), "cars": 0}
    assert breaches() == []


def test_a_car_comes_back_although_part_of_its_price_was_written_off(cast):
    order = make_order(status="received")
    actions.write_off(order.receivable.pk, by=clerk(), amount=Decimal("100"), text="坏账")
    return_car(order)
    assert left_of(order) == NOTHING
    assert breaches() == []


@pytest.mark.parametrize("amount", ["100", "38000"])
def test_an_order_is_cancelled_although_part_of_it_was_written_off(cast, amount):
    order = make_order(status="approved")
    actions.write_off(order.receivable.pk, by=clerk(), amount=Decimal(amount), text="坏账")
    take_step(order, "cancel", note="不要了")
    assert left_of(order) == NOTHING
    assert breaches() == []


def test_a_write_off_that_still_fits_stays(cast):
    order = make_order(status="approved", lines=[cars(2)])
    allocate_one(order.lines.get())
    take_step(order, "invoice", on=TODAY())
    actions.write_off(order.receivable.pk, by=clerk(), amount=Decimal("100"), text="坏账")
    return_car(order)
    assert Receivable.objects.get(order=order).amount == Decimal("37900.00")
    assert breaches() == []


def test_an_opportunity_is_open_again_when_one_order_came_back_and_the_other_was_cancelled(cast):
    opportunity = make_opportunity()
    origin = {"customer": opportunity.customer, "opportunity": opportunity}
    returned, other = (make_order(status=status, **origin) for status in ("received", "approved"))
    return_car(returned)
    assert Opportunity.objects.get(pk=opportunity.pk).status == "won"
    take_step(other, "cancel", note="不要了")
    assert Opportunity.objects.get(pk=opportunity.pk).status == "open"


def stage_of(customer: Customer) -> str:
    return Customer.objects.get(pk=customer.pk).stage


def test_who_keeps_no_car_of_what_he_ordered_is_potential_again(cast):
    """Of two orders one comes back in part and is cancelled; he stays a base customer until the other goes too."""
    customer = make_customer()
    order, other = (make_order(status="approved", customer=customer, lines=[cars(2)]) for _ in range(2))
    allocate_one(order.lines.get())
    take_step(order, "invoice", on=TODAY())
    return_car(order)
    take_step(order, "cancel", note="不要了")
    assert stage_of(customer) == "base"
    take_step(other, "cancel", note="不要了")
    assert stage_of(customer) == "potential"
    make_order(status="approved", customer=customer)
    assert stage_of(customer) == "base"
