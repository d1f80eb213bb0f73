from django.urls import path

from core.views import urls_of
from customers import pages
from customers.contact_log import LogContactPage

app_name = "customers"
urlpatterns = [
    *urls_of(pages.LEADS, "leads/"),
    *urls_of(pages.CUSTOMERS, "customers/"),
    *urls_of(pages.CONTACTS, "contacts/"),
    *urls_of(pages.OPPORTUNITIES, "opportunities/"),
    *urls_of(pages.CONTACT_RECORDS, "contact-records/"),
    *urls_of(pages.REGISTRATIONS, "registrations/"),
    *urls_of(pages.PURCHASES, "purchases/"),
    *urls_of(pages.SOURCES, "sources/"),
    path("log/<slug:about>/<int:pk>/", LogContactPage.as_view(), name="log_contact"),
]
