from contracts.tables.amendments import AMENDMENTS
from contracts.tables.money import (
    INSTALMENTS,
    INSTALMENTS_OF_ONE,
    RECEIPTS,
    RECEIVABLE_ENTRIES,
    RECEIVABLES,
    REFUNDS,
    SETTLEMENTS,
)
from contracts.tables.offers import CONTRACT_SEALS, CONTRACTS, DISCOUNT_LIMITS, PAPER_TERMS, QUOTATION_LINES, QUOTATIONS
from contracts.tables.orders import (
    ALLOCATIONS,
    DELIVERIES,
    INVOICES,
    ORDER_LINES,
    ORDER_VERSION_LINES,
    ORDER_VERSIONS,
    ORDERS,
    RETAILS,
)
from contracts.tables.prices import PRICE_CONDITIONS
from contracts.tables.proposals import ALLOCATION_PROPOSALS, PROPOSED_CARS, SHORT_LINES
from contracts.tables.rebates import REBATE_ACCRUALS, REBATE_BASIS

__all__ = [
    "AMENDMENTS",
    "ALLOCATIONS",
    "ALLOCATION_PROPOSALS",
    "CONTRACTS",
    "CONTRACT_SEALS",
    "DELIVERIES",
    "DISCOUNT_LIMITS",
    "INSTALMENTS",
    "INSTALMENTS_OF_ONE",
    "INVOICES",
    "ORDERS",
    "ORDER_LINES",
    "ORDER_VERSIONS",
    "ORDER_VERSION_LINES",
    "PAPER_TERMS",
    "PRICE_CONDITIONS",
    "PROPOSED_CARS",
    "QUOTATIONS",
    "QUOTATION_LINES",
    "REBATE_ACCRUALS",
    "REBATE_BASIS",
    "RECEIPTS",
    "RECEIVABLES",
    "RECEIVABLE_ENTRIES",
    "REFUNDS",
    "RETAILS",
    "SETTLEMENTS",
    "SHORT_LINES",
]
