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

__all__ = [
    "AllocationFilter",
    "ContractFilter",
    "DeliveryFilter",
    "DiscountLimitFilter",
    "InvoiceFilter",
    "OrderFilter",
    "QuotationFilter",
    "ReceiptFilter",
    "ReceivableFilter",
    "RetailFilter",
    "series_filter",
]
