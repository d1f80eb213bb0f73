"""The decision on a doubtful retail sale, which is the decision on the sale."""

from django.utils.translation import gettext_lazy

from analytics.models import RetailFinding
from contracts.actions import refute_returned_sale
from contracts.models import Retail
from contracts.workflow import RETAIL_STEPS
from core.workflow import Step, take

S, V = RetailFinding.Status, Retail.Verification
CONFIRM, REFUTE = RETAIL_STEPS


def confirm(finding, *, by, note):
    """A sale verified before stays as it is."""
    if finding.retail.verification == V.TO_VERIFY:
        take(CONFIRM, finding.retail_id, Retail, by=by, note=note)


def confirm_outside(finding, *, by, note):
    """Genuine, but not sold where it should have been: policies that leave such sales out take their rebate back."""
    confirm(finding, by=by, note=note)
    Retail.objects.filter(pk=finding.retail_id).update(is_out_of_area=True)


def refute(finding, *, by, note):
    """A false report counts nowhere, and neither does its return."""
    if finding.retail.verification == V.FALSE:
        return
    if finding.retail.is_live:
        take(REFUTE, finding.retail_id, Retail, by=by, note=note)
    else:
        refute_returned_sale(finding.retail_id, by=by, note=note)


FINDING_STEPS = (
    Step(
        "confirm",
        gettext_lazy("Genuine"),
        frozenset({S.OPEN}),
        S.GENUINE,
        "analytics.decide_retailfinding",
        confirm,
        needs_note=True,
        tone="success",
    ),
    Step(
        "outside",
        gettext_lazy("Genuine, outside the area"),
        frozenset({S.OPEN}),
        S.OUT_OF_AREA,
        "analytics.decide_retailfinding",
        confirm_outside,
        needs_note=True,
        tone="secondary",
    ),
    Step(
        "refute",
        gettext_lazy("False report"),
        frozenset({S.OPEN}),
        S.FALSE,
        "analytics.decide_retailfinding",
        refute,
        needs_note=True,
        tone="danger",
    ),
)
