"""What needs every app, listed plainly and handed to the mechanisms from here."""

from analytics import pages as analytics
from analytics.imports import SALES_HISTORY
from customers import pages as customers
from dealers import pages as dealers
from products import pages as products
from users import pages as users

PAGES = (*users.PAGES, *products.PAGES, *dealers.PAGES, *customers.PAGES, *analytics.PAGES)
SEARCH_SOURCES = (
    customers.CUSTOMERS,
    customers.LEADS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    products.SKUS,
    dealers.DEALERS,
    dealers.STATIONS,
)
IMPORTERS = (SALES_HISTORY,)
