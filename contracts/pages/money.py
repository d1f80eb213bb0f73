from contracts import actions, filters, forms, links, tables
from contracts.models import (
    Receipt,
    ReceivableEntry,
)
from contracts.pages.orders import READ_ONLY
from core.pages import Pages, Panel

RECEIVABLES = Pages(
    table=tables.RECEIVABLES,
    filters=filters.ReceivableFilter,
    key_figures=("amount", "received_amount", "outstanding_amount", "due_on"),
    links=links.of_receivable,
    panels=(
        Panel(
            Receipt._meta.verbose_name_plural,
            tables.RECEIPTS,
            lambda receivable, user: Receipt.objects.visible_to(user).filter(receivable=receivable),
            "contracts:receipt_detail",
        ),
        Panel(
            ReceivableEntry._meta.verbose_name_plural,
            tables.RECEIVABLE_ENTRIES,
            lambda receivable, user: ReceivableEntry.objects.visible_to(user).filter(receivable=receivable),
        ),
    ),
    only=READ_ONLY,
)


RECEIPTS = Pages(
    table=tables.RECEIPTS,
    filters=filters.ReceiptFilter,
    form=forms.ReceiptForm,
    create=actions.record_receipt,
    only=frozenset({"list", "detail", "add"}),
)
