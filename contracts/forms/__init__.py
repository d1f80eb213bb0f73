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
    InvoiceForm,
    OnDayForm,
    OrderForm,
    OrderLines,
    ReleaseForm,
    RetailForm,
    ShipForm,
)
from contracts.forms.proposals import AllocationProposalForm, ApplyProposalForm, LeaveOutForm, ProposedCarForm
from contracts.forms.rebates import AccrualForm

__all__ = [
    "AccrualForm",
    "AllocateForm",
    "AllocationProposalForm",
    "ApplyProposalForm",
    "ContractForm",
    "DiscountLimitForm",
    "InvoiceForm",
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
