from contracts.filters.money import ReceiptFilter, ReceivableFilter
from contracts.filters.offers import ContractFilter, DiscountLimitFilter, QuotationFilter
from contracts.filters.orders import (
    AllocationFilter,
    DeliveryFilter,
    InvoiceFilter,
    OrderFilter,
    RetailFilter,
    series_filter,
)
from contracts.filters.proposals import AllocationProposalFilter, ProposedCarFilter

__all__ = [
    "AllocationFilter",
    "AllocationProposalFilter",
    "ContractFilter",
    "DeliveryFilter",
    "DiscountLimitFilter",
    "InvoiceFilter",
    "OrderFilter",
    "ProposedCarFilter",
    "QuotationFilter",
    "ReceiptFilter",
    "ReceivableFilter",
    "RetailFilter",
    "series_filter",
]
