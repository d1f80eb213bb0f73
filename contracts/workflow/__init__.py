"""The status diagrams of quotations, contracts, orders, rebates and the verification of retail sales."""

from contracts.workflow.changes import AMENDMENT_STEPS, ORDER_VERSION_STEPS
from contracts.workflow.contracts import CONTRACT_STEPS
from contracts.workflow.orders import ORDER_STEPS
from contracts.workflow.proposals import PROPOSAL_STEPS
from contracts.workflow.quotations import QUOTATION_STEPS
from contracts.workflow.rebates import REBATE_STEPS
from contracts.workflow.retails import RETAIL_STEPS

__all__ = [
    "AMENDMENT_STEPS",
    "CONTRACT_STEPS",
    "ORDER_STEPS",
    "ORDER_VERSION_STEPS",
    "PROPOSAL_STEPS",
    "QUOTATION_STEPS",
    "REBATE_STEPS",
    "RETAIL_STEPS",
]
