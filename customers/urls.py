from django.urls import path

from core.views import urls_of
from customers import pages, views
from customers.contact_log import LogContactPage

app_name = "customers"
urlpatterns = [
    path("divisions/", views.division_choices, name="division_choices"),
    *urls_of(pages.LEADS, "leads/"),
    *urls_of(pages.CUSTOMERS, "customers/"),
    *urls_of(pages.CONTACTS, "contacts/"),
    # The record page with the stages of its pipeline; it stands before the generic one of the same name.
    path(
        "opportunities/<int:pk>/",
        views.OpportunityPage.as_view(pages=pages.OPPORTUNITIES),
        name="opportunity_detail",
    ),
    *urls_of(pages.OPPORTUNITIES, "opportunities/"),
    *urls_of(pages.COMPETITORS, "competitors/"),
    *urls_of(pages.PIPELINES, "pipelines/"),
    *urls_of(pages.STAGES, "stages/"),
    *urls_of(pages.CONTACT_RECORDS, "contact-records/"),
    *urls_of(pages.REGISTRATIONS, "registrations/"),
    *urls_of(pages.PURCHASES, "purchases/"),
    *urls_of(pages.SOURCES, "sources/"),
    path("log/<slug:about>/<int:pk>/", LogContactPage.as_view(), name="log_contact"),
]
