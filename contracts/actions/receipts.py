"""Money of a payer: entered once, used for what he owes, the rest kept as a prepayment or given back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts.actions.accounts import post_receipt, post_refund
from contracts.actions.approvals import lock_credit, release_held_orders
from contracts.actions.settlements import locked_receivables, settle
from contracts.credit import credit_of
from contracts.models import Receipt, Refund, Settlement
from core.errors import RuleBroken
from core.formats import money
from core.notices import notify
from core.numbering import next_number
from customers.models import Customer
from dealers.closed_months import check_day
from dealers.models import Dealer
from users.models import User


@transaction.atomic
def record_receipt(
    *,
    by: User,
    amount: Decimal,
    received_on: date,
    reference: str,
    payer_dealer: Dealer | None = None,
    payer_customer: Customer | None = None,
    settles: Mapping[int, Decimal] | None = None,
    **fields,
) -> Receipt:
    """Money that came in pays the receivables named in ``settles`` by key; the rest is a prepayment of the payer."""
    payer = _only(payer_dealer, payer_customer)
    number = next_number("receipt", prefix="SK", on=timezone.localdate())
    reference = " ".join(reference.split()) or _without_advice(number, fields.get("method"))
    _refuse_entered(Receipt, reference)
    check_day("received_on", received_on)
    receivables = locked_receivables(settles or {}, payer)
    with _entered_once(Receipt, reference):
        receipt = Receipt.objects.create(
            number=number,
            payer_dealer=payer_dealer,
            payer_customer=payer_customer,
            unit=payer.unit,
            amount=amount,
            received_on=received_on,
            reference=reference,
            entered_by=by,
            **fields,
        )
    rows = settle(receipt, receivables, settles or {}, by=by, on=received_on) if receivables else []
    post_receipt(receipt, by=by)
    _tell_owners(rows, by=by)
    if payer_dealer:
        release_held_orders(payer_dealer, by=by)
    return receipt


@transaction.atomic
def use_prepayment(receipt_id: int, *, by: User, settles: Mapping[int, Decimal]) -> list[Settlement]:
    """What is left of a receipt pays receivables of its payer."""
    receipt = Receipt.objects.select_related("payer_dealer", "payer_customer").get(pk=receipt_id)
    receivables = locked_receivables(settles, receipt.payer)
    if not receivables:
        raise RuleBroken(_("Enter an amount for at least one order."))
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt_id)
    rows = settle(receipt, receivables, settles, by=by, on=timezone.localdate())
    _tell_owners(rows, by=by)
    return rows


@transaction.atomic
def refund_receipt(
    receipt_id: int, *, by: User, amount: Decimal, refunded_on: date, reference: str, reason: str
) -> Refund:
    """Prepaid money goes back to the account it came from, as far as no order rests on it."""
    reference = " ".join(reference.split())
    _refuse_entered(Refund, reference)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt_id)
    check_day("refunded_on", refunded_on, earliest=receipt.received_on)
    left = receipt.amount - receipt.used_amount
    if not 0 < amount <= left:
        raise RuleBroken(
            {
                "amount": _("Receipt %(number)s has %(left)s yuan left. Enter at most this amount.")
                % {"number": receipt, "left": money(left)}
            }
        )
    if receipt.payer_dealer:
        _refuse_committed(receipt.payer_dealer, amount)
    with _entered_once(Refund, reference):
        refund = Refund.objects.create(
            number=next_number("refund", prefix="TK", on=timezone.localdate()),
            receipt=receipt,
            amount=amount,
            refunded_on=refunded_on,
            reference=reference,
            reason=reason,
            entered_by=by,
        )
    receipt.used_amount += amount
    receipt.save(update_fields=["used_amount"])
    post_refund(refund, by=by)
    return refund


def _only(dealer: Dealer | None, customer: Customer | None) -> Dealer | Customer:
    if (dealer is None) == (customer is None):
        raise RuleBroken({"payer_dealer": _("Name one payer: the dealer or the key account.")})
    return dealer or customer


def _without_advice(number: str, method: str | None) -> str:
    """Cash comes without the bank: the number of the receipt itself stands for its reference."""
    if method != Receipt.Method.CASH:
        raise RuleBroken({"reference": _("Enter the number of the bank's advice.")})
    return number


def _refuse_committed(dealer: Dealer, amount: Decimal) -> None:
    """What approved orders rest on stays; none is approved on the same money meanwhile."""
    free = max(credit_of(lock_credit(dealer)).available, Decimal(0))
    if amount > free:
        raise RuleBroken(
            {
                "amount": _("The approved orders of “%(dealer)s” leave %(free)s yuan free. Enter at most this amount.")
                % {"dealer": dealer, "free": money(free)}
            }
        )


@contextmanager
def _entered_once(model: type[models.Model], reference: str) -> Iterator[None]:
    """Of two entries of one bank reference at the same moment the second hears of the first."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        _refuse_entered(model, reference)
        raise


def _refuse_entered(model: type[models.Model], reference: str) -> None:
    twin = model.objects.filter(reference=reference).first()
    if twin:
        raise RuleBroken(
            {
                "reference": _("%(number)s already holds the bank reference “%(reference)s”; nothing was added.")
                % {"number": twin, "reference": reference}
            }
        )


def _tell_owners(rows: list[Settlement], *, by: User) -> None:
    for row in rows:
        owner_id = row.receivable.order.owner_id
        if owner_id and owner_id != by.pk:
            notify(
                [owner_id],
                gettext_noop("%(amount)s yuan were received for the order %(order)s."),
                url=reverse("contracts:receivable_detail", args=[row.receivable_id]),
                amount=money(row.amount),
                order=str(row.receivable.order),
            )
