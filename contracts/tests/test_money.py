"""Money of a payer: spread over orders, prepaid, used later, given back; nothing is ever used twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from contracts import actions
from contracts.credit import Credit, credit_of
from contracts.models import Receipt, Receivable, Settlement
from contracts.rules import oldest_first
from contracts.tests.factories import clerk, make_order, make_prepayment, move_order, signed_contract, take_step
from core.errors import RuleBroken
from dealers import books as dealers_books
from dealers.actions import post_entry
from dealers.models import AccountEntry, Dealer
from dealers.queries import balance
from dealers.tests.factories import make_dealer

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbin(cast):
    return make_dealer(credit_limit_amount=Decimal("100000"))


@pytest.fixture
def owed(harbin):
    """Two orders of one car at 38,000 yuan each."""
    contract = signed_contract(dealer=harbin)
    return [make_order(status="approved", contract=contract).receivable for _ in range(2)]


def outstanding(*receivables: Receivable) -> list[Decimal]:
    return [Receivable.objects.get(pk=row.pk).outstanding_amount for row in receivables]


def test_one_receipt_pays_two_orders_and_the_rest_is_a_prepayment(harbin, owed):
    first, second = owed
    settles = {first.pk: Decimal("38000"), second.pk: Decimal("10000")}
    receipt = make_prepayment(payer_dealer=harbin, amount=Decimal("50000"), settles=settles)
    assert outstanding(first, second) == [Decimal("0.00"), Decimal("28000.00")]
    receipt.refresh_from_db()
    assert (receipt.used_amount, receipt.prepaid_amount) == (Decimal("48000.00"), Decimal("2000.00"))
    assert balance(harbin.pk, "car") == Decimal("50000.00")


def test_a_prepayment_is_used_later_and_no_more_than_is_left(harbin, owed):
    receipt = make_prepayment(payer_dealer=harbin, amount=Decimal("40000"))
    actions.use_prepayment(receipt.pk, by=clerk(), settles={owed[0].pk: Decimal("38000")})
    with pytest.raises(RuleBroken, match="2,000.00"):
        actions.use_prepayment(receipt.pk, by=clerk(), settles={owed[1].pk: Decimal("2000.01")})
    actions.use_prepayment(receipt.pk, by=clerk(), settles={owed[1].pk: Decimal("2000")})
    assert outstanding(*owed) == [Decimal("0.00"), Decimal("36000.00")]


def test_a_refund_takes_prepaid_money_only(harbin, owed):
    receipt = make_prepayment(payer_dealer=harbin, amount=Decimal("40000"), settles={owed[0].pk: Decimal("38000")})
    pay_back = {"by": clerk(), "refunded_on": timezone.localdate(), "reason": "多付"}
    with pytest.raises(RuleBroken, match="2,000.00"):
        actions.refund_receipt(receipt.pk, amount=Decimal("2000.01"), reference="TK-1", **pay_back)
    refund = actions.refund_receipt(receipt.pk, amount=Decimal("2000"), reference="TK-1", **pay_back)
    assert refund.number.startswith("TK-")
    assert Receipt.objects.get(pk=receipt.pk).prepaid_amount == 0
    assert balance(harbin.pk, "car") == Decimal("38000.00")


def test_money_an_approved_order_rests_on_is_not_refunded(cast):
    contract = signed_contract(dealer=make_dealer(credit_limit_amount=0))
    receipt = make_prepayment(payer_dealer=contract.dealer, amount=Decimal("40000"))
    make_order(status="approved", contract=contract)
    pay_back = {"by": clerk(), "refunded_on": timezone.localdate(), "reason": "多付"}
    with pytest.raises(RuleBroken, match="2,000.00"):
        actions.refund_receipt(receipt.pk, amount=Decimal("2000.01"), reference="TK-1", **pay_back)
    actions.refund_receipt(receipt.pk, amount=Decimal("2000"), reference="TK-1", **pay_back)
    assert credit_of(contract.dealer).available == 0


def test_a_cancelled_order_gives_its_money_back_as_a_prepayment(harbin, owed):
    receipt = make_prepayment(payer_dealer=harbin, amount=Decimal("5000"), settles={owed[0].pk: Decimal("5000")})
    order = take_step(owed[0].order, "cancel", by=clerk("approver"), note="客户取消采购")
    assert outstanding(owed[0]) == [Decimal("0.00")]
    assert Receivable.objects.get(order=order).received_amount == 0
    assert Receipt.objects.get(pk=receipt.pk).prepaid_amount == Decimal("5000.00")
    assert list(Settlement.objects.order_by("pk").values_list("amount", flat=True)) == [5000, -5000]


def test_a_lowered_receivable_gives_back_the_latest_money_first(harbin, owed):
    """38,000 owed, 20,000 and 15,000 paid; 10,000 are taken off: 28,000 are owed, 7,000 of the latest are free."""
    old, new = (
        make_prepayment(payer_dealer=harbin, amount=Decimal(amount), settles={owed[0].pk: Decimal(amount)})
        for amount in (20_000, 15_000)
    )
    actions.lower_receivable(
        owed[0].order, kind="changed", amount=Decimal("10000"), on=timezone.localdate(), by=clerk()
    )
    receivable = Receivable.objects.get(pk=owed[0].pk)
    assert (receivable.amount, receivable.received_amount) == (Decimal("28000.00"), Decimal("28000.00"))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.prepaid_amount, new.prepaid_amount) == (Decimal("0.00"), Decimal("7000.00"))
    actions.raise_receivable(owed[0].order, kind="changed", amount=Decimal("500"), on=timezone.localdate(), by=clerk())
    assert outstanding(owed[0]) == [Decimal("500.00")]


def test_nobody_pays_what_somebody_else_owes(owed):
    stranger = make_dealer()
    with pytest.raises(RuleBroken, match=stranger.name):
        make_prepayment(payer_dealer=stranger, settles={owed[0].pk: Decimal("1000")})


def test_the_database_refuses_to_change_what_was_entered(harbin):
    receipt = make_prepayment(payer_dealer=harbin)
    deeds = [
        lambda: Receipt.objects.filter(pk=receipt.pk).update(amount=1),
        lambda: Receipt.objects.filter(pk=receipt.pk).delete(),
        lambda: Receipt.objects.filter(pk=receipt.pk).update(used_amount=Decimal("1000.01")),
        lambda: AccountEntry.objects.update(amount=1),
        lambda: AccountEntry.objects.all().delete(),
    ]
    for deed in deeds:
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_an_order_may_be_as_large_as_the_money_and_not_a_cent_larger():
    """Cash 100,000, rebate 50,000 of which 30 % of the invoice may be used, line 200,000, ordered already 120,000."""
    credit = Credit(*(Decimal(value) for value in ("100000", "50000", "200000", "120000")))
    assert credit.available == Decimal("180000")
    assert credit.usable_rebate(Decimal("100000")) == Decimal("30000.00")
    assert credit.usable_rebate(Decimal("230000")) == Decimal("50000")
    assert not credit.missing(Decimal("230000"))
    assert credit.missing(Decimal("230000.01")) == Decimal("0.01")


def test_a_rebate_taken_back_after_use_is_owed_and_lowers_the_credit(harbin):
    taken_back = {"account": "rebate", "kind": "clawed_back", "amount": Decimal("-5000")}
    post_entry(harbin.pk, **taken_back, on=timezone.localdate(), source_key="FL-1", by=None)
    credit = credit_of(harbin)
    assert (credit.available, credit.missing(Decimal("95000"))) == (Decimal("95000"), 0)
    assert credit.missing(Decimal("95000.01")) == Decimal("0.01")
    assert not any(check.look().breach_count for check in dealers_books.CHECKS)


def test_what_is_ordered_but_not_invoiced_is_committed(harbin, owed):
    assert credit_of(harbin) == Credit(Decimal(0), Decimal(0), Decimal("100000"), Decimal("76000.00"))
    make_prepayment(payer_dealer=harbin, amount=Decimal("30000"))
    move_order(owed[0].order, "invoiced")
    credit = credit_of(Dealer.objects.get(pk=harbin.pk))
    assert (credit.cash, credit.committed) == (Decimal("-8000.00"), Decimal("38000.00"))
    assert credit.available == Decimal("54000.00")


def test_posting_the_same_cause_twice_changes_nothing(harbin):
    for _ in range(2):
        post_entry(
            harbin.pk,
            account="rebate",
            kind="credited",
            amount=Decimal("40000"),
            on=timezone.localdate() - timedelta(days=1),
            source_key="accrual:1",
            by=None,
        )
    assert balance(harbin.pk, "rebate") == Decimal("40000.00")
    assert balance(harbin.pk, "parts") == Decimal("0.00")


def test_debts_are_paid_from_the_oldest_on():
    owed = [(7, Decimal("100")), (9, Decimal("50")), (11, Decimal("10"))]
    assert oldest_first(Decimal("120"), owed) == {7: Decimal("100"), 9: Decimal("20")}
    assert oldest_first(Decimal("500"), owed) == {7: Decimal("100"), 9: Decimal("50"), 11: Decimal("10")}
    assert oldest_first(Decimal("0"), owed) == {}
