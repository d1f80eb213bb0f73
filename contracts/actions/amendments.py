"""The terms of a signed contract changed: asked for as a version, decided on by somebody else."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from contracts.actions.contracts import check_term
from contracts.approvals import AMENDMENT_APPROVAL
from contracts.models import Contract, ContractAmendment
from core.errors import RuleBroken
from core.workflow import log_status
from users.models import User

Status = ContractAmendment.Status
FIRST = 1


@transaction.atomic
def propose_amendment(contract_id: int, *, by: User, reason: str, **terms) -> ContractAmendment:
    """Version 1 is the contract as it was signed."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract_id)
    _check(contract)
    if waiting := contract.amendments.filter(status=Status.SUBMITTED).first():
        raise RuleBroken(_("“%(version)s” still waits for its approval.") % {"version": waiting})
    former = {name: getattr(contract, name) for name in ContractAmendment.TERMS}
    if former == terms:
        raise RuleBroken(_("Nothing is changed: enter other terms."))
    check_term(contract.starts_on, terms["ends_on"])
    amendment = ContractAmendment.objects.create(
        contract=contract,
        version=(contract.amendments.aggregate(last=Max("version"))["last"] or FIRST) + 1,
        reason=reason,
        made_by=by,
        **{f"former_{name}": value for name, value in former.items()},
        **terms,
    )
    log_status(amendment, by=by, step="submit", before="", after=amendment.status)
    AMENDMENT_APPROVAL.open_case(amendment, by=by, note=reason)
    return amendment


def approve_amendment(amendment: ContractAmendment) -> None:
    """The terms of a locked amendment become those of its contract; what is owed already keeps its days."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=amendment.contract_id)
    _check(contract)
    for name in ContractAmendment.TERMS:
        setattr(contract, name, getattr(amendment, name))
    contract.reminded_on = None
    contract.save(update_fields=[*ContractAmendment.TERMS, "reminded_on"])


def _check(contract: Contract) -> None:
    if contract.status not in Contract.IN_FORCE:
        raise RuleBroken(
            _("“%(contract)s” is %(status)s; the terms of a contract in force are amended.")
            % {"contract": contract, "status": contract.get_status_display()}
        )
