"""What a configuration costs on a day, whether it is sold, and what came before and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from products import rules
from products.models import CONFIGURATION_SALE_STATE, MODEL_SALE_STATE, Configuration, Price, Sku, VehicleModel

LONGEST_LINE = 12
LEVELS = ("configuration__vehicle_model__series__", "configuration__vehicle_model__", "configuration__")


def price_on(configuration_id: int, kind: str, day: date) -> Decimal | None:
    return prices_of([configuration_id], kind, day).get(configuration_id)


def prices_of(configuration_ids: Iterable[int], kind: str, day: date) -> dict[int, Decimal]:
    """The prices valid on the day, by configuration; those without a price are missing."""
    prices = Price.objects.valid_on(day).filter(configuration_id__in=list(configuration_ids), kind=kind)
    return dict(prices.order_by("pk").values_list("configuration_id", "amount"))


@dataclass(frozen=True)
class SaleWindow:
    """From when to when a SKU is sold; None where nothing is said."""

    launches: tuple[date | None, ...]
    ends: tuple[date | None, ...]
    is_orderable: bool

    def is_launched(self, day: date) -> bool:
        return rules.is_launched(self.launches, day)

    def is_ended(self, day: date) -> bool:
        return rules.is_ended(self.ends, day)

    @property
    def first_day(self) -> date | None:
        return max((day for day in self.launches if day), default=None)

    @property
    def last_day(self) -> date | None:
        return min((day for day in self.ends if day), default=None)


def sale_windows(sku_ids: Iterable[int]) -> dict[int, SaleWindow]:
    """Of series, model and configuration together, in one query."""
    launches = [f"{level}launched_on" for level in LEVELS]
    ends = [f"{LEVELS[0]}ended_on", *(f"{level}end_of_sale_on" for level in LEVELS[1:])]
    rows = Sku.objects.filter(pk__in=list(sku_ids)).order_by("pk").values_list("pk", "is_orderable", *launches, *ends)
    return {
        key: SaleWindow(tuple(days[: len(LEVELS)]), tuple(days[len(LEVELS) :]), is_orderable)
        for key, is_orderable, *days in rows
    }


def sale_state_of(record: VehicleModel | Configuration) -> str:
    expression = MODEL_SALE_STATE if isinstance(record, VehicleModel) else CONFIGURATION_SALE_STATE
    return type(record).objects.annotate(sale_state=expression).values_list("sale_state", flat=True).get(pk=record.pk)


def line_of(record: VehicleModel | Configuration) -> list[VehicleModel | Configuration]:
    """The record with those before and after it, the oldest first."""
    line = [record]
    while line[0].predecessor is not None and len(line) < LONGEST_LINE:
        line.insert(0, line[0].predecessor)
    while len(line) < LONGEST_LINE and (successor := line[-1].successors.order_by("pk").first()):
        line.append(successor)
    return line


@dataclass(frozen=True)
class Margin:
    """What is left of a price when the cost is paid, in yuan and as a share of the price."""

    kind: str
    price: Decimal
    cost: Decimal

    @property
    def amount(self) -> Decimal:
        return self.price - self.cost

    @property
    def share(self) -> Decimal:
        return self.amount / self.price


def margins_of(configuration: Configuration, day: date) -> list[Margin]:
    """Of guide and wholesale price over the cost of the day; none where one of the two is missing."""
    rows = Price.objects.valid_on(day).filter(configuration=configuration).order_by("pk")
    prices = dict(rows.values_list("kind", "amount"))
    cost = prices.get(Price.Kind.COST)
    if cost is None:
        return []
    kinds = (Price.Kind.GUIDE, Price.Kind.WHOLESALE)
    return [Margin(str(kind.label), prices[kind], cost) for kind in kinds if kind in prices]
