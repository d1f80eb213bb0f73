"""Deposit, balance and instalments: to the cent, never above the legal deposit, each with its due day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contracts import actions
from contracts.models import Instalment, Receivable
from contracts.schedules import Part, Terms, lowered, months_later, raised, schedule
from contracts.tests.factories import clerk, make_order, make_prepayment, signed_contract

ON = date(2026, 11, 22)
DAYS = {"deposit_days": 3, "payment_days": 30}


def money(text: str) -> Decimal:
    return Decimal(text)


def parts_of(amount: str, percent: str, count: int) -> list[tuple[str, str, str]]:
    terms = Terms(deposit_percent=money(percent), instalment_count=count, **DAYS)
    return [(part.kind, str(part.amount), f"{part.due_on}") for part in schedule(money(amount), terms, on=ON)]


def test_a_deposit_and_a_balance():
    assert parts_of("114000.00", "20", 1) == [
        ("deposit", "22800.00", "2026-11-25"),
        ("balance", "91200.00", "2026-12-22"),
    ]


def test_without_a_deposit_there_is_one_due_day():
    assert parts_of("114000.00", "0", 1) == [("balance", "114000.00", "2026-12-22")]


def test_instalments_are_a_month_apart_and_the_last_takes_the_cents():
    assert parts_of("100.00", "0", 3) == [
        ("instalment", "33.33", "2026-12-22"),
        ("instalment", "33.33", "2027-01-22"),
        ("instalment", "33.34", "2027-02-22"),
    ]


def test_a_deposit_is_rounded_down_so_that_it_stays_legal():
    assert parts_of("0.04", "20", 1) == [("balance", "0.04", "2026-12-22")]
    assert parts_of("99.99", "20", 1)[0] == ("deposit", "19.99", "2026-11-25")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, months, later):
    assert months_later(day, months) == later


@given(
    amount=st.decimals("0.01", "99999999.99", places=2),
    percent=st.decimals("0", "20", places=2),
    count=st.integers(1, 60),
    share=st.decimals("0.01", "1", places=2),
)
def test_parts_always_add_up_and_a_deposit_is_never_above_its_limit(amount, percent, count, share):
    terms = Terms(deposit_percent=percent, instalment_count=count, **DAYS)
    whole = schedule(amount, terms, on=ON)
    less = max(Decimal("0.01"), (amount * share).quantize(Decimal("0.01")))
    for parts, total in (
        (whole, amount),
        (lowered(whole, less), amount - less),
        (raised(whole, less, terms, on=ON), amount + less),
        (raised(lowered(whole, amount), less, terms, on=ON), less),
    ):
        assert sum((part.amount for part in parts), Decimal(0)) == total
        assert all(part.amount > 0 for part in parts)
        deposit = sum((part.amount for part in parts if part.kind == "deposit"), Decimal(0))
        assert deposit * 100 <= total * 20


def test_what_is_taken_off_lowers_the_last_part_first():
    whole = [Part("deposit", money("20"), ON), Part("instalment", money("40"), ON), Part("instalment", money("40"), ON)]
    assert [part.amount for part in lowered(whole, money("50"))] == [money("10.00"), money("40")]


@pytest.mark.django_db
def test_the_contracts_terms_become_due_days_that_move_on_with_each_payment(cast):
    contract = signed_contract(deposit_percent=money("20"), deposit_days=3, payment_days=30, instalment_count=2)
    receivable = make_order(status="approved", contract=contract).receivable
    today = timezone.localdate()
    assert list(receivable.instalments.values_list("kind", "amount", "through_amount")) == [
        ("deposit", money("7600.00"), money("7600.00")),
        ("instalment", money("15200.00"), money("22800.00")),
        ("instalment", money("15200.00"), money("38000.00")),
    ]
    days = []
    for amount in ("7599.99", "0.01", "15200.00", "15200.00"):
        settles = {receivable.pk: money(amount)}
        make_prepayment(payer_dealer=receivable.buyer_dealer, amount=money(amount), settles=settles)
        receivable.refresh_from_db()
        days.append(receivable.due_on)
    first = today + timedelta(days=30)
    assert days == [today + timedelta(days=3), first, months_later(first, 1), months_later(first, 1)]


@pytest.mark.django_db
def test_a_part_is_overdue_from_the_day_after_its_day_until_it_is_paid(cast):
    contract = signed_contract(deposit_percent=money("20"))
    receivable = make_order(status="approved", contract=contract).receivable
    deposit_day = receivable.instalments.get(kind="deposit").due_on
    late = deposit_day + timedelta(days=1)
    assert not Instalment.objects.overdue(deposit_day).exists()
    assert [part.kind for part in Instalment.objects.overdue(late)] == ["deposit"]
    assert Receivable.objects.overdue(late).exists()
    settles = {receivable.pk: money("7600")}
    make_prepayment(payer_dealer=receivable.buyer_dealer, amount=money("7600"), settles=settles)
    assert not Instalment.objects.overdue(late).exists()
    assert not Receivable.objects.overdue(late).exists()


@pytest.mark.django_db
def test_the_schedule_follows_what_is_taken_off_and_added(cast):
    contract = signed_contract(deposit_percent=money("20"))
    receivable = make_order(status="approved", contract=contract).receivable
    change = {"kind": "changed", "on": timezone.localdate(), "by": clerk()}
    actions.lower_receivable(receivable.order, amount=money("19000"), **change)
    assert list(receivable.instalments.values_list("kind", "amount")) == [
        ("deposit", money("3800.00")),
        ("balance", money("15200.00")),
    ]
    actions.raise_receivable(receivable.order, amount=money("1000"), **change)
    assert receivable.instalments.get(kind="balance").amount == money("16200.00")
