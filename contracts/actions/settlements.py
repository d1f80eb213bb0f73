"""Receipts pay receivables: what is settled leaves the prepayment of the payer, and comes back by negative rows.

Orders are locked before receivables, these before receipts, each in the order of their keys.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from contracts.actions.instalments import refresh_due_days
from contracts.models import Order, Receipt, Receivable, Settlement
from core.errors import RuleBroken
from core.formats import money
from customers.models import Customer
from dealers.models import Dealer
from users.models import User


def locked_receivables(settles: Mapping[int, Decimal], payer: Dealer | Customer) -> list[Receivable]:
    """Those a payer wants to pay, each with at least this amount outstanding; as everywhere, their orders first."""
    list(Order.objects.select_for_update(of=("self",)).filter(receivable__in=settles).order_by("pk").values_list("pk"))
    wanted = Receivable.objects.select_for_update(of=("self",)).select_related("order").filter(pk__in=settles)
    receivables = list(wanted.order_by("pk"))
    if len(receivables) != len(settles):
        raise RuleBroken(_("A receivable is no longer there. Open the page again."))
    for receivable in receivables:
        _check(receivable, settles[receivable.pk], payer)
    return receivables


def settle(
    receipt: Receipt, receivables: list[Receivable], settles: Mapping[int, Decimal], *, by: User | None, on: date
) -> list[Settlement]:
    """Use a locked receipt for locked receivables."""
    used = sum(settles.values(), Decimal(0))
    left = receipt.amount - receipt.used_amount
    if used > left:
        raise RuleBroken(
            _("Receipt %(number)s has %(left)s yuan left; %(used)s yuan are distributed. Lower the amounts.")
            % {"number": receipt, "left": money(left), "used": money(used)}
        )
    rows = Settlement.objects.bulk_create(
        Settlement(receipt=receipt, receivable=receivable, amount=settles[receivable.pk], on=on, by=by)
        for receivable in receivables
    )
    receipt.used_amount += used
    receipt.save(update_fields=["used_amount"])
    for receivable in receivables:
        receivable.received_amount += settles[receivable.pk]
    Receivable.objects.bulk_update(receivables, ["received_amount"])
    refresh_due_days(receivables)
    return rows


def give_back_surplus(receivable: Receivable, *, on: date, by: User | None) -> None:
    """What a locked receivable has received beyond its amount goes back to the receipts, the latest first."""
    surplus = receivable.received_amount - receivable.amount
    if surplus <= 0:
        return
    held = (
        Settlement.objects.filter(receivable=receivable).order_by().values_list("receipt").annotate(sum=Sum("amount"))
    )
    parts = {receipt: amount for receipt, amount in held.order_by("-receipt") if amount > 0}
    list(Receipt.objects.select_for_update(of=("self",)).filter(pk__in=parts).order_by("pk").values_list("pk"))
    for receipt_id, amount in parts.items():
        given = min(surplus, amount)
        Settlement.objects.create(receipt_id=receipt_id, receivable=receivable, amount=-given, on=on, by=by)
        Receipt.objects.filter(pk=receipt_id).update(used_amount=F("used_amount") - given)
        receivable.received_amount -= given
        surplus -= given
        if not surplus:
            return


def _check(receivable: Receivable, amount: Decimal, payer: Dealer | Customer) -> None:
    if receivable.buyer != payer:
        raise RuleBroken(
            _("“%(order)s” is owed by %(buyer)s, not by %(payer)s.")
            % {"order": receivable.order, "buyer": receivable.buyer, "payer": payer}
        )
    if amount <= 0:
        raise RuleBroken(_("Enter an amount above zero for “%(order)s”.") % {"order": receivable.order})
    outstanding = receivable.amount - receivable.received_amount
    if amount > outstanding:
        raise RuleBroken(
            _("“%(order)s” has %(outstanding)s yuan outstanding. Enter at most this amount.")
            % {"order": receivable.order, "outstanding": money(outstanding)}
        )
