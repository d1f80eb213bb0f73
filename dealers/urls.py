from django.urls import path

from core.views import urls_of
from dealers import network_views, pages, views

app_name = "dealers"
urlpatterns = [
    path("dealers/<int:pk>/", views.DealerPage.as_view(), name="dealer_detail"),
    path("dealers/<int:pk>/accounts/", views.accounts_page, name="dealer_accounts"),
    path("dealers/<int:pk>/accounts/pdf/", views.statement_file, {"kind": "pdf"}, name="dealer_statement_pdf"),
    path("dealers/<int:pk>/accounts/xlsx/", views.statement_file, {"kind": "xlsx"}, name="dealer_statement_xlsx"),
    *urls_of(pages.ACCOUNT_ENTRIES, "account-entries/"),
    path("network/", network_views.network, name="network"),
    *urls_of(pages.DEALERS, "dealers/"),
    *urls_of(pages.STATIONS, "stations/"),
    *urls_of(pages.AUTHORISATIONS, "authorisations/"),
    *urls_of(pages.DEALER_PAPERS, "papers/"),
    *urls_of(pages.CREDIT_LINE_CHANGES, "credit-lines/"),
    *urls_of(pages.DEALER_TARGETS, "targets/"),
    path(
        "rebate-policies/<int:pk>/steps/revise/",
        views.RevisePolicyPage.as_view(),
        {"step": "revise"},
        name="rebatepolicy_revise",
    ),
    *urls_of(pages.REBATE_POLICIES, "rebate-policies/"),
]
