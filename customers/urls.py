from core.views import urls_of
from customers import pages

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
]
