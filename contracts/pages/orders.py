from contracts import actions, filters, forms, links, tables, workflow
from contracts.models import (
    Allocation,
    Delivery,
    Invoice,
    Order,
    OrderLine,
    OrderVersion,
    Receivable,
    Retail,
)
from core.pages import Pages, Panel

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


ORDERS_PANEL = (
    Order._meta.verbose_name_plural,
    tables.ORDERS,
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
            OrderVersion._meta.verbose_name_plural,
            tables.ORDER_VERSIONS,
            lambda order, user: OrderVersion.objects.visible_to(user).filter(order=order),
            "contracts:orderversion_detail",
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
