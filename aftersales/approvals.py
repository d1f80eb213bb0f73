"""How claims are approved."""

from aftersales.models import Claim
from users.approvals import Approval
from users.snapshots import Shape

CLAIM_APPROVAL = Approval(
    "aftersales.claim",
    waiting=Claim.Status.SUBMITTED,
    approves=("approve", "approve_partly"),
    returns=("return", "reject"),
    withdraws="withdraw",
    amount="claimed_amount",
    shape=Shape(
        ("station", "vehicle", "kind", "mileage_km", "repaired_on", "causal_part", "claimed_amount"),
        lines="lines",
        keys=("kind", "code"),
        line_fields=("description", "quantity", "unit_amount", "amount"),
    ),
)
