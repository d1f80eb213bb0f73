"""The statement of account of a key account that buys without a dealer: it has no ledger of its own."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contracts.models import Invoice, Receipt, ReceivableEntry, Refund
from customers.models import Customer
from dealers.models import AccountEntry
from dealers.statements import ZERO, Move, Statement, with_balances

Kind = AccountEntry.Kind
Rows = tuple[QuerySet, str, str, int, str]


def customer_statement(customer: Customer, *, first: date, last: date) -> Statement:
    """Paid, refunded, invoiced, written off: as the car account of a dealer shows it."""
    until = sorted(_moves(customer, last), key=lambda move: move.on)
    moves = [move for move in until if move.on >= first]
    opening = sum((move.amount for move in until if move.on < first), ZERO)
    return Statement(
        holder=customer.name,
        account=_("Cars bought without a dealer"),
        first=first,
        last=last,
        opening=opening,
        paid_in=sum((move.amount for move in moves if move.amount > 0), ZERO),
        charged=-sum((move.amount for move in moves if move.amount < 0), ZERO),
        row_count=len(moves),
        rows=with_balances(moves, opening=opening),
    )


def _moves(customer: Customer, last: date) -> Iterator[Move]:
    for rows, day, text, sign, kind in _sources(customer):
        found = rows.filter(**{f"{day}__lte": last}).order_by(day, "pk").values_list(day, text, "amount")
        for on, document, amount in found:
            is_back = kind == Kind.INVOICE and amount < 0
            yield Move(on, str(Kind(Kind.CREDIT_NOTE if is_back else kind).label), document, sign * amount)


def _sources(customer: Customer) -> tuple[Rows, ...]:
    reductions = ReceivableEntry.objects.filter(receivable__buyer_customer=customer)
    payers = Customer.objects.with_merged(customer.pk)  # receipts are never changed, not even by a merge
    return (
        (Receipt.objects.filter(payer_customer__in=payers), "received_on", "number", 1, Kind.RECEIPT),
        (Refund.objects.filter(receipt__payer_customer__in=payers), "refunded_on", "number", -1, Kind.REFUND),
        (Invoice.objects.filter(order__buyer_customer=customer), "invoiced_on", "number", -1, Kind.INVOICE),
        (
            reductions.filter(kind=ReceivableEntry.Kind.WRITTEN_OFF),
            "on",
            "receivable__order__number",
            -1,
            Kind.WRITTEN_OFF,
        ),
        (reductions.filter(kind=ReceivableEntry.Kind.REBATE), "on", "receivable__order__number", -1, Kind.REBATE),
    )
