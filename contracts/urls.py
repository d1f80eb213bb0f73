from django.urls import path

from contracts import pages, views
from core.views import urls_of

app_name = "contracts"
urlpatterns = [
    path("orders/add/", views.OrderAddPage.as_view(), name="order_add"),
    path("order-matrix/", views.OrderMatrixPage.as_view(), name="order_matrix"),
    path("orders/<int:pk>/allocate/", views.AllocatePage.as_view(), name="order_allocate"),
    path("allocations/<int:pk>/retail/", views.RetailPage.as_view(), name="allocation_retail"),
    path("allocations/<int:pk>/release/", views.ReleasePage.as_view(), name="allocation_release"),
    path("allocations/<int:pk>/return/", views.ReturnCarPage.as_view(), name="allocation_return"),
    path("retails/<int:pk>/take-back/", views.TakeBackRetailPage.as_view(), name="retail_take_back"),
    path("quotations/add/", views.QuotationAddPage.as_view(), name="quotation_add"),
    path("quotations/<int:pk>/", views.QuotationPage.as_view(), name="quotation_detail"),
    path("quotations/<int:pk>/edit/", views.QuotationEditPage.as_view(), name="quotation_edit"),
    path("quotations/<int:pk>/pdf/", views.QuotationPdfPage.as_view(), name="quotation_pdf"),
    path("quotations/<int:pk>/steps/revise/", views.RevisePage.as_view(), {"step": "revise"}, name="quotation_revise"),
    path(
        "quotations/<int:pk>/steps/contract/",
        views.MakeContractPage.as_view(),
        {"step": "contract"},
        name="quotation_contract",
    ),
    path("rebates/policies/<int:pk>/simulation/", views.SimulationPage.as_view(), name="rebate_simulation"),
    path(
        "rebates/policies/<int:pk>/simulation/export/",
        views.SimulationFile.as_view(),
        name="rebate_simulation_export",
    ),
    path("receipts/add/", views.ReceiptAddPage.as_view(), name="receipt_add"),
    path("rebates/accrue/", views.AccruePage.as_view(), name="rebate_accrue"),
    path("rebates/dealers/<int:pk>/", views.StatementPage.as_view(), name="rebate_statement"),
    path("rebates/dealers/<int:pk>/export/", views.StatementFile.as_view(), name="rebate_statement_export"),
    path("rebates/dealers/<int:pk>/pdf/", views.StatementPdf.as_view(), name="rebate_statement_pdf"),
    *urls_of(pages.QUOTATIONS, "quotations/"),
    *urls_of(pages.DISCOUNT_LIMITS, "discount-limits/"),
    *urls_of(pages.CONTRACTS, "contracts/"),
    *urls_of(pages.ORDERS, "orders/"),
    *urls_of(pages.ALLOCATION_PROPOSALS, "allocation-proposals/"),
    *urls_of(pages.PROPOSED_CARS, "proposed-cars/"),
    *urls_of(pages.ALLOCATIONS, "allocations/"),
    *urls_of(pages.INVOICES, "invoices/"),
    *urls_of(pages.DELIVERIES, "deliveries/"),
    *urls_of(pages.RETAILS, "retails/"),
    *urls_of(pages.RECEIVABLES, "receivables/"),
    *urls_of(pages.RECEIPTS, "receipts/"),
    *urls_of(pages.SETTLEMENTS, "settlements/"),
    *urls_of(pages.REFUNDS, "refunds/"),
    *urls_of(pages.REBATE_ACCRUALS, "rebates/"),
    *urls_of(pages.REBATE_BASIS, "rebates/rows/"),
]
