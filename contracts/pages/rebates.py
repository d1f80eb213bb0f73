from contracts import filters, links, tables, workflow
from contracts.models import RebateAccrual, RebateBasis
from contracts.pages.orders import READ_ONLY
from core.bulk import stepping
from core.pages import Pages, Panel

STEPS = {step.name: step for step in workflow.REBATE_STEPS}

REBATE_ACCRUALS = Pages(
    table=tables.REBATE_ACCRUALS,
    filters=filters.RebateAccrualFilter,
    steps=workflow.REBATE_STEPS,
    bulk=(stepping(STEPS["review"], RebateAccrual), stepping(STEPS["credit"], RebateAccrual)),
    key_figures=("amount", "car_count", "counted_count", "target_count", "value_amount", "dealer__name"),
    links=links.of_rebate_accrual,
    panels=(
        Panel(
            RebateBasis._meta.verbose_name_plural,
            tables.REBATE_BASIS,
            lambda accrual, user: RebateBasis.objects.visible_to(user).filter(accrual=accrual),
        ),
    ),
    only=READ_ONLY,
)
REBATE_BASIS = Pages(table=tables.REBATE_BASIS, filters=filters.RebateBasisFilter, only=frozenset({"list"}))
REBATES_PANEL = (RebateAccrual._meta.verbose_name_plural, tables.REBATE_ACCRUALS)
