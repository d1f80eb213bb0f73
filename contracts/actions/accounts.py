"""What money and invoices do to a dealer's car account; a key account that buys direct has none."""

from collections.abc import Iterable

from contracts.models import Invoice, Receipt, ReceivableEntry, Refund
from dealers.actions import post_entries, post_entry
from dealers.models import AccountEntry
from users.models import User

Account, Kind = AccountEntry.Account, AccountEntry.Kind
KIND_OF_REDUCTION = {
    ReceivableEntry.Kind.REBATE: Kind.REBATE,
    ReceivableEntry.Kind.WRITTEN_OFF: Kind.WRITTEN_OFF,
}


def post_receipt(receipt: Receipt, *, by: User) -> None:
    if receipt.payer_dealer_id:
        post_entry(
            receipt.payer_dealer_id,
            account=Account.CAR,
            kind=Kind.RECEIPT,
            amount=receipt.amount,
            on=receipt.received_on,
            source_key=f"receipt:{receipt.pk}",
            text=receipt.number,
            by=by,
        )


def post_refund(refund: Refund, *, by: User) -> None:
    if refund.receipt.payer_dealer_id:
        post_entry(
            refund.receipt.payer_dealer_id,
            account=Account.CAR,
            kind=Kind.REFUND,
            amount=-refund.amount,
            on=refund.refunded_on,
            source_key=f"refund:{refund.pk}",
            text=refund.number,
            by=by,
        )


def post_invoices(invoices: Iterable[Invoice], *, by: User) -> None:
    """Invoices charge the account; negative ones, for cars that came back, credit it."""
    post_entries(
        [
            AccountEntry(
                dealer_id=invoice.order.buyer_dealer_id,
                account=Account.CAR,
                kind=Kind.INVOICE if invoice.amount > 0 else Kind.CREDIT_NOTE,
                amount=-invoice.amount,
                on=invoice.invoiced_on,
                source_key=f"invoice:{invoice.pk}",
                text=invoice.number,
                by=by,
            )
            for invoice in invoices
            if invoice.order.buyer_dealer_id
        ]
    )


def post_reduction(entry: ReceivableEntry, *, by: User) -> None:
    """What is no longer asked for although the cars are invoiced in full."""
    dealer_id, kind = entry.receivable.buyer_dealer_id, KIND_OF_REDUCTION.get(entry.kind)
    if dealer_id and kind:
        post_entry(
            dealer_id,
            account=Account.CAR,
            kind=kind,
            amount=-entry.amount,
            on=entry.on,
            source_key=f"receivable_entry:{entry.pk}",
            text=str(entry.receivable),
            by=by,
        )
