"""Whatever is credited, used, returned and taken back: the account is its sum, and nobody uses what is not there."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts import actions, workflow
from contracts.credit import credit_of
from contracts.models import RebateAccrual, RebateUse
from contracts.tests.factories import (
    allocate_cars,
    cars,
    clerk,
    make_order,
    make_rebateaccrual,
    signed_contract,
    take_step,
)
from core.errors import RuleBroken
from core.workflow import take
from dealers.models import AccountEntry
from dealers.queries import balance
from dealers.tests.factories import make_dealer, make_rebatepolicy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
STEPS = {step.name: step for step in workflow.REBATE_STEPS}
REBATE = AccountEntry.Account.REBATE
amounts = st.decimals(min_value="0.01", max_value="30000", places=2)
deeds = st.one_of(
    st.tuples(st.just("credit"), amounts),
    st.tuples(st.just("take_back"), amounts),
    st.tuples(st.just("use"), amounts),
    st.tuples(st.just("return_car"), st.just(Decimal(0))),
)


class Account:
    """The deeds on the account of one dealer, and what they should come to."""

    def __init__(self):
        self.dealer, self.policy, self.by = make_dealer(), make_rebatepolicy(), clerk()
        self.contract = signed_contract(dealer=self.dealer)
        self.credited = self.consumed = self.clawed_back = Decimal(0)

    def credit(self, amount: Decimal) -> None:
        self._settle(amount, RebateAccrual.Kind.EARNED)
        self.credited += amount

    def take_back(self, amount: Decimal) -> None:
        self._settle(-amount, RebateAccrual.Kind.CLAWED_BACK)
        self.clawed_back += amount

    def use(self, amount: Decimal) -> None:
        order = make_order(status="approved", contract=self.contract, lines=[cars(1)])
        allocate_cars(order)
        allowed = credit_of(self.dealer).usable_rebate(Decimal(38_000))
        before = balance(self.dealer.pk, REBATE)
        try:
            with transaction.atomic():
                take_step(order, "invoice", on=timezone.localdate(), rebate_amount=amount)
        except RuleBroken:
            assert amount > allowed
            return
        assert amount <= allowed <= Decimal("11400.00")
        assert before - amount >= 0
        self.consumed += amount

    def return_car(self, _amount: Decimal) -> None:
        returned = AccountEntry.objects.filter(source_key__startswith="rebate_return:").values_list(
            "source_key", flat=True
        )
        keys = [int(key.partition(":")[2]) for key in returned]
        use = RebateUse.objects.exclude(invoice__in=keys).select_related("invoice").order_by("pk").first()
        if use:
            actions.return_rebate(use.invoice, by=self.by, on=timezone.localdate())
            self.consumed -= use.amount

    def _settle(self, amount: Decimal, kind: str) -> None:
        accrual = make_rebateaccrual(
            dealer=self.dealer, policy=self.policy, kind=kind, amount=amount, computed_amount=amount
        )
        RebateAccrual.objects.filter(pk=accrual.pk).update(status=RebateAccrual.Status.REVIEWED)
        take(STEPS["credit"], accrual.pk, RebateAccrual, by=self.by)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, max_size=8))
def test_the_balance_is_what_was_credited_less_consumed_and_clawed_back(done):
    with transaction.atomic():
        account = Account()
        for name, amount in done:
            getattr(account, name)(amount)
            expected = account.credited - account.consumed - account.clawed_back
            assert balance(account.dealer.pk, REBATE) == expected
        transaction.set_rollback(True)
