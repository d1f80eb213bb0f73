"""Paying part of an invoice out of the dealer's rebate account."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from contracts.actions.receivables import lower_receivable, raise_receivable
from contracts.credit import credit_of
from contracts.models import Invoice, Order, RebateUse, ReceivableEntry
from core.errors import RuleBroken
from core.formats import money
from dealers.actions import post_entries
from dealers.models import AccountEntry, Dealer
from users.models import User

CENT = Decimal("0.01")
Account, Kind = AccountEntry.Account, AccountEntry.Kind


def use_rebate(order: Order, invoices: Sequence[Invoice], *, amount: Decimal, by: User, on: date) -> list[RebateUse]:
    """Invoices just written for a locked order cost less; never more than the limit, never more than is there."""
    if order.is_direct:
        raise RuleBroken({"rebate_amount": _("“%(order)s” is sold without a dealer.") % {"order": order}})
    total = sum(invoice.amount for invoice in invoices)
    dealer = Dealer.objects.select_for_update(of=("self",)).get(pk=order.buyer_dealer_id)
    most = credit_of(dealer).usable_rebate(total)
    if amount > most:
        raise RuleBroken(
            {
                "rebate_amount": _(
                    "“%(dealer)s” may use %(most)s yuan of rebate for %(total)s yuan. Enter at most that."
                )
                % {"dealer": dealer, "most": money(most), "total": money(total)}
            }
        )
    uses = RebateUse.objects.bulk_create(
        RebateUse(invoice=invoice, amount=part, by=by) for invoice, part in _spread(invoices, amount) if part
    )
    lower_receivable(order, kind=ReceivableEntry.Kind.REBATE, amount=amount, on=on, by=by)
    post_entries([_entry(use, dealer, sign=-1, source="rebate_use", on=on, by=by) for use in uses])
    return uses


def return_rebate(invoice: Invoice, *, by: User, on: date) -> None:
    """The car of an invoice came back: what its buyer paid by rebate stands on his account again.

    Call it before the goods are taken off the receivable of the locked order.
    """
    use = RebateUse.objects.filter(invoice=invoice).select_related("invoice__order").first()
    if use is None:
        return
    order = use.invoice.order
    raise_receivable(order, kind=ReceivableEntry.Kind.REBATE, amount=use.amount, on=on, by=by)
    entry = _entry(use, order.buyer_dealer, sign=1, source="rebate_return", on=on, by=by)
    post_entries([entry])


def _spread(invoices: Sequence[Invoice], amount: Decimal) -> list[tuple[Invoice, Decimal]]:
    """In proportion to the amounts of the invoices; the last one takes the cents that are left."""
    total, rest = sum(invoice.amount for invoice in invoices), amount
    parts = []
    for invoice in invoices[:-1]:
        part = (amount * invoice.amount / total).quantize(CENT, ROUND_DOWN)
        parts.append((invoice, part))
        rest -= part
    return [*parts, (invoices[-1], rest)]


def _entry(use: RebateUse, dealer: Dealer, *, sign: int, source: str, on: date, by: User) -> AccountEntry:
    return AccountEntry(
        dealer=dealer,
        account=Account.REBATE,
        kind=Kind.CONSUMED,
        amount=sign * use.amount,
        on=on,
        source_key=f"{source}:{use.invoice_id}",
        text=use.invoice.number,
        by=by,
    )
