from contracts.views.offers import (
    MakeContractPage,
    QuotationAddPage,
    QuotationEditPage,
    QuotationFormPage,
    QuotationPage,
    QuotationPdfPage,
    RevisePage,
)
from contracts.views.orders import AllocatePage, CarPage, OrderAddPage, ReleasePage, RetailPage

__all__ = [
    "AllocatePage",
    "CarPage",
    "MakeContractPage",
    "OrderAddPage",
    "QuotationAddPage",
    "QuotationEditPage",
    "QuotationFormPage",
    "QuotationPage",
    "QuotationPdfPage",
    "ReleasePage",
    "RetailPage",
    "RevisePage",
]
