"""What the cars of a document cost: the price typed, else the price of the day; a quotation stays below the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts import rules
from contracts.models import OrderLine, QuotationLine
from contracts.price_conditions import Buyer, ExplainedPrice, explained_prices, typist_of, with_typed_price
from core.errors import RuleBroken
from core.formats import money
from products.models import Price, Sku
from products.queries import prices_of, sale_windows
from users.models import User

NO_DISCOUNT = Decimal("0.00")
LARGEST_TOTAL = Decimal("999999999999.99")  # what a column of money holds


@dataclass(frozen=True)
class PricedLine:
    sku: Sku
    quantity: int
    unit_price: Decimal
    retail_price: Decimal
    explanation: ExplainedPrice

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price

    @property
    def columns(self) -> dict:
        """As a line of an order, or of its version, keeps it."""
        return {
            "sku": self.sku,
            "quantity": self.quantity,
            "unit_price_amount": self.unit_price,
            "retail_price_amount": self.retail_price,
            "price_steps": [step.frozen() for step in self.explanation.steps],
        }

    @property
    def discount(self) -> Decimal:
        """How far what was typed lies below the price of the day, in percent."""
        computed = self.explanation.computed
        return max(rules.discount_of(computed, self.unit_price), NO_DISCOUNT) if computed else NO_DISCOUNT


@dataclass(frozen=True)
class QuotedLine:
    sku: Sku
    quantity: int
    list_price: Decimal
    discount: Decimal
    unit_price: Decimal
    is_below_cost: bool

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.unit_price

    @property
    def list_amount(self) -> Decimal:
        return self.quantity * self.list_price


def quoted_lines(lines: Iterable[dict], *, day: date) -> list[QuotedLine]:
    """Each line starts from the guide price of ``day``; a discount or the price after it may be typed."""
    lines = list(lines)
    if not lines:
        raise RuleBroken(_("Enter at least one line."))
    configurations = {line["sku"].configuration_id for line in lines}
    guide_prices = prices_of(configurations, Price.Kind.GUIDE, day)
    costs = prices_of(configurations, Price.Kind.COST, day)
    return [_quoted_line(line, guide_prices, costs, day) for line in lines]


def offers_of(lines: Iterable[QuotationLine], day: date) -> list[dict]:
    """Lines to be priced anew: where the guide price is still the same the price stays, otherwise the discount does."""
    lines = list(lines)
    guide_prices = prices_of({line.sku.configuration_id for line in lines}, Price.Kind.GUIDE, day)
    return [_offer(line, guide_prices.get(line.sku.configuration_id)) for line in lines]


def _offer(line: QuotationLine, guide_price: Decimal | None) -> dict:
    offer = {
        "sku": line.sku,
        "quantity": line.quantity,
        "list_price_amount": guide_price,
        "discount_percent": line.discount_percent,
    }
    return offer | ({"unit_price_amount": line.unit_price_amount} if guide_price == line.list_price_amount else {})


def _quoted_line(line: dict, guide_prices: dict[int, Decimal], costs: dict[int, Decimal], day: date) -> QuotedLine:
    sku = line["sku"]
    list_price = guide_prices.get(sku.configuration_id)
    if list_price is None:
        raise RuleBroken(
            _("The price list of %(day)s has no guide price for “%(sku)s”, so it cannot be quoted. Ask the planner.")
            % {"day": day, "sku": sku}
        )
    price, discount = _agreed(sku, list_price, line.get("unit_price_amount"), line.get("discount_percent"))
    return QuotedLine(
        sku=sku,
        quantity=line["quantity"],
        list_price=list_price,
        discount=discount,
        unit_price=price,
        is_below_cost=price < costs.get(sku.configuration_id, 0),
    )


def _agreed(sku: Sku, list_price: Decimal, price: Decimal | None, discount: Decimal | None) -> tuple[Decimal, Decimal]:
    """Price and discount say the same thing; where only one is typed, the other follows from it."""
    if price is None:
        discount = discount or Decimal("0.00")
        return rules.discounted(list_price, discount), discount
    if price > list_price:
        raise RuleBroken(
            _("“%(sku)s” costs %(list)s yuan by the price list. It must not be quoted higher, at %(price)s.")
            % {"sku": sku, "list": money(list_price), "price": money(price)}
        )
    if discount is not None and rules.discounted(list_price, discount) == price:
        return price, discount
    if discount is None or rules.discount_of(list_price, price) == discount:
        return price, rules.discount_of(list_price, price)
    raise RuleBroken(
        _("“%(sku)s” at %(price)s yuan is a discount of %(real)s %%, not of %(typed)s %%. Clear one of the two.")
        % {
            "sku": sku,
            "price": money(price),
            "real": rules.discount_of(list_price, price),
            "typed": discount,
        }
    )


def priced_lines(
    lines: Iterable[dict],
    *,
    unit_price_kind: str,
    order_kind: str,
    day: date,
    buyer: Buyer,
    by: User,
    former: Iterable[OrderLine] = (),
) -> list[PricedLine]:
    """Prices left empty are those of ``day`` for this buyer: the unit price of its kind, the retail price as guided.

    A surcharge is part of what is invoiced; it does not raise the price at which a dealer retails.
    """
    lines = list(lines)
    if not lines:
        raise RuleBroken(_("Enter at least one line."))
    check_on_sale((line["sku"] for line in lines), day)
    configurations = {line["sku"].configuration_id for line in lines}
    unit_prices = explained_prices(
        configurations, price_kind=unit_price_kind, buyer=buyer, day=day, order_kind=order_kind
    )
    guide_prices = unit_prices
    if unit_price_kind != Price.Kind.GUIDE:
        guide_prices = explained_prices(configurations, price_kind=Price.Kind.GUIDE, buyer=buyer, day=day)
    typists = {(line.sku_id, line.unit_price_amount): line.price_steps for line in former}
    priced = []
    for line in lines:
        price = _price(line, "unit_price_amount", unit_prices, day)
        retail_price = _price(line, "retail_price_amount", guide_prices, day)
        typist = typist_of(typists.get((line["sku"].pk, price), []), price) or by.name
        explanation = with_typed_price(unit_prices.get(line["sku"].configuration_id), price, by=typist)
        priced.append(PricedLine(line["sku"], line["quantity"], price, retail_price, explanation))
    return priced


def total_of(lines: Iterable[PricedLine | QuotedLine]) -> Decimal:
    return sum_of(line.amount for line in lines)


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    total = sum(amounts, Decimal("0.00"))
    if total > LARGEST_TOTAL:
        raise RuleBroken(
            _("The total of %(total)s yuan is more than %(largest)s. Check the cars and prices.")
            % {"total": money(total), "largest": money(LARGEST_TOTAL)}
        )
    return total


def check_on_sale(skus: Iterable[Sku], day: date) -> None:
    skus = list(skus)
    windows = sale_windows(sku.pk for sku in skus)
    for sku in skus:
        window = windows[sku.pk]
        if not window.is_orderable:
            raise RuleBroken(_("“%(sku)s” cannot be ordered. Choose another SKU, or ask the planner.") % {"sku": sku})
        if window.is_ended(day):
            raise RuleBroken(
                _("The sale of “%(sku)s” ended on %(day)s, so it cannot be ordered. Choose its successor.")
                % {"sku": sku, "day": window.last_day}
            )
        if not window.is_launched(day):
            raise RuleBroken(
                _("“%(sku)s” is launched on %(day)s and can be ordered from then on.")
                % {"sku": sku, "day": window.first_day}
            )


def _price(line: dict, name: str, list_prices: dict[int, ExplainedPrice], day: date) -> Decimal:
    if line.get(name) is not None:
        return line[name]
    found = list_prices.get(line["sku"].configuration_id)
    if found is None:
        raise RuleBroken(
            _("The price list of %(day)s has no price for “%(sku)s”. Enter the price.")
            % {"day": day, "sku": line["sku"]}
        )
    return found.price
