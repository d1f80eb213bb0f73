"""A proposal of cars is taken over, or dropped."""

from django.utils.translation import gettext_lazy

from contracts import actions, forms
from contracts.models import AllocationProposal
from core.workflow import Step

P = AllocationProposal.Status


def apply(proposal, *, by, note, reserved_until):
    actions.apply_proposal(proposal, by=by, reserved_until=reserved_until)


PROPOSAL_STEPS = (
    Step(
        "apply",
        gettext_lazy("Allocate as proposed"),
        frozenset({P.PROPOSED}),
        P.APPLIED,
        "contracts.apply_allocationproposal",
        apply,
        forms.ApplyProposalForm,
        tone="success",
    ),
    Step(
        "drop",
        gettext_lazy("Drop the proposal"),
        frozenset({P.PROPOSED}),
        P.DROPPED,
        "contracts.apply_allocationproposal",
        tone="secondary",
    ),
)
