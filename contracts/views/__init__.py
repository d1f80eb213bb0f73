from contracts.views.ageing import ageing_file, ageing_page
from contracts.views.amendments import AmendPage
from contracts.views.cars import CarPage, ReleasePage, RetailPage, ReturnCarPage, TakeBackRetailPage
from contracts.views.matrix import OrderMatrixPage
from contracts.views.money import ReceiptAddPage, ReceiptDebtsPage, RefundPage, UsePrepaymentPage, WriteOffPage
from contracts.views.offers import (
    ContractPage,
    ContractPdfPage,
    MakeContractPage,
    OrderPdfPage,
    QuotationAddPage,
    QuotationEditPage,
    QuotationFormPage,
    QuotationPage,
    QuotationPdfPage,
    RevisePage,
)
from contracts.views.order_versions import OrderChangePage, OrderVersionPage
from contracts.views.orders import AllocatePage, OrderAddPage
from contracts.views.outlets import outlets_page
from contracts.views.prices import OrderPage, PriceListPage
from contracts.views.rebates import (
    AccruePage,
    SimulationFile,
    SimulationPage,
    StatementFile,
    StatementPage,
    StatementPdf,
)
from contracts.views.seals import CheckSealPage, SealedFilePage, SealPage
from contracts.views.statements import customer_statement_file, customer_statement_page, statements_page

__all__ = [
    "AmendPage",
    "ContractPage",
    "AccruePage",
    "AllocatePage",
    "CarPage",
    "CheckSealPage",
    "ContractPdfPage",
    "SealPage",
    "SealedFilePage",
    "MakeContractPage",
    "OrderAddPage",
    "OrderChangePage",
    "OrderMatrixPage",
    "OrderPdfPage",
    "OrderVersionPage",
    "OrderPage",
    "PriceListPage",
    "QuotationAddPage",
    "QuotationEditPage",
    "QuotationFormPage",
    "QuotationPage",
    "QuotationPdfPage",
    "ReceiptAddPage",
    "ReceiptDebtsPage",
    "RefundPage",
    "ReleasePage",
    "RetailPage",
    "ReturnCarPage",
    "RevisePage",
    "SimulationFile",
    "SimulationPage",
    "StatementFile",
    "StatementPage",
    "StatementPdf",
    "TakeBackRetailPage",
    "UsePrepaymentPage",
    "WriteOffPage",
    "ageing_file",
    "ageing_page",
    "customer_statement_file",
    "customer_statement_page",
    "outlets_page",
    "statements_page",
]
