from datetime import date
from decimal import Decimal

import pytest

from contracts.models import DiscountLimit
from products.models import Price
from products.tests.factories import make_price, make_sku
from users.access import Role


@pytest.fixture
def sku(db):
    """With a price to dealers and a price to everybody, yuan."""
    sku = make_sku()
    make_price(configuration=sku.configuration, kind=Price.Kind.WHOLESALE, amount=Decimal("38000"))
    make_price(configuration=sku.configuration, kind=Price.Kind.GUIDE, amount=Decimal("42800"))
    return sku


@pytest.fixture
def limits(db):
    """Three percent for a salesman, five for a dealer, eight for a regional manager, twenty for the director."""
    percents = {Role.SALESMAN: 3, Role.DEALER_MANAGER: 5, Role.REGIONAL_MANAGER: 8, Role.DIRECTOR: 20}
    DiscountLimit.objects.bulk_create(
        DiscountLimit(role=role, percent=percent, valid_from=date(2026, 1, 1)) for role, percent in percents.items()
    )
