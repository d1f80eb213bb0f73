"""What the cars of a document cost: the price typed, else the price of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.formats import money
from products.models import Price, Sku
from products.queries import prices_of

LARGEST_TOTAL = Decimal("999999999999.99")  # what a column of money holds


@dataclass(frozen=True)
class PricedLine:
    sku: Sku
    quantity: int
    unit_price: Decimal
    retail_price: Decimal

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price


def priced_lines(lines: Iterable[dict], *, unit_price_kind: str, day: date) -> list[PricedLine]:
    """Prices left empty come from the price list of ``day``: the unit price of its kind, the retail price as guided."""
    lines = list(lines)
    if not lines:
        raise RuleBroken(_("Enter at least one line."))
    configurations = {line["sku"].configuration_id for line in lines}
    unit_prices = prices_of(configurations, unit_price_kind, day)
    guide_prices = prices_of(configurations, Price.Kind.GUIDE, day)
    return [
        PricedLine(
            sku=line["sku"],
            quantity=line["quantity"],
            unit_price=_price(line, "unit_price_amount", unit_prices, day),
            retail_price=_price(line, "retail_price_amount", guide_prices, day),
        )
        for line in lines
    ]


def total_of(lines: Iterable[PricedLine]) -> Decimal:
    total = sum((line.amount for line in lines), Decimal("0.00"))
    if total > LARGEST_TOTAL:
        raise RuleBroken(
            _("The total of %(total)s yuan is more than %(largest)s. Check the cars and prices.")
            % {"total": money(total), "largest": money(LARGEST_TOTAL)}
        )
    return total


def _price(line: dict, name: str, list_prices: dict[int, Decimal], day: date) -> Decimal:
    if line.get(name) is not None:
        return line[name]
    price = list_prices.get(line["sku"].configuration_id)
    if price is None:
        raise RuleBroken(
            _("The price list of %(day)s has no price for “%(sku)s”. Enter the price.")
            % {"day": day, "sku": line["sku"]}
        )
    return price
