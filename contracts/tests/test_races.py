"""Many at once on their own connections: exactly one gets the car, the approval, the receipt."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from contracts import actions
from contracts.models import Allocation, AllocationProposal, Contract, ContractSeal, Quotation, Receipt, Receivable
from contracts.tests.factories import (
    PRICES,
    clerk,
    make_order,
    make_prepayment,
    quotation_at,
    signed_contract,
    take_step,
)
from contracts.workflow import PROPOSAL_STEPS, QUOTATION_STEPS
from core.tests.crowd import done_and_refused
from core.workflow import take
from customers.tests.factories import make_customer
from inventory.tests.factories import make_vehicle
from products.tests.factories import make_sku
from users.actions import sync_roles
from users.cast import create_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD = 20


@pytest.fixture
def company(transactional_db):
    sync_roles()
    return create_cast("hafei-demo")


def test_one_car_goes_to_one_of_twenty_orders(company):
    sku, by = make_sku(), clerk()
    orders = [make_order(status="approved", lines=[{"sku": sku, "quantity": 1, **PRICES}]) for _ in range(CROWD)]
    car = make_vehicle(sku=sku)
    lines = [order.lines.get().pk for order in orders]
    won, refused = done_and_refused(
        (lambda line=line: actions.allocate_vehicles(line, by=by, vehicle_ids=[car.pk])) for line in lines
    )
    assert (won, refused) == (1, CROWD - 1)
    assert Allocation.objects.live().filter(vehicle=car).count() == 1


def test_twenty_proposals_of_the_last_car_give_it_once(company):
    """Ten people propose the same car for ten orders and take over at once, while ten others take it by hand."""
    sku, by = make_sku(), clerk()
    orders = [make_order(status="approved", lines=[{"sku": sku, "quantity": 1, **PRICES}]) for _ in range(CROWD)]
    car = make_vehicle(sku=sku)
    proposals = [actions.propose_allocation(by=by) for _ in range(CROWD // 2)]
    step = next(step for step in PROPOSAL_STEPS if step.name == "apply")
    until = timezone.localdate()
    by_proposal = [
        (lambda key=made.pk: take(step, key, AllocationProposal, by=by, reserved_until=until)) for made in proposals
    ]
    by_hand = [
        (lambda order=order: actions.allocate_vehicles(order.lines.get().pk, by=by, vehicle_ids=[car.pk]))
        for order in orders[CROWD // 2 :]
    ]
    assert done_and_refused([*by_proposal, *by_hand]) == (1, CROWD - 1)
    assert Allocation.objects.live().filter(vehicle=car).count() == 1


def test_twenty_approvals_open_one_receivable(company):
    customer = make_customer()
    order = make_order(status="submitted", customer=customer)
    people = [clerk(f"approver{number}") for number in range(CROWD)]
    won, refused = done_and_refused((lambda by=by: take_step(order, "approve", by=by)) for by in people)
    assert (won, refused) == (1, CROWD - 1)
    assert Receivable.objects.count() == 1
    assert customer.purchases.count() == 1


def test_one_bank_reference_is_entered_once(company):
    receivables = [make_order(status="approved").receivable for _ in range(2)]
    by = clerk()

    def pay(receivable):
        return lambda: actions.record_receipt(
            by=by,
            payer_dealer=receivable.buyer_dealer,
            settles={receivable.pk: Decimal("1000")},
            amount=Decimal("1000"),
            received_on=timezone.localdate(),
            method="transfer",
            reference="ICBC-20261122-7",
        )

    won, refused = done_and_refused(pay(receivable) for receivable in receivables * 10)
    assert (won, refused) == (1, CROWD - 1)
    assert Receipt.objects.count() == 1


def test_twenty_receipts_never_exceed_the_debt(company):
    """38,000 yuan are owed; twenty payments of 3,000 come at once: twelve fit."""
    receivable = make_order(status="approved").receivable
    by = clerk()

    def pay(number):
        return lambda: actions.record_receipt(
            by=by,
            payer_dealer=receivable.buyer_dealer,
            settles={receivable.pk: Decimal("3000")},
            amount=Decimal("3000"),
            received_on=timezone.localdate(),
            method="transfer",
            reference=f"CCB-{number}",
        )

    won, refused = done_and_refused(pay(number) for number in range(CROWD))
    assert (won, refused) == (12, 8)
    receivable.refresh_from_db()
    assert receivable.outstanding_amount == Decimal("2000.00")
    numbers = sorted(int(number[-4:]) for number in Receipt.objects.values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 12))


@pytest.mark.parametrize(
    ("status", "name", "expected"), [("sent", "revise", (1, 19)), ("accepted", "contract", (20, 0))]
)
def test_twenty_clicks_make_one_next_version_and_one_contract(company, status, name, expected):
    """A second revision is refused; who asks for the contract again gets the one that is there."""
    quotation, by = quotation_at(status), clerk()
    step = next(step for step in QUOTATION_STEPS if step.name == name)
    deeds = [lambda: take(step, quotation.pk, Quotation, by=by)] * CROWD
    assert done_and_refused(deeds) == expected
    assert (
        Quotation.objects.filter(revises=quotation).count() + Contract.objects.filter(quotation=quotation).count() == 1
    )


def test_twenty_orders_from_one_quotation_are_one(company):
    account, by = make_customer(), clerk()
    quotation, contract = quotation_at("accepted", customer=account), signed_contract(customer=account)

    def order():
        actions.place_order(
            by=by, contract=contract, quotation=quotation, lines=[{"sku": sku, "quantity": 1, **PRICES}]
        )

    sku = quotation.lines.get().sku
    assert done_and_refused([order] * CROWD) == (1, CROWD - 1)


def test_migrations_agree_with_the_models(db):
    call_command("makemigrations", "inventory", "contracts", check=True, dry_run=True, verbosity=0)


def test_of_twenty_uses_of_one_prepayment_as_many_go_through_as_it_has_money_for(company):
    """5,000 yuan are left; twenty people use 2,000 each, for two orders."""
    owed = [make_order(status="approved").receivable for _ in range(2)]
    by = clerk()
    receipt = make_prepayment(payer_dealer=owed[0].buyer_dealer, amount=Decimal("5000"))
    won, refused = done_and_refused(
        (lambda key=owed[turn % 2].pk: actions.use_prepayment(receipt.pk, by=by, settles={key: Decimal("2000")}))
        for turn in range(CROWD)
    )
    assert (won, refused) == (2, CROWD - 2)
    receipt.refresh_from_db()
    assert receipt.prepaid_amount == Decimal("1000.00")


def test_a_payment_and_a_cancellation_at_once_lose_no_money(company):
    """Ten receipts for an order and its cancellation: whoever comes first, all that was entered is prepaid after."""
    receivable, by = make_order(status="approved").receivable, clerk()
    dealer = receivable.buyer_dealer

    def pay(number):
        settles = {receivable.pk: Decimal("1000")}
        return lambda: make_prepayment(
            payer_dealer=dealer, amount=Decimal("1000"), settles=settles, reference=f"ABC-{number}", owner=by
        )

    def cancel():
        take_step(receivable.order, "cancel", by=by, note="客户取消采购")

    won, _refused = done_and_refused([cancel, *(pay(number) for number in range(10))])
    receivable.refresh_from_db()
    assert (receivable.amount, receivable.received_amount) == (0, 0)
    prepaid = sum(Receipt.objects.values_list("prepaid_amount", flat=True))
    assert prepaid == 1000 * Receipt.objects.count() == 1000 * (won - 1)


def test_twenty_seals_on_one_contract_leave_one(company, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    contract = signed_contract()
    people = [clerk(f"keeper{number}") for number in range(CROWD)]
    won, refused = done_and_refused(
        (lambda by=by: actions.seal_contract(contract.pk, by=by, purpose="年度签约")) for by in people
    )
    assert (won, refused) == (1, CROWD - 1)
    assert ContractSeal.objects.get().contract == contract
