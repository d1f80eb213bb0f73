from contracts.forms.amendments import AmendmentForm
from contracts.forms.matrix import OrderMatrix
from contracts.forms.money import MOST_DEBTS, DebtsForm, ReceiptForm, RefundForm, WriteOffForm
from contracts.forms.offers import (
    ContractForm,
    DiscountLimitForm,
    PaperTermsForm,
    QuotationForm,
    QuotationLines,
)
from contracts.forms.orders import (
    AllocateForm,
    CarsForm,
    InvoiceForm,
    OnDayForm,
    OrderForm,
    OrderLines,
    OrderVersionForm,
    ReceiveForm,
    ReleaseForm,
    RetailForm,
    ReturnCarForm,
    ShipForm,
    TakeBackForm,
)
from contracts.forms.prices import PriceConditionForm, PriceListForm
from contracts.forms.proposals import AllocationProposalForm, ApplyProposalForm, LeaveOutForm, ProposedCarForm
from contracts.forms.rebates import AccrualForm
from contracts.forms.seals import SealedFileForm, SealForm

__all__ = [
    "AmendmentForm",
    "AccrualForm",
    "AllocateForm",
    "AllocationProposalForm",
    "ApplyProposalForm",
    "CarsForm",
    "ContractForm",
    "DebtsForm",
    "DiscountLimitForm",
    "InvoiceForm",
    "LeaveOutForm",
    "MOST_DEBTS",
    "OnDayForm",
    "OrderForm",
    "OrderLines",
    "OrderMatrix",
    "OrderVersionForm",
    "PaperTermsForm",
    "PriceConditionForm",
    "PriceListForm",
    "ProposedCarForm",
    "QuotationForm",
    "QuotationLines",
    "ReceiptForm",
    "ReceiveForm",
    "RefundForm",
    "ReleaseForm",
    "RetailForm",
    "ReturnCarForm",
    "SealForm",
    "SealedFileForm",
    "ShipForm",
    "TakeBackForm",
    "WriteOffForm",
]
