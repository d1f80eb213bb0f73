from contracts import filters, forms, tables, workflow
from core.pages import Pages

AMENDMENTS = Pages(
    table=tables.AMENDMENTS,
    filters=filters.AmendmentFilter,
    form=forms.AmendmentForm,
    steps=workflow.AMENDMENT_STEPS,
    key_figures=("contract__number", "reason", "made_by__name"),
    only=frozenset({"list", "detail"}),
)
