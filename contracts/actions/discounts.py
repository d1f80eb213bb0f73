from datetime import date
from decimal import Decimal

from contracts.models import DiscountLimit
from core.changes import changed
from users.models import User


def add_discount_limit(*, by: User, role: str, percent: Decimal, valid_from: date) -> DiscountLimit:
    return DiscountLimit.objects.create(role=role, percent=percent, valid_from=valid_from)


def change_discount_limit(limit_id: int, *, by: User, **fields) -> DiscountLimit:
    return changed(DiscountLimit, limit_id, fields)
