"""What needs every app, listed plainly and handed to the mechanisms from here."""

from aftersales import pages as aftersales
from customers import pages as customers
from dealers import pages as dealers
from products import pages as products
from salesplan import pages as salesplan
from users import pages as users

PAGES = (*users.PAGES, *products.PAGES, *dealers.PAGES, *customers.PAGES, *salesplan.PAGES, *aftersales.PAGES)
SEARCH_SOURCES = (
    customers.CUSTOMERS,
    customers.LEADS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    products.SKUS,
    dealers.DEALERS,
    dealers.STATIONS,
    aftersales.CLAIMS,
)
