"""How changes of a dealer's credit line are approved."""

from operator import attrgetter

from dealers.models import CreditLineChange
from users.approvals import Approval
from users.snapshots import Shape

CREDIT_LINE_APPROVAL = Approval(
    "dealers.creditlinechange",
    waiting=CreditLineChange.Status.SUBMITTED,
    approves=("approve",),
    returns=("reject",),
    withdraws="withdraw",
    amount="wanted_amount",
    unit=attrgetter("dealer.unit"),
    shape=Shape(("dealer", "wanted_amount", "reason")),
)
