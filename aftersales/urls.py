from django.urls import path

from aftersales import pages, views
from core.views import urls_of

app_name = "aftersales"
urlpatterns = [
    path("claims/<int:pk>/", views.ClaimPage.as_view(pages=pages.CLAIMS), name="claim_detail"),
    *urls_of(pages.CLAIMS, "claims/"),
    *urls_of(pages.CLAIM_LINES, "claim-lines/"),
    *urls_of(pages.SERVICE_REQUESTS, "service-requests/"),
    *urls_of(pages.PARTS, "parts/"),
    *urls_of(pages.LABOUR_OPERATIONS, "labour-operations/"),
    *urls_of(pages.LABOUR_RATES, "labour-rates/"),
]
