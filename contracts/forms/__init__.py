from contracts.forms.matrix import OrderMatrix
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
from contracts.forms.proposals import AllocationProposalForm, ApplyProposalForm, LeaveOutForm, ProposedCarForm

__all__ = [
    "AllocateForm",
    "AllocationProposalForm",
    "ApplyProposalForm",
    "ContractForm",
    "DiscountLimitForm",
    "LeaveOutForm",
    "OnDayForm",
    "OrderForm",
    "OrderLines",
    "OrderMatrix",
    "ProposedCarForm",
    "QuotationForm",
    "QuotationLines",
    "ReceiptForm",
    "ReleaseForm",
    "RetailForm",
    "ShipForm",
]
