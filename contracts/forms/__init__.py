from contracts.forms.money import ReceiptForm
from contracts.forms.offers import (
    ContractForm,
    DiscountLimitForm,
    QuotationForm,
    QuotationLines,
)
from contracts.forms.orders import (
    AllocateForm,
    OnDayForm,
    OrderForm,
    OrderLines,
    ReleaseForm,
    RetailForm,
    ShipForm,
)

__all__ = [
    "AllocateForm",
    "ContractForm",
    "DiscountLimitForm",
    "OnDayForm",
    "OrderForm",
    "OrderLines",
    "QuotationForm",
    "QuotationLines",
    "ReceiptForm",
    "ReleaseForm",
    "RetailForm",
    "ShipForm",
]
