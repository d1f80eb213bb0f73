"""What needs every app, listed plainly and handed to the mechanisms from here."""

from aftersales import pages as aftersales
from customers import pages as customers
from salesplan import pages as salesplan
from users import pages as users

PAGES = (*users.PAGES, *customers.PAGES, *salesplan.PAGES, *aftersales.PAGES)
SEARCH_SOURCES = (
    customers.CUSTOMERS,
    customers.LEADS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    aftersales.CLAIMS,
)
