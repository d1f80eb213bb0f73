"""What needs every app, listed plainly and handed to the mechanisms from here."""

from contracts import pages as contracts
from customers import pages as customers
from dealers import pages as dealers
from inventory import pages as inventory
from products import pages as products
from users import pages as users

PAGES = (
    *users.PAGES,
    *products.PAGES,
    *dealers.PAGES,
    *customers.PAGES,
    *inventory.PAGES,
    *contracts.PAGES,
)
SEARCH_SOURCES = (
    customers.CUSTOMERS,
    customers.LEADS,
    customers.OPPORTUNITIES,
    customers.REGISTRATIONS,
    products.SKUS,
    dealers.DEALERS,
    dealers.STATIONS,
    inventory.VEHICLES,
    contracts.ORDERS,
    contracts.CONTRACTS,
    contracts.QUOTATIONS,
)
