from contracts.views.cars import CarPage, ReleasePage, RetailPage, ReturnCarPage, TakeBackRetailPage
from contracts.views.matrix import OrderMatrixPage
from contracts.views.money import ReceiptAddPage
from contracts.views.offers import (
    MakeContractPage,
    QuotationAddPage,
    QuotationEditPage,
    QuotationFormPage,
    QuotationPage,
    QuotationPdfPage,
    RevisePage,
)
from contracts.views.orders import AllocatePage, OrderAddPage
from contracts.views.prices import OrderPage
from contracts.views.rebates import (
    AccruePage,
    SimulationFile,
    SimulationPage,
    StatementFile,
    StatementPage,
    StatementPdf,
)

__all__ = [
    "AccruePage",
    "AllocatePage",
    "CarPage",
    "MakeContractPage",
    "OrderAddPage",
    "OrderMatrixPage",
    "OrderPage",
    "QuotationAddPage",
    "QuotationEditPage",
    "QuotationFormPage",
    "QuotationPage",
    "QuotationPdfPage",
    "ReceiptAddPage",
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
]
