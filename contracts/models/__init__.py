from contracts.models.allocations import Allocation, Delivery, Invoice
from contracts.models.amendments import ContractAmendment
from contracts.models.contracts import Contract
from contracts.models.discounts import DiscountLimit
from contracts.models.instalments import Instalment
from contracts.models.order_versions import OrderVersion, OrderVersionLine
from contracts.models.orders import Order, OrderLine
from contracts.models.price_conditions import PriceCondition
from contracts.models.proposals import AllocationProposal, ProposedCar, ShortLine
from contracts.models.quotations import Quotation, QuotationLine
from contracts.models.rebates import RebateAccrual, RebateBasis, RebateUse
from contracts.models.receipts import Receipt, Refund, Settlement
from contracts.models.receivables import Receivable, ReceivableEntry
from contracts.models.retails import Retail
from contracts.models.seals import ContractSeal
from contracts.models.terms import PaperTerms

__all__ = [
    "ContractAmendment",
    "ContractSeal",
    "Allocation",
    "AllocationProposal",
    "Contract",
    "Delivery",
    "DiscountLimit",
    "Instalment",
    "Invoice",
    "Order",
    "OrderLine",
    "OrderVersion",
    "OrderVersionLine",
    "PaperTerms",
    "PriceCondition",
    "ProposedCar",
    "Quotation",
    "QuotationLine",
    "RebateAccrual",
    "RebateBasis",
    "RebateUse",
    "Receipt",
    "Receivable",
    "ReceivableEntry",
    "Refund",
    "Retail",
    "Settlement",
    "ShortLine",
]
