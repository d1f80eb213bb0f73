"""What other systems exchange with the customers area."""

from core.api import router_of
from customers import pages

ROUTERS = {
    "leads": router_of(pages.LEADS),
    "customers": router_of(pages.CUSTOMERS),
    "contacts": router_of(pages.CONTACTS),
    "opportunities": router_of(pages.OPPORTUNITIES),
    "contact-records": router_of(pages.CONTACT_RECORDS),
}
