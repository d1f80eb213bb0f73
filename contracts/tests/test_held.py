"""Orders held for money (待款) and released by it (DOMAIN 1.5): cash + usable rebate + credit line - commitments."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.models import Order, Receivable
from contracts.tests.factories import (
    cars,
    clerk,
    held_order,
    make_order,
    make_prepayment,
    move_order,
    signed_contract,
    take_step,
)
from core.errors import RuleBroken
from customers.tests.factories import make_customer
from dealers.actions import post_entry
from dealers.models import Dealer
from dealers.tests.factories import make_dealer
from products.models import Price
from products.tests.factories import make_price

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast):
    """With a dealer who has a credit line of 50,000 yuan; a car costs 38,000."""
    return signed_contract(dealer=make_dealer(credit_limit_amount=Decimal("50000")))


def approved(contract, count=1, **fields) -> Order:
    order = make_order(contract=contract, status="submitted", lines=[cars(count)], **fields)
    return take_step(order, "approve", by=clerk("approver"))


def statuses(*orders: Order) -> list[str]:
    return [Order.objects.get(pk=order.pk).status for order in orders]


def test_an_order_beyond_the_credit_is_held_and_counts_nowhere(contract):
    customer = make_customer()
    first, second = approved(contract), approved(contract, customer=customer)
    assert statuses(first, second) == ["approved", "held"]
    assert not Receivable.objects.filter(order=second).exists()
    assert not customer.purchases.exists()
    assert second not in Order.objects.approved()
    assert Order.objects.get(pk=second.pk).approved_on is None


@pytest.mark.parametrize(("amount", "expected"), [("25999.99", "held"), ("26000.00", "approved")])
def test_money_releases_it_by_itself_to_the_cent(contract, amount, expected):
    """50,000 of credit less 38,000 committed leave 12,000; 26,000 are missing for the second car."""
    customer = make_customer()
    _first, second = approved(contract), approved(contract, customer=customer)
    make_prepayment(payer_dealer=contract.dealer, amount=Decimal(amount))
    assert statuses(second) == [expected]
    assert Receivable.objects.filter(order=second).exists() is (expected == "approved")
    assert customer.purchases.exists() is (expected == "approved")


def test_rebate_helps_up_to_its_share_of_the_invoice(contract):
    """30 % of 38,000 are 11,400: with 12,000 of credit left 14,600 are still missing."""
    approved(contract)
    about = {"on": contract.starts_on, "text": "", "by": None}
    post_entry(
        contract.dealer_id, account="rebate", kind="credited", amount=Decimal("20000"), source_key="test", **about
    )
    held = approved(contract)
    with pytest.raises(RuleBroken, match="14,600.00"):
        take_step(held, "release")
    make_prepayment(payer_dealer=contract.dealer, amount=Decimal("14600"))
    assert statuses(held) == ["approved"]


def test_the_oldest_order_is_released_first_and_a_cancellation_frees_money(contract):
    first, second, third = (approved(contract) for _ in range(3))
    assert statuses(first, second, third) == ["approved", "held", "held"]
    take_step(first, "cancel", note="不要了")
    assert statuses(second, third) == ["approved", "held"]


def test_a_higher_credit_line_releases_with_the_next_run(contract):
    held = approved(contract, count=2)
    assert actions.release_all_held_orders() == 0
    Dealer.objects.update(credit_limit_amount=Decimal("76000"))
    assert actions.release_all_held_orders() == 1
    assert statuses(held) == ["approved"]


def test_a_held_order_stays_held_when_its_dealer_is_no_longer_supplied(contract):
    held = approved(contract, count=2)
    Dealer.objects.update(state=Dealer.State.SUSPENDED)
    make_prepayment(payer_dealer=contract.dealer, amount=Decimal("100000"))
    assert statuses(held) == ["held"]


def test_finance_is_told_what_is_missing(client, finance, cast):
    order = held_order()
    client.force_login(finance)
    page = client.get(reverse("contracts:order_detail", args=[order.pk]))
    assert "release" in [step.name for step in page.context["steps"]]
    refused = client.post(reverse("contracts:order_step", args=[order.pk, "release"]))
    assert "38,000.00" in refused.content.decode()


def test_a_price_below_the_floor_is_refused(contract):
    order = make_order(contract=contract, status="submitted")
    make_price(configuration=order.lines.get().sku.configuration, kind=Price.Kind.COST, amount=Decimal("38000.01"))
    with pytest.raises(RuleBroken):
        take_step(order, "approve", by=clerk("approver"))


def set_line(contract, amount: str) -> None:
    Dealer.objects.filter(pk=contract.dealer_id).update(credit_limit_amount=Decimal(amount))


def test_a_credit_line_lowered_after_the_approval_is_seen_when_invoicing(contract):
    """38,000 are committed; with a line of 30,000 it takes 8,000 more to invoice them."""
    order = move_order(approved(contract), "allocated")
    set_line(contract, "30000")
    with pytest.raises(RuleBroken, match=r"8,000\.00"):
        take_step(order, "invoice", on=timezone.localdate())
    assert statuses(order) == ["allocated"] and not order.invoices.exists()
    make_prepayment(payer_dealer=contract.dealer, amount=Decimal("8000"))
    take_step(order, "invoice", on=timezone.localdate())
    assert statuses(order) == ["invoiced"]


def test_an_order_approved_on_rebate_is_invoiced_with_or_without_it(contract):
    set_line(contract, "26600")
    post_entry(
        contract.dealer_id,
        account="rebate",
        kind="credited",
        amount=Decimal("11400"),
        on=timezone.localdate(),
        source_key="test:rebate",
        by=None,
    )
    order = move_order(approved(contract), "allocated")
    take_step(order, "invoice", on=timezone.localdate())
    assert statuses(order) == ["invoiced"]
