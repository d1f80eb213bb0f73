from contracts.filters.amendments import AmendmentFilter
from contracts.filters.money import InstalmentFilter, ReceiptFilter, ReceivableFilter, RefundFilter, SettlementFilter
from contracts.filters.offers import (
    ContractFilter,
    ContractSealFilter,
    DiscountLimitFilter,
    PaperTermsFilter,
    QuotationFilter,
)
from contracts.filters.orders import (
    AllocationFilter,
    DeliveryFilter,
    InvoiceFilter,
    OrderFilter,
    OrderVersionFilter,
    RetailFilter,
    series_filter,
)
from contracts.filters.prices import PriceConditionFilter
from contracts.filters.proposals import AllocationProposalFilter, ProposedCarFilter
from contracts.filters.rebates import RebateAccrualFilter, RebateBasisFilter

__all__ = [
    "AmendmentFilter",
    "AllocationFilter",
    "AllocationProposalFilter",
    "ContractFilter",
    "ContractSealFilter",
    "DeliveryFilter",
    "DiscountLimitFilter",
    "InstalmentFilter",
    "InvoiceFilter",
    "OrderFilter",
    "OrderVersionFilter",
    "PaperTermsFilter",
    "PriceConditionFilter",
    "ProposedCarFilter",
    "QuotationFilter",
    "RebateAccrualFilter",
    "RebateBasisFilter",
    "ReceiptFilter",
    "ReceivableFilter",
    "RefundFilter",
    "RetailFilter",
    "SettlementFilter",
    "series_filter",
]
