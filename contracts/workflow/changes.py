"""Changes of what was approved already (a version of an order, an amendment of a contract): approved or rejected."""

from collections.abc import Callable

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy

from contracts import discounts
from contracts.actions.amendments import approve_amendment
from contracts.actions.order_versions import approve_version
from contracts.approvals import AMENDMENT_APPROVAL, ORDER_VERSION_APPROVAL
from contracts.models import ContractAmendment, OrderVersion
from core.workflow import Step, behind
from users.approvals import Approval


def approve_order_version(version, *, by, note):
    discounts.approver_within(version, by, timezone.localdate())
    approve_version(version, by=by)


def approve_contract_amendment(amendment, *, by, note):
    approve_amendment(amendment)


def _decided_by_another(gate: Approval, model: type[Model], effect: Callable) -> tuple[Step, ...]:
    status, permission = model.Status, f"contracts.approve_{model._meta.model_name}"
    waiting = frozenset({status.SUBMITTED})
    approve = Step(
        "approve",
        gettext_lazy("Approve"),
        waiting,
        status.APPROVED,
        permission,
        effect,
        by_another=True,
        tone="success",
    )
    reject = Step(
        "reject", gettext_lazy("Reject"), waiting, status.REJECTED, permission, needs_note=True, tone="warning"
    )
    return behind(gate, (approve, reject))


ORDER_VERSION_STEPS = _decided_by_another(ORDER_VERSION_APPROVAL, OrderVersion, approve_order_version)
AMENDMENT_STEPS = _decided_by_another(AMENDMENT_APPROVAL, ContractAmendment, approve_contract_amendment)
