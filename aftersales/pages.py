from aftersales import actions, filters, forms, tables, workflow
from aftersales.models import Claim, ClaimLine
from core.pages import Pages, Panel


def claim_lines(claim: Claim) -> list[dict]:
    """Prices of labour and parts come from the lists, so only other costs bring theirs along."""
    return [
        {
            "kind": line.kind,
            "code": line.code,
            "quantity": line.quantity,
            "description": line.description if line.kind == ClaimLine.Kind.OTHER else "",
            "unit_amount": line.unit_amount if line.kind == ClaimLine.Kind.OTHER else None,
        }
        for line in claim.lines.all()
    ]


PARTS = Pages(
    table=tables.PARTS,
    filters=filters.PartFilter,
    form=forms.PartForm,
    create=actions.add_part,
    update=actions.change_part,
)
LABOUR_OPERATIONS = Pages(
    table=tables.LABOUR_OPERATIONS,
    filters=filters.LabourOperationFilter,
    form=forms.LabourOperationForm,
    create=actions.add_labour_operation,
    update=actions.change_labour_operation,
)
LABOUR_RATES = Pages(
    table=tables.LABOUR_RATES,
    filters=filters.LabourRateFilter,
    form=forms.LabourRateForm,
    create=actions.add_labour_rate,
    update=actions.change_labour_rate,
)
SERVICE_REQUESTS = Pages(
    table=tables.SERVICE_REQUESTS,
    filters=filters.ServiceRequestFilter,
    form=forms.ServiceRequestForm,
    create=actions.add_service_request,
    update=actions.change_service_request,
    steps=workflow.SERVICE_REQUEST_STEPS,
    key_figures=("phone", "vehicle__vin", "opened_at"),
)
CLAIMS = Pages(
    table=tables.CLAIMS,
    filters=filters.ClaimFilter,
    form=forms.ClaimForm,
    create=actions.add_claim,
    update=actions.change_claim,
    lines=forms.ClaimLines,
    lines_initial=claim_lines,
    steps=workflow.CLAIM_STEPS,
    key_figures=("vehicle__vin", "mileage_km", "claimed_amount", "approved_amount"),
    panels=(
        Panel(
            ClaimLine._meta.verbose_name_plural,
            tables.CLAIM_LINES,
            lambda claim, user: ClaimLine.objects.visible_to(user).filter(claim=claim),
        ),
    ),
)
CLAIM_LINES = Pages(table=tables.CLAIM_LINES, filters=filters.ClaimLineFilter, only=frozenset({"list"}))

PAGES = (PARTS, LABOUR_OPERATIONS, LABOUR_RATES, SERVICE_REQUESTS, CLAIMS, CLAIM_LINES)
