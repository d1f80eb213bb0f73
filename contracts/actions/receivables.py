"""What the buyer of an order owes: opened by the approval, lowered and raised by entries, never below nothing."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts import rules
from contracts.actions.accounts import post_reduction
from contracts.actions.settlements import give_back_surplus
from contracts.models import Order, Receivable, ReceivableEntry
from core.errors import RuleBroken
from core.formats import money
from users.models import User

Kind = ReceivableEntry.Kind


def open_receivable(order: Order, *, by: User | None, on: date) -> Receivable:
    """What the buyer of a locked, approved order owes from now on."""
    receivable = Receivable.objects.create(
        order=order,
        buyer_dealer=order.buyer_dealer,
        buyer_customer=order.buyer_customer,
        unit=order.unit,
        amount=order.total_amount,
        opened_on=on,
        due_on=rules.payment_due(on, order.contract.payment_days),
    )
    ReceivableEntry.objects.create(receivable=receivable, kind=Kind.OPENED, amount=receivable.amount, on=on, by=by)
    return receivable


def take_back_receivable(order: Order, *, by: User | None, on: date) -> None:
    """The receivable of a locked order falls to nothing; money received for it becomes a prepayment."""
    receivable = Receivable.objects.filter(order=order).first()
    if receivable is not None and receivable.amount:
        lower_receivable(order, kind=Kind.CANCELLED, amount=receivable.amount, on=on, by=by)


def lower_receivable(
    order: Order, *, kind: str, amount: Decimal, on: date, by: User | None, text: str = ""
) -> ReceivableEntry:
    """Less is owed for a locked order by a negative entry; what was paid beyond the rest becomes a prepayment."""
    receivable = _locked(order)
    if not 0 < amount <= receivable.amount:
        raise RuleBroken(
            _("%(amount)s yuan cannot be taken off: “%(order)s” is charged with %(charged)s yuan.")
            % {"amount": money(amount), "order": order, "charged": money(receivable.amount)}
        )
    entry = ReceivableEntry.objects.create(receivable=receivable, kind=kind, amount=-amount, on=on, text=text, by=by)
    receivable.amount -= amount
    give_back_surplus(receivable, on=on, by=by)
    receivable.save(update_fields=["amount", "received_amount"])
    post_reduction(entry, by=by)
    return entry


def raise_receivable(
    order: Order, *, kind: str, amount: Decimal, on: date, by: User | None, text: str = ""
) -> ReceivableEntry:
    """More is owed for a locked order, by a positive entry."""
    if amount <= 0:
        raise RuleBroken(_("Enter an amount above zero."))
    receivable = _locked(order)
    entry = ReceivableEntry.objects.create(receivable=receivable, kind=kind, amount=amount, on=on, text=text, by=by)
    receivable.amount += amount
    receivable.save(update_fields=["amount"])
    post_reduction(entry, by=by)
    return entry


def _locked(order: Order) -> Receivable:
    return Receivable.objects.select_for_update(of=("self",)).get(order=order)
