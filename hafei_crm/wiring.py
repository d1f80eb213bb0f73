"""What needs every app, listed plainly and handed to the mechanisms from here."""

from analytics import pages as analytics
from customers import pages as customers
from dealers import pages as dealers
from marketing import pages as marketing
from products import pages as products
from training import pages as training
from users import pages as users

PAGES = (
    *users.PAGES,
    *products.PAGES,
    *dealers.PAGES,
    *customers.PAGES,
    *marketing.PAGES,
    *training.PAGES,
    *analytics.PAGES,
)
SEARCH_SOURCES = (
    customers.CUSTOMERS,
    customers.LEADS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    products.SKUS,
    dealers.DEALERS,
    dealers.STATIONS,
    marketing.CAMPAIGNS,
    training.CLASSES,
    training.ARTICLES,
)
IMPORTERS = ()
