"""Sales plans by dealer and SKU, the production plans derived from them, and the quotas of the sellers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from contracts.models import Retail
from hafei_crm.demo.world import World
from salesplan.models import ProductionPlan, ProductionPlanLine, Quota, SalesPlan, SalesPlanLine

PLANNED_MONTHS = 24
QUOTA_MONTHS = 13
SKUS_PER_DEALER = 10

Sold = dict[date, dict[tuple[int, int], int]]


def make_plans(world: World) -> None:
    sold = _sold_by_dealer_and_sku()
    for month in _plan_months(world):
        _make_plan(world, month, sold)
    world.copier.copy(Quota, _quotas(world))


def _sold_by_dealer_and_sku() -> Sold:
    found: Sold = defaultdict(dict)
    rows = (
        Retail.objects.order_by()
        .annotate(month=TruncMonth("retailed_on"))
        .values_list("month", "dealer_id", "vehicle__sku_id")
        .annotate(cars=Sum("quantity"))
    )
    for month, dealer, sku, cars in rows:
        found[month][dealer, sku] = cars
    return found


def _plan_months(world: World) -> Iterator[date]:
    """Published up to this month; the next month is still being planned."""
    yield from world.months[-PLANNED_MONTHS:]
    yield _following(world.months[-1])


def _following(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _make_plan(world: World, month: date, sold: Sold) -> None:
    key, is_ahead = world.copier.key(SalesPlan), month > world.today
    planner = world.people["planner"]
    plan = {
        "id": key,
        "number": world.number("sales_plan", "XSJH", month),
        "month": month,
        "unit_id": world.units["HQ"],
    }
    status = {"status": "draft" if is_ahead else "published", "owner_id": planner}
    world.copier.copy(SalesPlan, [plan | status | {"created_at": world.moment(month - timedelta(days=12))}])
    lines = list(_lines(world, key, _basis(world, month, sold)))
    world.copier.copy(SalesPlanLine, lines)
    if not is_ahead:
        _make_production_plan(world, key, month, lines)


def _basis(world: World, month: date, sold: Sold) -> dict[tuple[int, int], int]:
    """Planners see what was sold; for the running month and the next they take the same month a year ago."""
    if month < world.months[-1]:
        return sold[month]
    return sold[month.replace(year=month.year - 1)]


def _lines(world: World, plan: int, basis: dict[tuple[int, int], int]) -> Iterator[dict]:
    """What was sold, misjudged a little: some of it overlooked, some planned where nothing was sold."""
    overlooked = world.rng.uniform(0, 0.12)
    for (dealer, sku), cars in sorted(basis.items()):
        if world.rng.random() < overlooked:
            continue
        quantity = max(1, round(cars * world.rng.uniform(0.85, 1.2)))
        yield {"plan_id": plan, "dealer_id": dealer, "sku_id": sku, "quantity": quantity}
    for shop in world.shops[::6]:
        item = world.rng.choice(world.items)
        if (shop.key, item.key) not in basis:
            yield {"plan_id": plan, "dealer_id": shop.key, "sku_id": item.key, "quantity": 1}


def _make_production_plan(world: World, plan: int, month: date, lines: list[dict]) -> None:
    key, is_running = world.copier.key(ProductionPlan), month == world.months[-1]
    need: dict[int, int] = defaultdict(int)
    for line in lines:
        need[line["sku_id"]] += line["quantity"]
    world.copier.copy(
        ProductionPlan,
        [
            {
                "id": key,
                "number": world.number("production_plan", "SCJH", month),
                "month": month,
                "sales_plan_id": plan,
                "status": "released" if is_running else "completed",
                "created_at": world.moment(month - timedelta(days=8)),
            }
        ],
    )
    share = world.today.day / 31 if is_running else 1
    world.copier.copy(
        ProductionPlanLine,
        (
            {
                "plan_id": key,
                "sku_id": sku,
                "demand_count": cars,
                "stock_count": 0,
                "quantity": cars,
                "produced_count": int(cars * share),
            }
            for sku, cars in sorted(need.items())
        ),
    )


def _quotas(world: World) -> Iterator[dict]:
    """Each seller's target: about his own pace of the year, rounded up."""
    first = world.months[-QUOTA_MONTHS]
    paces = (
        Retail.objects.filter(retailed_on__gte=first, sold_by__isnull=False)
        .order_by("sold_by_id")
        .values_list("sold_by_id")
        .annotate(cars=Sum("quantity"), amount=Sum("price_amount"))
    )
    for person, cars, amount in paces:
        pace = max(1, round(cars / QUOTA_MONTHS * 1.05))
        price = amount / cars
        for month in world.months[-QUOTA_MONTHS:]:
            yield {"user_id": person, "month": month, "target_count": pace, "target_amount": round(pace * price)}
