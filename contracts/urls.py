from django.urls import path

from contracts import pages, views
from core.views import urls_of

app_name = "contracts"
urlpatterns = [
    path("orders/add/", views.OrderAddPage.as_view(), name="order_add"),
    path("orders/<int:pk>/allocate/", views.AllocatePage.as_view(), name="order_allocate"),
    path("allocations/<int:pk>/retail/", views.RetailPage.as_view(), name="allocation_retail"),
    path("allocations/<int:pk>/release/", views.ReleasePage.as_view(), name="allocation_release"),
    *urls_of(pages.QUOTATIONS, "quotations/"),
    *urls_of(pages.CONTRACTS, "contracts/"),
    *urls_of(pages.ORDERS, "orders/"),
    *urls_of(pages.ALLOCATIONS, "allocations/"),
    *urls_of(pages.INVOICES, "invoices/"),
    *urls_of(pages.DELIVERIES, "deliveries/"),
    *urls_of(pages.RETAILS, "retails/"),
    *urls_of(pages.RECEIVABLES, "receivables/"),
    *urls_of(pages.RECEIPTS, "receipts/"),
]
