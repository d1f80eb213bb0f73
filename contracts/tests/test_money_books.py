"""Any sequence of paying, using, giving back, writing off, changing, cancelling leaves every identity of the books."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contracts import actions, books
from contracts.credit import credit_of
from contracts.models import Order, Receipt, Receivable
from contracts.tests.factories import cars, clerk, make_order, make_prepayment, move_order, signed_contract, take_step
from core.errors import RuleBroken
from dealers import books as dealer_books
from dealers.models import Dealer
from dealers.tests.factories import make_dealer

CENTS = st.integers(1, 9_000_000).map(lambda cents: Decimal(cents) / 100)


class Till(RuleBasedStateMachine):
    """Finance tries anything with the money of one dealer; refusals are fine, wrong books are not."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.by, self.dealer = clerk(), make_dealer(credit_limit_amount=Decimal("100000"))
        terms = {"deposit_percent": Decimal(20), "instalment_count": 3}
        self.contract = signed_contract(dealer=self.dealer, **terms)

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize()
    def two_orders(self):
        for _ in range(2):
            self.order(1)

    @rule(count=st.integers(1, 2))
    def order(self, count):
        make_order(status="approved", contract=self.contract, lines=[cars(count)])

    @rule(amount=CENTS, shares=st.lists(st.integers(0, 100), min_size=3, max_size=3))
    def receive(self, amount, shares):
        owed = Receivable.objects.order_by("pk")[:3]
        parts = {row.pk: row.outstanding_amount * share / 100 for row, share in zip(owed, shares, strict=False)}
        parts = {key: part.quantize(Decimal("0.01")) for key, part in parts.items() if part >= Decimal("0.01")}
        self.try_to(lambda: make_prepayment(payer_dealer=self.dealer, amount=amount, settles=parts))

    @rule(pick=st.integers(0, 4), other=st.integers(0, 4), amount=CENTS)
    def use(self, pick, other, amount):
        receipt, owed = self.chosen(Receipt, pick), self.chosen(Receivable, other)
        if receipt:
            self.try_to(lambda: actions.use_prepayment(receipt.pk, by=self.by, settles={owed.pk: amount}))

    @rule(pick=st.integers(0, 4), amount=CENTS)
    def refund(self, pick, amount):
        receipt, count = self.chosen(Receipt, pick), self.dealer.account_entries.count()
        details = {"refunded_on": timezone.localdate(), "reason": "多付", "reference": f"TK-{count}"}
        if receipt:
            self.try_to(lambda: actions.refund_receipt(receipt.pk, by=self.by, amount=amount, **details))

    @rule(pick=st.integers(0, 4), amount=CENTS)
    def write_off(self, pick, amount):
        owed = self.chosen(Receivable, pick)
        self.try_to(lambda: actions.write_off(owed.pk, by=self.by, amount=amount, text="坏账"))

    @rule(pick=st.integers(0, 4), status=st.sampled_from(["allocated", "invoiced", "shipped"]))
    def deliver(self, pick, status):
        order, way = self.chosen(Order, pick), ["approved", "allocated", "invoiced", "shipped"]
        if order.status in way and way.index(order.status) < way.index(status):
            self.try_to(lambda: move_order(order, status))

    @rule(pick=st.integers(0, 4))
    def cancel(self, pick):
        self.try_to(lambda: take_step(self.chosen(Order, pick), "cancel", by=clerk("approver"), note="取消"))

    def chosen(self, model, pick):
        rows = list(model.objects.order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    def try_to(self, deed):
        try:
            with transaction.atomic():
                deed()
        except RuleBroken as refusal:
            assert refusal.sentence

    @invariant()
    def every_identity_holds(self):
        for check in (*books.CHECKS, *dealer_books.CHECKS):
            found = check.look()
            assert not found.breach_count, (str(check.label), found)

    @invariant()
    def what_is_available_is_the_line_and_the_prepayment_less_what_is_owed(self):
        credit = credit_of(Dealer.objects.get(pk=self.dealer.pk))
        prepaid = sum(Receipt.objects.values_list("prepaid_amount", flat=True))
        owed = sum(Receivable.objects.values_list("outstanding_amount", flat=True))
        assert credit.available == credit.line + prepaid - owed


@pytest.mark.django_db
@pytest.mark.slow
def test_the_books_stay_right_whatever_is_done_with_money(cast):
    run_state_machine_as_test(
        Till,
        settings=settings(
            max_examples=10,
            stateful_step_count=10,
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
