from contracts import actions, filters, forms, links, tables
from contracts.models import Instalment, ReceivableEntry, Refund, Settlement
from contracts.pages.orders import READ_ONLY
from core.pages import Pages, Panel
from core.tables import Column

RECEIVABLES = Pages(
    table=tables.RECEIVABLES,
    filters=filters.ReceivableFilter,
    key_figures=("amount", "received_amount", "outstanding_amount", "due_on"),
    links=links.of_receivable,
    panels=(
        Panel(
            Instalment._meta.verbose_name_plural,
            tables.INSTALMENTS_OF_ONE,
            lambda receivable, user: Instalment.objects.visible_to(user).filter(receivable=receivable),
        ),
        Panel(
            Settlement._meta.verbose_name_plural,
            tables.SETTLEMENTS,
            lambda receivable, user: Settlement.objects.visible_to(user).filter(receivable=receivable),
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
    links=links.of_receipt,
    facts=(*tables.RECEIPTS.columns, Column("used_amount", kind="money")),
    key_figures=("amount", "used_amount", "prepaid_amount", "received_on"),
    panels=(
        Panel(
            Settlement._meta.verbose_name_plural,
            tables.SETTLEMENTS,
            lambda receipt, user: Settlement.objects.visible_to(user).filter(receipt=receipt),
        ),
        Panel(
            Refund._meta.verbose_name_plural,
            tables.REFUNDS,
            lambda receipt, user: Refund.objects.visible_to(user).filter(receipt=receipt),
            "contracts:refund_detail",
        ),
    ),
    only=frozenset({"list", "detail", "add"}),
)
SETTLEMENTS = Pages(table=tables.SETTLEMENTS, filters=filters.SettlementFilter, only=frozenset({"list"}))
REFUNDS = Pages(table=tables.REFUNDS, filters=filters.RefundFilter, only=READ_ONLY)
INSTALMENTS = Pages(table=tables.INSTALMENTS, filters=filters.InstalmentFilter, only=frozenset({"list"}))
