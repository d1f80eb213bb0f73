from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts import actions, filters, forms, links, tables, workflow
from contracts.models import (
    Allocation,
    Contract,
    Delivery,
    Invoice,
    Order,
    OrderLine,
    Quotation,
    QuotationLine,
    Receipt,
    Receivable,
    ReceivableEntry,
    Retail,
)
from contracts.pricing import offers_of
from core.pages import Pages, Panel
from customers.models import Customer, Opportunity

READ_ONLY = frozenset({"list", "detail"})


def lines_of_record(record) -> list[dict]:
    """The lines as the form takes them: only what it asks for."""
    names = (
        "sku",
        "quantity",
        "list_price_amount",
        "discount_percent",
        "unit_price_amount",
        "retail_price_amount",
    )
    return [
        {name: getattr(line, name) for name in names if hasattr(line, name)}
        for line in record.lines.select_related("sku")
    ]


def lines_to_offer(quotation: Quotation) -> list[dict]:
    """A draft is changed at the prices of today."""
    return offers_of(quotation.lines.select_related("sku"), timezone.localdate())


def of_customer(customer: Customer) -> Q:
    """Whether he is the end user or buys without a dealer."""
    return Q(customer=customer) | Q(buyer_customer=customer)


ORDERS_PANEL = (
    Order._meta.verbose_name_plural,
    tables.ORDERS,
)
QUOTATIONS = Pages(
    table=tables.QUOTATIONS,
    filters=filters.QuotationFilter,
    form=forms.QuotationForm,
    lines=forms.QuotationLines,
    lines_initial=lines_to_offer,
    create=actions.add_quotation,
    update=actions.change_quotation,
    steps=workflow.QUOTATION_STEPS,
    key_figures=("total_amount", "largest_discount_percent", "customer__name", "valid_until"),
    links=links.of_quotation,
    panels=(
        Panel(
            QuotationLine._meta.verbose_name_plural,
            tables.QUOTATION_LINES,
            lambda quotation, user: QuotationLine.objects.visible_to(user).filter(quotation=quotation),
        ),
        Panel(
            _("Versions"),
            tables.QUOTATIONS,
            lambda quotation, user: Quotation.objects.visible_to(user).filter(number=quotation.number),
            "contracts:quotation_detail",
        ),
        Panel(
            Contract._meta.verbose_name_plural,
            tables.CONTRACTS,
            lambda quotation, user: Contract.objects.visible_to(user).filter(quotation=quotation),
            "contracts:contract_detail",
        ),
        Panel(
            *ORDERS_PANEL,
            lambda quotation, user: Order.objects.visible_to(user).filter(quotation=quotation),
            "contracts:order_detail",
        ),
    ),
)
DISCOUNT_LIMITS = Pages(
    table=tables.DISCOUNT_LIMITS,
    filters=filters.DiscountLimitFilter,
    form=forms.DiscountLimitForm,
    create=actions.add_discount_limit,
    update=actions.change_discount_limit,
)
CONTRACTS = Pages(
    table=tables.CONTRACTS,
    filters=filters.ContractFilter,
    form=forms.ContractForm,
    create=actions.add_contract,
    update=actions.change_contract,
    steps=workflow.CONTRACT_STEPS,
    key_figures=("agreed_count", "agreed_amount", "starts_on", "ends_on"),
    links=links.of_contract,
    panels=(
        Panel(
            QuotationLine._meta.verbose_name_plural,
            tables.QUOTATION_LINES,
            lambda contract, user: QuotationLine.objects.visible_to(user).filter(quotation__contract=contract),
        ),
        Panel(
            *ORDERS_PANEL,
            lambda contract, user: Order.objects.visible_to(user).filter(contract=contract),
            "contracts:order_detail",
        ),
    ),
)
ORDERS = Pages(
    table=tables.ORDERS,
    filters=filters.OrderFilter,
    form=forms.OrderForm,
    lines=forms.OrderLines,
    lines_initial=lines_of_record,
    create=actions.place_order,
    update=actions.change_order,
    steps=workflow.ORDER_STEPS,
    key_figures=("total_amount", "buyer_dealer__name", "customer__name", "ordered_on"),
    links=links.of_order,
    panels=(
        Panel(
            OrderLine._meta.verbose_name_plural,
            tables.ORDER_LINES,
            lambda order, user: OrderLine.objects.visible_to(user).filter(order=order),
        ),
        Panel(
            Allocation._meta.verbose_name_plural,
            tables.ALLOCATIONS,
            lambda order, user: Allocation.objects.visible_to(user).filter(order_line__order=order),
            "contracts:allocation_detail",
        ),
        Panel(
            Delivery._meta.verbose_name_plural,
            tables.DELIVERIES,
            lambda order, user: Delivery.objects.visible_to(user).filter(order=order),
            "contracts:delivery_detail",
        ),
        Panel(
            Invoice._meta.verbose_name_plural,
            tables.INVOICES,
            lambda order, user: Invoice.objects.visible_to(user).filter(order=order),
            "contracts:invoice_detail",
        ),
        Panel(
            Receivable._meta.verbose_name_plural,
            tables.RECEIVABLES,
            lambda order, user: Receivable.objects.visible_to(user).filter(order=order),
            "contracts:receivable_detail",
        ),
    ),
)
ALLOCATIONS = Pages(
    table=tables.ALLOCATIONS,
    filters=filters.AllocationFilter,
    links=links.of_allocation,
    panels=(
        Panel(
            Retail._meta.verbose_name_plural,
            tables.RETAILS,
            lambda allocation, user: Retail.objects.visible_to(user).filter(allocation=allocation),
            "contracts:retail_detail",
        ),
    ),
    only=READ_ONLY,
)
INVOICES = Pages(table=tables.INVOICES, filters=filters.InvoiceFilter, only=READ_ONLY)
DELIVERIES = Pages(
    table=tables.DELIVERIES,
    filters=filters.DeliveryFilter,
    panels=(
        Panel(
            Allocation._meta.verbose_name_plural,
            tables.ALLOCATIONS,
            lambda delivery, user: Allocation.objects.visible_to(user).filter(delivery=delivery),
            "contracts:allocation_detail",
        ),
    ),
    only=READ_ONLY,
)
RETAILS = Pages(
    table=tables.RETAILS,
    filters=filters.RetailFilter,
    steps=workflow.RETAIL_STEPS,
    key_figures=("price_amount", "retailed_on", "warranty_starts_on", "dealer__name"),
    links=links.of_retail,
    only=READ_ONLY,
)
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

QUOTATIONS_TAB = (Quotation._meta.verbose_name_plural, tables.QUOTATIONS)
RECORD_TABS: dict[type[Model], tuple[Panel, ...]] = {
    Customer: (
        Panel(
            *QUOTATIONS_TAB,
            lambda customer, user: Quotation.objects.visible_to(user).filter(customer=customer),
            "contracts:quotation_detail",
            add_url=lambda customer, user: links.quotation_form(customer=customer.pk),
        ),
        Panel(
            *ORDERS_PANEL,
            lambda customer, user: Order.objects.visible_to(user).filter(of_customer(customer)),
            "contracts:order_detail",
        ),
    ),
    Opportunity: (
        Panel(
            *QUOTATIONS_TAB,
            lambda opportunity, user: Quotation.objects.visible_to(user).filter(opportunity=opportunity),
            "contracts:quotation_detail",
            add_url=lambda opportunity, user: links.quotation_form(
                customer=opportunity.customer_id, opportunity=opportunity.pk
            ),
        ),
    ),
}
PAGES = (
    QUOTATIONS,
    DISCOUNT_LIMITS,
    CONTRACTS,
    ORDERS,
    ALLOCATIONS,
    INVOICES,
    DELIVERIES,
    RETAILS,
    RECEIVABLES,
    RECEIPTS,
)
