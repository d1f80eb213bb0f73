from contracts import filters, forms, tables, workflow
from contracts.models import OrderVersionLine
from core.pages import Pages, Panel

ORDER_VERSIONS = Pages(
    table=tables.ORDER_VERSIONS,
    filters=filters.OrderVersionFilter,
    form=forms.OrderVersionForm,
    lines=forms.OrderLines,
    steps=workflow.ORDER_VERSION_STEPS,
    key_figures=("order__number", "total_amount", "reason", "made_by__name"),
    panels=(
        Panel(
            OrderVersionLine._meta.verbose_name_plural,
            tables.ORDER_VERSION_LINES,
            lambda version, user: OrderVersionLine.objects.visible_to(user).filter(version=version),
        ),
    ),
    only=frozenset({"list", "detail"}),
)
