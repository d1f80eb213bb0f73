"""Stock counts and indicators of the rows they are given (DOMAIN 1.3 and 1.4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from core.periods import Period
from inventory import rules
from inventory.models import Movement, Vehicle

State = Vehicle.State


@dataclass(frozen=True)
class StockCounts:
    factory: int
    in_transit: int
    at_dealers: int
    retailed: int

    @property
    def channel(self) -> int:
        """Wholesaled, not yet retailed (渠道库存)."""
        return self.in_transit + self.at_dealers

    @property
    def produced(self) -> int:
        return self.factory + self.channel + self.retailed


@dataclass(frozen=True)
class Volumes:
    """The counts of a period that must never be mixed."""

    production: int
    wholesale: int
    retail: int


@dataclass(frozen=True)
class AgeBucket:
    label: str
    count: int


@dataclass(frozen=True)
class Supply:
    stock: int
    retail: int
    coefficient: Decimal | None
    days_of_supply: Decimal | None
    tone: str


def stock_counts(vehicles: QuerySet[Vehicle]) -> StockCounts:
    """``vehicles`` begins with ``Vehicle.objects.visible_to(user)``."""
    return StockCounts(
        **vehicles.aggregate(
            factory=Count("pk", filter=Q(state=State.IN_FACTORY)),
            in_transit=Count("pk", filter=Q(state=State.IN_TRANSIT)),
            at_dealers=Count("pk", filter=Q(state=State.AT_DEALER)),
            retailed=Count("pk", filter=Q(state=State.RETAILED)),
        )
    )


def stock_at(vehicles: QuerySet[Vehicle], day: date) -> StockCounts:
    """The stock at the end of ``day`` by the ledger, so that a car returned later changes no month that is over."""
    moved = Movement.objects.filter(vehicle=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
    then = vehicles.alias(state_then=Subquery(moved.values("to_state")[:1]))
    names = {
        "factory": State.IN_FACTORY,
        "in_transit": State.IN_TRANSIT,
        "at_dealers": State.AT_DEALER,
        "retailed": State.RETAILED,
    }
    return StockCounts(
        **then.aggregate(**{name: Count("pk", filter=Q(state_then=state)) for name, state in names.items()})
    )


def volumes(movements: QuerySet[Movement], period: Period) -> Volumes:
    """What the ledger says of a period; a return counts against the day it happened."""
    rows = movements.filter(on__gte=period.start, on__lt=period.end)
    return Volumes(
        **rows.aggregate(
            production=Count("pk", filter=Q(kind=Movement.Kind.PRODUCED)),
            wholesale=Count("pk", filter=Q(kind=Movement.Kind.INVOICED))
            - Count("pk", filter=Q(kind=Movement.Kind.RETURNED, to_state=State.IN_FACTORY)),
            retail=Count("pk", filter=Q(kind=Movement.Kind.RETAILED))
            - Count("pk", filter=Q(kind=Movement.Kind.RETURNED, from_state=State.RETAILED)),
        )
    )


def stock_age(vehicles: QuerySet[Vehicle], today: date) -> list[AgeBucket]:
    """Unsold cars by the age of their stock: at a dealer since receipt, otherwise since they entered the warehouse."""
    since = Case(
        When(state=State.AT_DEALER, then=F("received_on")),
        default=Coalesce("warehoused_on", "produced_on"),
    )
    buckets, upper = [], None
    for limit in rules.AGE_LIMITS:
        oldest = today - timedelta(days=limit)
        condition = Q(since__gte=oldest) if upper is None else Q(since__gte=oldest, since__lt=upper)
        buckets.append((rules.age_bucket(limit), condition))
        upper = oldest
    buckets.append((rules.age_bucket(rules.AGE_LIMITS[-1] + 1), Q(since__lt=upper)))
    counts = (
        vehicles.exclude(state=State.RETAILED)
        .alias(since=since)
        .aggregate(
            **{f"bucket{number}": Count("pk", filter=condition) for number, (_, condition) in enumerate(buckets)}
        )
    )
    return [AgeBucket(label, counts[f"bucket{number}"]) for number, (label, _) in enumerate(buckets)]


def supply(*, stock: int, retail: int, days: int) -> Supply:
    """The dealers' stock against the retail of a month of ``days`` days."""
    coefficient = rules.inventory_coefficient(stock, retail)
    return Supply(
        stock, retail, coefficient, rules.days_of_supply(stock, retail, days), rules.coefficient_tone(coefficient)
    )


def free_factory_stock(sku_id: int) -> QuerySet[Vehicle]:
    """Cars of a SKU in factory stock, not blocked, the oldest first (FIFO by the day they left the line)."""
    return Vehicle.objects.in_factory().for_sale().filter(sku=sku_id).order_by("produced_on", "pk")
