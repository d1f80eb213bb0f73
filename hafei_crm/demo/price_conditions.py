"""What comes off the price list, or is added, in the demo data, and what a dealer's order costs by it on its day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.models import PriceCondition
from contracts.price_conditions import LIST, Condition, PriceStep, explained
from hafei_crm.demo.world import Item, Shop, World

WHOLESALE, GUIDE = "wholesale", "guide"


@dataclass(frozen=True)
class Rule:
    condition: Condition
    valid_until: date | None
    price_kind: str = WHOLESALE
    region: str = ""
    level: str = ""
    series: str = ""

    def holds(self, item: Item, shop: Shop, day: date, order_kind: str) -> bool:
        is_in_force = self.condition.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        return (
            is_in_force
            and self.price_kind == WHOLESALE
            and (self.condition.kind != "surcharge" or order_kind == "urgent")
            and self.region in ("", shop.region)
            and self.level in ("", shop.level)
            and self.series in ("", item.series_name)
        )


def make_price_conditions(world: World) -> None:
    """Whole yuan off the wholesale price, so that the sums of the demo data stay whole."""
    series = {item.series_name: item.series for item in world.items}
    for rule in _rules(world.today):
        world.price_rules.append(rule)
        made = rule.condition
        world.copier.copy(
            PriceCondition,
            [
                {
                    "id": made.key,
                    "kind": made.kind,
                    "name": made.name,
                    "price_kind": rule.price_kind,
                    "series_id": series.get(rule.series),
                    "region_id": world.units[rule.region] if rule.region else None,
                    "dealer_level": rule.level,
                    "valid_from": made.valid_from,
                    "valid_until": rule.valid_until,
                    "percent": made.percent,
                    "amount": made.amount,
                    "is_combinable": made.is_combinable,
                }
            ],
        )


def price_of(world: World, item: Item, shop: Shop, day: date, order_kind: str) -> tuple[int, list[dict]]:
    """The wholesale price of the day for the dealer, with its steps as an order line keeps them."""
    first = PriceStep(LIST, WHOLESALE, Decimal(f"{item.wholesale}.00"), day)
    holding = [rule.condition for rule in world.price_rules if rule.holds(item, shop, day, order_kind)]
    steps = [first, *explained(first.price, holding)]
    return int(steps[-1].price), [step.frozen() for step in steps]


def _rules(today: date) -> list[Rule]:
    year = date(today.year, 1, 1)
    autumn, late = date(today.year, 9, 1), date(today.year, 10, 31)
    end = date(today.year, 12, 31)
    return [
        Rule(_off(1, "region", "东北近地运费让利", year, 200), None, region="NORTH"),
        Rule(_off(2, "level", "A级经销商价", year, 300), None, level="a"),
        Rule(_off(3, "promotion", "金秋微客节", autumn, 500), late, series="民意"),
        Rule(_off(4, "promotion", "年末冲量", date(today.year, 11, 1), 600, is_combinable=False), end, series="路宝"),
        Rule(_off(5, "promotion", "旧车置换支持", autumn, 300), end),
        Rule(_off(6, "promotion", "双节购车季", date(today.year, 9, 15), percent=2), late, GUIDE, series="赛豹"),
        Rule(_off(7, "surcharge", "加急调车费", date(today.year, 7, 1), 200), None),
    ]


def _off(key, kind, name, valid_from, amount=None, *, percent=None, is_combinable=True) -> Condition:
    taken = {"amount": amount and Decimal(amount), "percent": percent and Decimal(percent)}
    return Condition(key, kind, name, valid_from, **taken, is_combinable=is_combinable)
