"""What the buyer of an order owes: opened by the approval, lowered and raised by entries, never below nothing."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.actions.accounts import post_reduction
from contracts.actions.instalments import refresh_due_days, shift_schedule, terms_of, write_schedule
from contracts.actions.settlements import give_back_surplus
from contracts.models import Order, Receivable, ReceivableEntry
from contracts.schedules import schedule
from core.errors import RuleBroken
from core.formats import money
from users.models import User

Kind = ReceivableEntry.Kind


def open_receivable(order: Order, *, by: User | None, on: date) -> Receivable:
    """What the buyer of a locked, approved order owes from now on."""
    parts = schedule(order.total_amount, terms_of(order.contract), on=on)
    receivable = Receivable.objects.create(
        order=order,
        buyer_dealer=order.buyer_dealer,
        buyer_customer=order.buyer_customer,
        unit=order.unit,
        amount=order.total_amount,
        opened_on=on,
        due_on=parts[0].due_on if parts else on,
    )
    write_schedule(receivable, parts)
    ReceivableEntry.objects.create(receivable=receivable, kind=Kind.OPENED, amount=receivable.amount, on=on, by=by)
    return receivable


def take_back_receivable(order: Order, *, by: User | None, on: date) -> None:
    """The receivable of a locked order falls to nothing; money received for it becomes a prepayment."""
    goods = ReceivableEntry.objects.filter(receivable__order=order, kind__in=ReceivableEntry.GOODS)
    if charged := _sum(goods):
        lower_receivable(order, kind=Kind.CANCELLED, amount=charged, on=on, by=by)


def lower_receivable(
    order: Order, *, kind: str, amount: Decimal, on: date, by: User | None, text: str = ""
) -> ReceivableEntry:
    """Less is owed for a locked order by a negative entry; what was paid beyond the rest becomes a prepayment."""
    if kind in ReceivableEntry.GOODS:
        _take_back_write_off(order, amount, on=on, by=by)
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
    shift_schedule(receivable, -amount, on=on)
    refresh_due_days([receivable])
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
    shift_schedule(receivable, amount, on=on)
    refresh_due_days([receivable])
    post_reduction(entry, by=by)
    return entry


@transaction.atomic
def write_off(receivable_id: int, *, by: User, amount: Decimal, text: str) -> ReceivableEntry:
    """Money that will not come is no longer asked for; nothing that was received is touched."""
    order_id = Receivable.objects.values_list("order", flat=True).get(pk=receivable_id)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    outstanding = _locked(order).outstanding_amount
    if amount > outstanding:
        raise RuleBroken(
            {
                "amount": _("“%(order)s” has %(outstanding)s yuan outstanding. Enter at most this amount.")
                % {"order": order, "outstanding": money(outstanding)}
            }
        )
    return lower_receivable(order, kind=Kind.WRITTEN_OFF, amount=amount, on=timezone.localdate(), by=by, text=text)


def _take_back_write_off(order: Order, amount: Decimal, *, on: date, by: User | None) -> None:
    """Cars worth ``amount`` go: what was written off for them is asked for again, as far as it no longer fits."""
    receivable = _locked(order)
    written_off = -_sum(receivable.entries.filter(kind=Kind.WRITTEN_OFF))
    too_much = min(written_off, amount - receivable.amount)
    if too_much > 0:
        raise_receivable(order, kind=Kind.WRITTEN_OFF, amount=too_much, on=on, by=by)


def _sum(entries: QuerySet[ReceivableEntry]) -> Decimal:
    return entries.aggregate(sum=Sum("amount", default=Decimal("0.00")))["sum"]


def _locked(order: Order) -> Receivable:
    found = Receivable.objects.select_for_update(of=("self",)).select_related("order__contract")
    return found.get(order=order)
