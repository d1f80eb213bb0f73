"""A change of an approved order is approved by somebody else, or rejected."""

from django.utils.translation import gettext_lazy

from contracts.actions.order_versions import approve_version
from contracts.approvals import ORDER_VERSION_APPROVAL
from contracts.models import OrderVersion
from core.workflow import Step, behind

V = OrderVersion.Status


def approve(version, *, by, note):
    approve_version(version, by=by)


_STEPS = (
    Step(
        "approve",
        gettext_lazy("Approve"),
        frozenset({V.SUBMITTED}),
        V.APPROVED,
        "contracts.approve_orderversion",
        approve,
        by_another=True,
        tone="success",
    ),
    Step(
        "reject",
        gettext_lazy("Reject"),
        frozenset({V.SUBMITTED}),
        V.REJECTED,
        "contracts.approve_orderversion",
        needs_note=True,
        tone="warning",
    ),
)
ORDER_VERSION_STEPS = behind(ORDER_VERSION_APPROVAL, _STEPS)
