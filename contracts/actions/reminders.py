"""Payments that fall due or are late are told in stages, one notice for each person and stage."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from contracts.models import Instalment
from core.formats import money
from users.access import Role
from users.actions import tell
from users.models import User

STAGES = (-3, 1, 7, 30, 60, 90)  # days late
FINANCE_HEARS_FROM = 30
LATE = gettext_noop("%(count)d payments with %(amount)s yuan outstanding are %(days)d days late or more.")
SOON = gettext_noop("%(count)d payments with %(amount)s yuan outstanding fall due until %(day)s.")


@transaction.atomic
def remind_of_payments(today: date) -> int:
    """How many payments were told. Each stage of a payment once: whoever was told of day 30 hears of day 60 next."""
    told = 0
    for stage in reversed(STAGES):
        reached = Q(due_on__lte=today - timedelta(days=stage)) & (Q(told_days=None) | Q(told_days__lt=stage))
        rows = Instalment.objects.unpaid().filter(reached).select_for_update(of=("self",), skip_locked=True)
        payments = list(rows.select_related("receivable__order__owner", "receivable__buyer_dealer").order_by("pk"))
        Instalment.objects.filter(pk__in=[payment.pk for payment in payments]).update(told_days=stage)
        _tell(payments, stage, today)
        told += len(payments)
    return told


def _tell(payments: list[Instalment], stage: int, today: date) -> None:
    for person, theirs in _by_person(payments, stage).items():
        amount = sum(payment.open_amount for payment in theirs)
        values = {"count": len(theirs), "amount": money(amount)}
        last = today - timedelta(days=stage)
        if stage < 0:
            tell([person], SOON, url=_url(is_unpaid="true", due_until=last), day=last.isoformat(), **values)
        else:
            tell([person], LATE, url=_url(is_overdue="true", due_until=last), days=stage, **values)


def _by_person(payments: Iterable[Instalment], stage: int) -> dict[User, list[Instalment]]:
    """The owner of the order, who leads the buying dealer, and finance when it is late for long."""
    units = {payment.receivable.unit_id for payment in payments}
    leaders = defaultdict(list)
    for leader in User.objects.on_duty().in_role(Role.DEALER_MANAGER).filter(unit__in=units):
        leaders[leader.unit_id].append(leader)
    finance = list(User.objects.on_duty().in_role(Role.FINANCE)) if stage >= FINANCE_HEARS_FROM else []
    found = defaultdict(list)
    for payment in payments:
        owner = payment.receivable.order.owner
        for person in {owner, *leaders[payment.receivable.unit_id], *finance} - {None}:
            found[person].append(payment)
    return dict(sorted(found.items(), key=lambda item: item[0].pk))


def _url(**query: object) -> str:
    return f"{reverse('contracts:instalment_list')}?{urlencode(query)}"
