"""How quotations, contracts and orders are approved."""

from collections.abc import Iterable
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext_noop

from contracts import discounts
from contracts.models import Contract, ContractAmendment, Order, OrderVersion, Quotation, RebateAccrual
from users.approvals import Approval
from users.models import User
from users.snapshots import Shape


def _within_limits(record: discounts.Priced) -> Iterable[User]:
    return discounts.approvers(record, timezone.localdate())


def _if_discounted(record: Order | OrderVersion) -> Iterable[User] | None:
    """At the prices of the day everybody with the right decides."""
    return _within_limits(record) if discounts.needs_limit(record, timezone.localdate()) else None


def _why_beyond(record: discounts.Priced, user: User) -> str:
    return discounts.why_beyond(record, user, timezone.localdate())


QUOTATION_APPROVAL = Approval(
    "contracts.quotation",
    waiting=Quotation.Status.SUBMITTED,
    approves=("approve",),
    returns=("return",),
    withdraws="withdraw",
    amount="total_amount",
    discount="largest_discount_percent",
    shape=Shape(
        ("customer", "valid_until", "list_amount", "total_amount", "largest_discount_percent"),
        lines="lines",
        keys=("sku",),
        line_fields=("quantity", "list_price_amount", "discount_percent", "unit_price_amount", "amount"),
    ),
    named=_within_limits,
    predecessor=lambda quotation: quotation.revises,
    why_not=_why_beyond,
    asks=gettext_noop("%(by)s asks you to approve a discount of %(discount)s %% in the quotation %(record)s."),
)

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
    discount="largest_discount_percent",
    named=_if_discounted,
    why_not=_why_beyond,
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
            "largest_discount_percent",
        ),
        lines="lines",
        keys=("sku",),
        line_fields=("quantity", "unit_price_amount", "retail_price_amount", "amount"),
    ),
)
ORDER_VERSION_APPROVAL = Approval(
    "contracts.orderversion",
    waiting=OrderVersion.Status.SUBMITTED,
    approves=("approve",),
    returns=("reject",),
    amount="total_amount",
    discount="largest_discount_percent",
    named=_if_discounted,
    why_not=_why_beyond,
    number="order__number",
    shape=Shape(
        ("order", "total_amount", "largest_discount_percent", "reason"),
        lines="lines",
        keys=("sku",),
        line_fields=("quantity", "unit_price_amount", "retail_price_amount", "amount"),
    ),
    predecessor=lambda version: version.order.versions.filter(status=OrderVersion.Status.APPROVED).first(),
)
AMENDMENT_APPROVAL = Approval(
    "contracts.contractamendment",
    waiting=ContractAmendment.Status.SUBMITTED,
    approves=("approve",),
    returns=("reject",),
    amount="agreed_amount",
    unit=attrgetter("contract.unit"),
    number="contract__number",
    shape=Shape(
        (
            "contract",
            "former_ends_on",
            "ends_on",
            "former_agreed_count",
            "agreed_count",
            "former_agreed_amount",
            "agreed_amount",
            "former_payment_days",
            "payment_days",
            "reason",
        )
    ),
)
REBATE_APPROVAL = Approval(
    "contracts.rebateaccrual",
    waiting=RebateAccrual.Status.REVIEWED,
    approves=("credit",),
    returns=("reject",),
    amount="amount",
    unit=attrgetter("dealer.unit"),
    shape=Shape(("policy", "dealer", "kind", "month", "car_count", "computed_amount", "amount")),
)
