"""What a configuration costs on a day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from products.models import Price


def price_on(configuration_id: int, kind: str, day: date) -> Decimal | None:
    return prices_of([configuration_id], kind, day).get(configuration_id)


def prices_of(configuration_ids: Iterable[int], kind: str, day: date) -> dict[int, Decimal]:
    """The prices valid on the day, by configuration; those without a price are missing."""
    prices = Price.objects.valid_on(day).filter(configuration_id__in=list(configuration_ids), kind=kind)
    return dict(prices.order_by("pk").values_list("configuration_id", "amount"))
