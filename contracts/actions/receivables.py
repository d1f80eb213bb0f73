from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts import rules
from contracts.models import Order, Receipt, Receivable, ReceivableEntry
from core.errors import RuleBroken
from core.formats import money
from core.notices import notify
from core.numbering import next_number
from users.models import User

Kind = ReceivableEntry.Kind


def open_receivable(order: Order, *, by: User, on: date) -> Receivable:
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


def take_back_receivable(order: Order, *, by: User, on: date) -> None:
    """The receivable of a locked order falls to nothing by a negative entry; not while it holds money."""
    receivable = Receivable.objects.select_for_update(of=("self",)).filter(order=order).first()
    if receivable is None:
        return
    if receivable.received_amount:
        raise RuleBroken(
            _(
                "%(amount)s yuan have been received for “%(order)s”, so it can no longer be cancelled. "
                "Allocate its cars and deliver it."
            )
            % {"amount": money(receivable.received_amount), "order": order}
        )
    ReceivableEntry.objects.create(receivable=receivable, kind=Kind.CANCELLED, amount=-receivable.amount, on=on, by=by)
    receivable.amount = Decimal(0)
    receivable.save(update_fields=["amount"])


@transaction.atomic
def record_receipt(
    *, by: User, receivable: Receivable, amount: Decimal, received_on: date, reference: str, **fields
) -> Receipt:
    """Money that came in lowers the receivable; each bank reference is entered once."""
    receivable = Receivable.objects.select_for_update(of=("self",)).select_related("order").get(pk=receivable.pk)
    reference = " ".join(reference.split())
    _refuse_entered(reference)
    outstanding = receivable.amount - receivable.received_amount
    if amount > outstanding:
        raise RuleBroken(
            {
                "amount": _("“%(order)s” has %(outstanding)s yuan outstanding. Enter at most this amount.")
                % {"order": receivable.order, "outstanding": money(outstanding)}
            }
        )
    if received_on > timezone.localdate():
        raise RuleBroken({"received_on": _("The day lies in the future.")})
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                number=next_number("receipt", prefix="SK", on=timezone.localdate()),
                receivable=receivable,
                amount=amount,
                received_on=received_on,
                reference=reference,
                entered_by=by,
                **fields,
            )
    except IntegrityError:
        _refuse_entered(reference)
        raise
    receivable.received_amount += amount
    receivable.save(update_fields=["received_amount"])
    _tell_owner(receivable, receipt, by=by)
    return receipt


def _refuse_entered(reference: str) -> None:
    twin = Receipt.objects.filter(reference=reference).first()
    if twin:
        raise RuleBroken(
            {
                "reference": _(
                    "Receipt %(number)s already holds the bank reference “%(reference)s”; nothing was added."
                )
                % {"number": twin, "reference": reference}
            }
        )


def _tell_owner(receivable: Receivable, receipt: Receipt, *, by: User) -> None:
    owner_id = receivable.order.owner_id
    if owner_id and owner_id != by.pk:
        notify(
            [owner_id],
            gettext_noop("%(amount)s yuan were received for the order %(order)s."),
            url=reverse("contracts:receivable_detail", args=[receivable.pk]),
            amount=money(receipt.amount),
            order=str(receivable.order),
        )
