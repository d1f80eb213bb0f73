from decimal import Decimal

import pytest

from products.models import Price
from products.tests.factories import make_price, make_sku


@pytest.fixture
def sku(db):
    """With a price to dealers and a price to everybody, yuan."""
    sku = make_sku()
    make_price(configuration=sku.configuration, kind=Price.Kind.WHOLESALE, amount=Decimal("38000"))
    make_price(configuration=sku.configuration, kind=Price.Kind.GUIDE, amount=Decimal("42800"))
    return sku
