"""The identities of rebates, kept and broken."""

from datetime import date
from decimal import Decimal

import pytest

from contracts import actions, rebate_books
from contracts.models import RebateAccrual
from contracts.tests.factories import clerk
from contracts.tests.past import invoiced
from contracts.tests.test_rebates import credited, published, ready_to_invoice, take_step
from contracts.workflow import REBATE_STEPS
from core.workflow import take
from dealers.tests.factories import make_dealer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
STEPS = {step.name: step for step in REBATE_STEPS}


def breaches() -> list[int]:
    return [check.look().breach_count for check in rebate_books.CHECKS]


def test_what_was_accrued_credited_and_used_leaves_the_books_right(director, finance):
    published()
    dealer = make_dealer()
    invoiced(dealer, date(2025, 1, 5), date(2025, 1, 6))
    (line,) = actions.accrue_rebates(date(2025, 1, 1))
    take(STEPS["review"], line.pk, RebateAccrual, by=director)
    take(STEPS["credit"], line.pk, RebateAccrual, by=finance)
    order = ready_to_invoice(dealer)
    take_step(order, "invoice", on=line_day(order), rebate_amount=Decimal("500.00"))
    actions.return_rebate(order.invoices.get(), by=clerk(), on=line_day(order))
    assert breaches() == [0, 0]


def line_day(order) -> date:
    order.refresh_from_db()
    return order.approved_on


def test_money_that_no_accrual_credited_is_a_breach():
    credited(make_dealer(), "100.00")
    assert breaches() == [1, 0]


def test_an_accrual_without_its_rows_is_a_breach():
    published()
    invoiced(make_dealer(), date(2025, 1, 5))
    (line,) = actions.accrue_rebates(date(2025, 1, 1))
    RebateAccrual.objects.filter(pk=line.pk).update(car_count=2)
    assert breaches() == [0, 1]
