from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.formats import money
from dealers.closed_months import check_day
from dealers.models import AccountEntry, Dealer
from dealers.queries import balance
from users.models import User


def post_entry(
    dealer_id: int,
    *,
    account: str,
    kind: str,
    amount: Decimal,
    on: date,
    source_key: str,
    text: str = "",
    by: User | None,
) -> None:
    """Post one cause to an account; the same cause again changes nothing."""
    post_entries(
        [
            AccountEntry(
                dealer_id=dealer_id,
                account=account,
                kind=kind,
                amount=amount,
                on=on,
                source_key=source_key,
                text=text,
                by=by,
            )
        ]
    )


@transaction.atomic
def enter_by_hand(
    *, by: User, dealer: Dealer, account: str, kind: str, amount: Decimal, on: date, reference: str, text: str = ""
) -> AccountEntry:
    """Money paid in to, or out of, the deposit or parts account; never more out than is there, a reference once."""
    Dealer.objects.select_for_update(of=("self",)).get(pk=dealer.pk)
    key = f"bank:{' '.join(reference.split())}"
    if AccountEntry.objects.filter(source_key=key).exists():
        raise RuleBroken({"reference": _("This reference was entered before; nothing was added.")})
    if account not in AccountEntry.BY_HAND or kind not in AccountEntry.KINDS_BY_HAND or amount <= 0:
        raise RuleBroken({"amount": _("Enter an amount above zero.")})
    check_day("on", on)
    there = balance(dealer.pk, account)
    if kind == AccountEntry.Kind.PAID_OUT and amount > there:
        raise RuleBroken(
            {
                "amount": _("%(dealer)s has %(balance)s yuan on this account. Enter at most this amount.")
                % {"dealer": dealer, "balance": money(there)}
            }
        )
    signed = amount if kind == AccountEntry.Kind.PAID_IN else -amount
    return AccountEntry.objects.create(
        dealer=dealer, account=account, kind=kind, amount=signed, on=on, source_key=key, text=text, by=by
    )


def post_entries(entries: Iterable[AccountEntry]) -> None:
    """Many at once; those whose ``source_key`` was posted before are left out."""
    AccountEntry.objects.bulk_create(entries, ignore_conflicts=True, batch_size=5_000)
