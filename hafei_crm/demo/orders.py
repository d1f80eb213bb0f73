"""From monthly demand to orders and cars: who buys what when, and how far each has come by today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hafei_crm.demo.seasons import day_in, demand
from hafei_crm.demo.world import Item, Shop, World

CARS_PER_MONTH = 205
MONTHS_AHEAD = 3
MOST_CARS = 3


@dataclass
class Car:
    item: Item
    produced_on: date
    retailed_on: date


@dataclass
class PlannedOrder:
    """An order of a dealer with the days on which it passes its stations; days after today have not happened."""

    shop: Shop
    ordered_on: date
    approved_on: date
    invoiced_on: date
    shipped_on: date
    received_on: date
    cars: list[Car]


def planned_orders(world: World) -> list[PlannedOrder]:
    """Every order placed up to today, oldest first."""
    orders = [order for shop, cars in _cars_by_shop(world) for order in _orders_of(world, shop, cars)]
    placed = [order for order in orders if order.ordered_on <= world.today]
    return sorted(placed, key=lambda order: (order.ordered_on, order.shop.key))


def _cars_by_shop(world: World) -> Iterator[tuple[Shop, list[tuple[date, Item]]]]:
    """What end users will buy, from 36 months ago to some months ahead, in the order of the days."""
    bought: dict[int, list[tuple[date, Item]]] = {shop.key: [] for shop in world.shops}
    weights = [shop.weight for shop in world.shops]
    chances = [item.weight for item in world.items]
    for month in _months_and_ahead(world):
        years_on = (month - world.months[0]).days / 365
        count = round(CARS_PER_MONTH * demand(month, years_on=years_on, rng=world.rng))
        shops = world.rng.choices(world.shops, weights, k=count)
        items = world.rng.choices(world.items, chances, k=count)
        for shop, item in zip(shops, items, strict=True):
            bought[shop.key].append((day_in(month, rng=world.rng), item))
    for shop in world.shops:
        yield shop, sorted(bought[shop.key], key=lambda sale: (sale[0], sale[1].key))


def _months_and_ahead(world: World) -> Iterator[date]:
    yield from world.months
    month = world.months[-1]
    for _ in range(MONTHS_AHEAD):
        month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield month


def _orders_of(world: World, shop: Shop, sales: list[tuple[date, Item]]) -> Iterator[PlannedOrder]:
    begin = 0
    while begin < len(sales):
        size = world.rng.choices((1, 2, MOST_CARS), (0.62, 0.26, 0.12))[0]
        yield _order(world, shop, sales[begin : begin + size])
        begin += size


def _order(world: World, shop: Shop, sales: list[tuple[date, Item]]) -> PlannedOrder:
    """Counted back from the first retail: the age in the dealer's stock, the way, the paper work."""
    rng = world.rng
    age = 3 + int(rng.expovariate(1 / 20)) + (rng.randint(90, 200) if rng.random() < 0.03 else 0)
    received = sales[0][0] - timedelta(days=age)
    shipped = received - world.days(3, 8)
    invoiced = shipped - world.days(0, 2)
    approved = invoiced - world.days(2, 8)
    ordered = approved - world.days(1, 4)
    cars = [Car(item, invoiced - world.days(2, 45), day) for day, item in sales]
    return PlannedOrder(shop, ordered, approved, invoiced, shipped, received, cars)
