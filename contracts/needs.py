"""What order lines still need, in which order they are served, and which cars are free for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from contracts.matching import OpenLine
from contracts.models import Allocation, Contract, Order, OrderLine, Retail
from core.periods import period_of
from inventory.models import Vehicle

OFFERED_BEYOND_NEED = 30
NOTHING = Decimal(0)


@dataclass(frozen=True)
class LineNeed:
    line: OrderLine
    allocated_count: int

    @property
    def open_count(self) -> int:
        return self.line.quantity - self.line.returned_count - self.allocated_count


def with_open_count(lines: QuerySet[OrderLine]) -> QuerySet[OrderLine]:
    """Annotated with the cars each line has, and with those it still needs."""
    live = Allocation.objects.live().filter(order_line=OuterRef("pk")).order_by().values("order_line")
    cars = live.annotate(cars=Count("pk")).values("cars")
    lines = lines.annotate(allocated_count=Coalesce(Subquery(cars), 0))
    return lines.annotate(open_count=F("quantity") - F("returned_count") - F("allocated_count"))


def line_needs(order: Order) -> list[LineNeed]:
    """The lines of an order with the cars they have."""
    lines = with_open_count(order.lines.select_related("sku")).order_by("pk")
    return [LineNeed(line, line.allocated_count) for line in lines]


def open_lines() -> list[OpenLine]:
    """Every line of an approved order that still needs cars, with what its priority follows from."""
    lines = OrderLine.objects.filter(order__in=Order.objects.awaiting_cars())
    rows = with_open_count(lines).filter(open_count__gt=0).order_by("pk")
    return [
        OpenLine(
            key=key,
            order=order,
            sku=sku,
            dealer=dealer,
            open_count=open_count,
            fleet_on=(signed_on or starts_on) if _is_fleet(kind, contract_kind) else None,
            has_customer=bool(customer or dealer is None),
            paid_share=(received or NOTHING) / amount if amount else NOTHING,
            ordered_on=ordered_on,
        )
        for (
            key, order, sku, dealer, open_count, kind, contract_kind, signed_on, starts_on, customer, received, amount,
            ordered_on,
        ) in rows.values_list(
            "pk", "order", "sku", "order__buyer_dealer", "open_count", "order__kind", "order__contract__kind",
            "order__contract__signed_on", "order__contract__starts_on", "order__customer",
            "order__receivable__received_amount", "order__receivable__amount", "order__ordered_on",
        )
    ]  # fmt: skip


def plan_attainment(today: date) -> dict[int, Decimal]:
    """Per dealer: the cars retailed this year over those agreed in his annual contracts of today."""
    year = period_of("year", today)
    agreed = Contract.objects.covering(today).filter(kind=Contract.Kind.ANNUAL_DEALER, agreed_count__gt=0).order_by()
    sold = Retail.objects.counted().in_period(year).exclude(dealer=None).order_by()
    retailed = dict(sold.values_list("dealer").annotate(cars=Sum("quantity")))
    return {
        dealer: Decimal(retailed.get(dealer, 0)) / cars
        for dealer, cars in agreed.values_list("dealer").annotate(cars=Sum("agreed_count"))
    }


def free_cars() -> QuerySet[Vehicle]:
    """In factory stock, not blocked, promised to nobody."""
    live = Allocation.objects.live().filter(vehicle=OuterRef("pk"))
    return Vehicle.objects.in_factory().for_sale().filter(~Exists(live))


def offered_cars(need: LineNeed) -> QuerySet[Vehicle]:
    """Free cars of the line's SKU, the oldest first, somewhat more than are needed so that there is a choice."""
    keys = free_cars().filter(sku=need.line.sku_id).order_by("produced_on", "pk").values_list("pk", flat=True)
    offered = list(keys[: need.open_count + OFFERED_BEYOND_NEED])
    return Vehicle.objects.filter(pk__in=offered).select_related("warehouse").order_by("produced_on", "pk")


def proposed_cars(need: LineNeed) -> Iterable[int]:
    """First in, first out: as many of the oldest as the line still needs."""
    return list(offered_cars(need).values_list("pk", flat=True)[: need.open_count])


def _is_fleet(kind: str, contract_kind: str) -> bool:
    return kind == Order.Kind.KEY_ACCOUNT or contract_kind == Contract.Kind.KEY_ACCOUNT_FRAME
