"""The status diagram of contracts."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from contracts.approvals import CONTRACT_APPROVAL
from contracts.models import Contract
from contracts.queries import is_won_without
from core.workflow import Step, behind
from customers.actions import reopen_opportunity, win_opportunity
from customers.models import Opportunity

C = Contract.Status


def sign(contract, *, by, note):
    """The sale that a quotation led to is made when its contract is signed."""
    contract.signed_on = timezone.localdate()
    contract.save(update_fields=["signed_on"])
    if contract.quotation and contract.quotation.opportunity_id:
        win_opportunity(contract.quotation.opportunity_id, by=by)


def terminate(contract, *, by, note):
    """What the contract had won is open again, unless something else keeps it won."""
    opportunity = contract.quotation.opportunity_id if contract.quotation else None
    if opportunity is None:
        return
    Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity)
    if not is_won_without(contract, opportunity):
        reopen_opportunity(opportunity, by=by)


_STEPS = (
    Step("submit", gettext_lazy("Submit"), frozenset({C.DRAFT}), C.SUBMITTED, "contracts.submit_contract"),
    Step(
        "sign",
        gettext_lazy("Sign"),
        frozenset({C.SUBMITTED}),
        C.SIGNED,
        "contracts.sign_contract",
        sign,
        by_another=True,
        tone="success",
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({C.SUBMITTED}),
        C.DRAFT,
        "contracts.return_contract",
        needs_note=True,
        tone="warning",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({C.SUBMITTED}),
        C.DRAFT,
        "contracts.submit_contract",
        tone="secondary",
    ),
    Step(
        "suspend",
        gettext_lazy("Suspend"),
        frozenset(Contract.IN_FORCE),
        C.SUSPENDED,
        "contracts.suspend_contract",
        needs_note=True,
        tone="warning",
    ),
    Step(
        "resume",
        gettext_lazy("Resume"),
        frozenset({C.SUSPENDED}),
        C.FULFILLING,
        "contracts.suspend_contract",
        needs_note=True,
    ),
    Step(
        "complete",
        gettext_lazy("Complete"),
        frozenset({C.FULFILLING}),
        C.COMPLETED,
        "contracts.terminate_contract",
        tone="secondary",
    ),
    Step(
        "terminate",
        gettext_lazy("Terminate"),
        frozenset({*Contract.IN_FORCE, C.SUSPENDED}),
        C.TERMINATED,
        "contracts.terminate_contract",
        terminate,
        needs_note=True,
        tone="danger",
    ),
    Step(
        "void",
        gettext_lazy("Declare void"),
        frozenset({C.DRAFT, C.SUBMITTED}),
        C.VOID,
        "contracts.return_contract",
        needs_note=True,
        tone="secondary",
    ),
)
CONTRACT_STEPS = behind(CONTRACT_APPROVAL, _STEPS)
