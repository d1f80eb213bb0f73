"""An amendment of a contract is approved by somebody else, or rejected."""

from django.utils.translation import gettext_lazy

from contracts.actions.amendments import approve_amendment
from contracts.approvals import AMENDMENT_APPROVAL
from contracts.models import ContractAmendment
from core.workflow import Step, behind

A = ContractAmendment.Status


def approve(amendment, *, by, note):
    approve_amendment(amendment)


_STEPS = (
    Step(
        "approve",
        gettext_lazy("Approve"),
        frozenset({A.SUBMITTED}),
        A.APPROVED,
        "contracts.approve_contractamendment",
        approve,
        by_another=True,
        tone="success",
    ),
    Step(
        "reject",
        gettext_lazy("Reject"),
        frozenset({A.SUBMITTED}),
        A.REJECTED,
        "contracts.approve_contractamendment",
        needs_note=True,
        tone="warning",
    ),
)
AMENDMENT_STEPS = behind(AMENDMENT_APPROVAL, _STEPS)
