"""From the price list to the price of a day: what comes off for region, dealer level and promotions, step by step.

Last, what is added where the order is urgent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from contracts import rules
from contracts.models import Order, PriceCondition
from core.formats import labelled
from products.models import Configuration, Price
from products.queries import prices_of

Kind = PriceCondition.Kind
LIST, TYPED = "list", "typed"


@dataclass(frozen=True)
class Buyer:
    """Where he belongs and which level he has; a key account that buys direct has none."""

    path: str
    level: str = ""

    @property
    def regions(self) -> list[str]:
        """The paths of his unit and of all above it."""
        keys = self.path.strip("/").split("/")
        return [f"/{'/'.join(keys[:length])}/" for length in range(1, len(keys) + 1)]


EVERYBODY = Buyer("")


@dataclass(frozen=True)
class Condition:
    """What comes off or is added; ``depth`` counts the units above its region, ``fit`` how closely it names the car."""

    key: int
    kind: str
    name: str
    valid_from: date
    percent: Decimal | None = None
    amount: Decimal | None = None
    is_combinable: bool = True
    depth: int = 0
    fit: int = 0

    def applied_to(self, price: Decimal) -> Decimal:
        """The price after it, half a cent rounded up, never below nothing."""
        sign = -1 if self.kind == Kind.SURCHARGE else 1
        if self.percent is not None:
            return rules.discounted(price, sign * self.percent)
        return max(price - sign * self.amount, Decimal("0.00"))


@dataclass(frozen=True)
class PriceStep:
    """One line of the explanation: what happened, and the price after it."""

    kind: str
    name: str
    price: Decimal
    day: date | None = None
    condition: Condition | None = None

    def frozen(self) -> dict:
        """As it is kept with the order line."""
        kept = {"kind": self.kind, "name": self.name, "price": str(self.price)}
        if self.day:
            kept["day"] = self.day.isoformat()
        if self.condition:
            percent = self.condition.percent
            kept |= {"condition": self.condition.key, "percent": None if percent is None else str(percent)}
        return kept


@dataclass(frozen=True)
class ExplainedPrice:
    steps: tuple[PriceStep, ...]

    @property
    def price(self) -> Decimal:
        return self.steps[-1].price

    @property
    def computed(self) -> Decimal | None:
        """The price before somebody typed another."""
        return next((step.price for step in reversed(self.steps) if step.kind != TYPED), None)


def explained(list_price: Decimal, conditions: Iterable[Condition]) -> Iterator[PriceStep]:
    """First the region, then the dealer level, then promotions, each taken off what the one before has left.

    Of region and level prices the narrowest counts, of equal ones the later; of promotions all combinable ones
    together or the best single one, whichever is cheaper. A surcharge comes last: the narrowest one.
    """
    by_kind: dict[str, list[Condition]] = defaultdict(list)
    for condition in conditions:
        by_kind[condition.kind].append(condition)
    price = list_price
    chosen = [*_narrowest(by_kind[Kind.REGION]), *_narrowest(by_kind[Kind.LEVEL])]
    for condition in chosen:
        price = condition.applied_to(price)
        yield PriceStep(condition.kind, condition.name, price, condition=condition)
    for condition in (*_best_promotions(price, by_kind[Kind.PROMOTION]), *_narrowest(by_kind[Kind.SURCHARGE])):
        price = condition.applied_to(price)
        yield PriceStep(condition.kind, condition.name, price, condition=condition)


def explained_prices(
    configuration_ids: Iterable[int],
    *,
    price_kind: str,
    buyer: Buyer,
    day: date,
    order_kind: str = Order.Kind.REGULAR,
) -> dict[int, ExplainedPrice]:
    """By configuration, in two queries for any number of them; those without a list price are missing."""
    prices = prices_of(configuration_ids, price_kind, day)
    conditions = conditions_of(prices, price_kind=price_kind, buyer=buyer, day=day, order_kind=order_kind)
    return {
        key: ExplainedPrice((PriceStep(LIST, price_kind, price, day), *explained(price, conditions.get(key, ()))))
        for key, price in prices.items()
    }


def conditions_of(
    configuration_ids: Iterable[int],
    *,
    price_kind: str,
    buyer: Buyer,
    day: date,
    order_kind: str = Order.Kind.REGULAR,
) -> dict[int, list[Condition]]:
    """What is in force on the day for this buyer, by configuration, in one query; only urgent orders are surcharged."""
    keys = list(configuration_ids)
    of_series = Configuration.objects.filter(pk__in=keys, vehicle_model__series=OuterRef("series")).values("pk")
    rows = (
        PriceCondition.objects.in_force(day)
        .filter(
            Q() if order_kind == Order.Kind.URGENT else ~Q(kind=Kind.SURCHARGE),
            Q(region=None) | Q(region__path__in=buyer.regions),
            Q(dealer_level="") | Q(dealer_level=buyer.level),
            Q(configuration=None) | Q(configuration__in=keys),
            price_kind=price_kind,
        )
        .annotate(of_series=ArraySubquery(of_series))
        .select_related("region")
        .order_by("pk")
    )
    found: dict[int, list[Condition]] = defaultdict(list)
    for row in rows:
        covered = [row.configuration_id] if row.configuration_id else row.of_series if row.series_id else keys
        for key in covered:
            found[key].append(_condition(row))
    return found


def buyer_of(order: Order) -> Buyer:
    return Buyer(order.buyer.unit.path, order.buyer_dealer.level if order.buyer_dealer else "")


def with_typed_price(computed: ExplainedPrice | None, price: Decimal, *, by: str) -> ExplainedPrice:
    """What somebody typed stands below what the price list gave, unless it is the same."""
    steps = computed.steps if computed else ()
    return computed if computed and computed.price == price else ExplainedPrice((*steps, PriceStep(TYPED, by, price)))


@dataclass(frozen=True)
class ShownStep:
    label: str
    note: str
    price: Decimal
    off: Decimal | None
    condition: int | None
    is_typed: bool


def shown_steps(kept: list[dict]) -> list[ShownStep]:
    """The steps kept with an order line, in the reader's language."""
    before = [None, *(Decimal(step["price"]) for step in kept)]
    return [
        ShownStep(
            label=_label(step),
            note=_note(step),
            price=after,
            off=None if former is None else former - after,
            condition=step.get("condition"),
            is_typed=step["kind"] == TYPED,
        )
        for step, (former, after) in zip(kept, pairwise(before), strict=True)
    ]


def typist_of(kept: list[dict], price: Decimal) -> str:
    """Who typed the price that stands there; nobody where it came from the price list."""
    return kept[-1]["name"] if kept and kept[-1]["kind"] == TYPED and Decimal(kept[-1]["price"]) == price else ""


def _narrowest(conditions: list[Condition]) -> list[Condition]:
    return sorted(conditions, key=lambda one: (one.depth, one.fit, one.valid_from, one.key))[-1:]


def _best_promotions(price: Decimal, promotions: list[Condition]) -> list[Condition]:
    together = sorted((one for one in promotions if one.is_combinable), key=lambda one: (one.valid_from, one.key))
    alone = sorted((one for one in promotions if not one.is_combinable), key=lambda one: one.key)
    return min([together, *([one] for one in alone)], key=lambda chosen: _after(price, chosen))


def _after(price: Decimal, promotions: list[Condition]) -> Decimal:
    for promotion in promotions:
        price = promotion.applied_to(price)
    return price


def _condition(row: PriceCondition) -> Condition:
    return Condition(
        key=row.pk,
        kind=row.kind,
        name=row.name,
        valid_from=row.valid_from,
        percent=row.percent,
        amount=row.amount,
        is_combinable=row.is_combinable,
        depth=row.region.path.count("/") if row.region else 0,
        fit=2 if row.configuration_id else 1 if row.series_id else 0,
    )


def _label(step: dict) -> str:
    if step["kind"] == LIST:
        return str(Price.Kind(step["name"]).label)
    if step["kind"] == TYPED:
        return _("Agreed price")
    return labelled(Kind(step["kind"]).label, step["name"])


def _note(step: dict) -> str:
    if step["kind"] == LIST:
        return _("price list of %(day)s") % {"day": step["day"]}
    if step["kind"] == TYPED:
        return _("typed by %(name)s") % {"name": step["name"]}
    if not step.get("percent"):
        return ""
    words = _("%(percent)s %% added") if step["kind"] == Kind.SURCHARGE else _("%(percent)s %% off")
    return words % {"percent": step["percent"]}
