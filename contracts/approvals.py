"""How quotations, contracts and orders are approved."""

from contracts.models import Contract, Order
from users.approvals import Approval
from users.snapshots import Shape

CONTRACT_APPROVAL = Approval(
    "contracts.contract",
    waiting=Contract.Status.SUBMITTED,
    approves=("sign",),
    returns=("return",),
    withdraws="withdraw",
    amount="agreed_amount",
    shape=Shape(
        (
            "kind",
            "dealer",
            "customer",
            "quotation",
            "starts_on",
            "ends_on",
            "agreed_count",
            "agreed_amount",
            "payment_days",
        )
    ),
)
ORDER_APPROVAL = Approval(
    "contracts.order",
    waiting=Order.Status.SUBMITTED,
    approves=("approve",),
    returns=("return",),
    withdraws="withdraw",
    amount="total_amount",
    shape=Shape(
        (
            "kind",
            "contract",
            "buyer_dealer",
            "buyer_customer",
            "customer",
            "quotation",
            "ordered_on",
            "total_amount",
        ),
        lines="lines",
        key="sku",
        line_fields=("quantity", "unit_price_amount", "retail_price_amount", "amount"),
    ),
)
