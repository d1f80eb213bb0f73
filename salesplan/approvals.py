"""How sales plans are approved."""

from salesplan.models import SalesPlan
from users.approvals import Approval
from users.snapshots import Shape

SALES_PLAN_APPROVAL = Approval(
    "salesplan.salesplan",
    waiting=SalesPlan.Status.SUBMITTED,
    approves=("approve",),
    returns=("return",),
    withdraws="withdraw",
    shape=Shape(("month", "version"), lines="lines", keys=("dealer", "sku"), line_fields=("quantity",)),
    predecessor=lambda plan: SalesPlan.objects.of_month(plan.month).filter(version__lt=plan.version).first(),
)
