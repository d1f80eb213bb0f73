"""Payments that fall due or are late: who hears of them, when, and never twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts.actions import remind_of_payments, write_off
from contracts.tests.factories import clerk, make_order, make_prepayment, signed_contract
from core.models import Notice, OutgoingMail
from dealers.tests.factories import make_dealer
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def due_on(dealer, sales1):
    """38,000 yuan of an order of the salesman, due in thirty days."""
    User.objects.filter(pk=sales1.pk).update(email="sales1@hafei.example", wants_mail=True)
    contract = signed_contract(dealer=make_dealer(unit=dealer.unit))
    make_order(status="approved", contract=contract, owner=sales1)
    make_order(status="approved", contract=contract, owner=sales1)
    Notice.objects.all().delete()
    return timezone.localdate() + timedelta(days=30)


def heard(day) -> dict[str, str]:
    """Who was told what on this day."""
    Notice.objects.all().delete()
    remind_of_payments(day)
    notices = Notice.objects.exclude(user__username__in=("clerk", "approver"))
    return {notice.user.username: notice.message % notice.parameters for notice in notices}


@pytest.mark.parametrize(
    ("days_late", "people"),
    [
        (-4, set()),
        (-3, {"sales1", "dealer"}),
        (0, {"sales1", "dealer"}),
        (1, {"sales1", "dealer"}),
        (29, {"sales1", "dealer"}),
        (30, {"sales1", "dealer", "finance"}),
    ],
)
def test_who_hears_of_a_payment_depends_on_how_late_it_is(due_on, days_late, people):
    told = heard(due_on + timedelta(days=days_late))
    assert set(told) == people
    assert all("76,000.00" in text for text in told.values())


def test_each_stage_is_told_once_with_a_letter_to_who_wants_it(due_on):
    days = [-3, -2, 0, 1, 2, 7, 29, 30, 31]
    told = [len(heard(due_on + timedelta(days=day))) for day in days]
    assert told == [2, 0, 0, 2, 0, 2, 0, 3, 0]
    assert OutgoingMail.objects.filter(address="sales1@hafei.example").count() == 4


def test_a_missed_night_leads_to_one_notice_of_the_latest_stage(due_on):
    told = heard(due_on + timedelta(days=45))
    assert all("30" in text for text in told.values())
    assert heard(due_on + timedelta(days=46)) == {}


def test_what_is_paid_is_not_reminded_of(due_on, cast):
    dealer = cast["dealer"].unit.dealer
    owed = dealer.receivables.order_by("pk")
    settles = {owed[0].pk: Decimal("38000"), owed[1].pk: Decimal("30000")}
    make_prepayment(payer_dealer=dealer, amount=Decimal("68000"), settles=settles)
    told = heard(due_on + timedelta(days=1))
    assert all(text.startswith("1 ") and "8,000.00" in text for text in told.values())


def test_the_notice_leads_to_the_payments_it_counts(client, due_on, sales1, monkeypatch):
    day = due_on + timedelta(days=8)
    heard(day)
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    client.force_login(sales1)
    page = client.get(Notice.objects.get(user=sales1).url)
    assert len(page.context["rows"]) == 2


def test_a_shifted_schedule_is_not_told_again(due_on, cast):
    day = due_on + timedelta(days=31)
    assert heard(day)
    for receivable in cast["dealer"].unit.dealer.receivables.all():
        write_off(receivable.pk, by=clerk(), amount=Decimal("1"), text="尾差")
    assert heard(day + timedelta(days=1)) == {}
