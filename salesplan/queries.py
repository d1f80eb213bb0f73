"""Plan against actual, in the reader's rights; the need for production; the progress of a quota."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import (
    CharField,
    Count,
    DateField,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from contracts.models import Allocation, Retail
from core.periods import Period
from inventory.models import Vehicle
from salesplan import rules
from salesplan.models import Quota, SalesPlan, SalesPlanLine
from users.models import Unit, User

DEALER, REGION, SERIES, SKU = "dealer", "region", "series", "sku"
# Per grouping: how key and name of a group are reached from a plan line and from a retail sale.
PLAN_PATHS = {
    DEALER: ("dealer_id", "dealer__name"),
    REGION: ("region_id", "region_name"),
    SERIES: (
        "sku__configuration__vehicle_model__series_id",
        "sku__configuration__vehicle_model__series__name",
    ),
    SKU: ("sku_id", "sku__name"),
}
RETAIL_PATHS = {
    DEALER: ("dealer_id", "dealer__name"),
    REGION: ("region_id", "region_name"),
    SERIES: (
        "vehicle__sku__configuration__vehicle_model__series_id",
        "vehicle__sku__configuration__vehicle_model__series__name",
    ),
    SKU: ("vehicle__sku_id", "vehicle__sku__name"),
}
# Per grouping: the filter of the retail list that holds a group's sales.
RETAIL_FILTERS = {DEALER: "dealer", REGION: "unit", SERIES: "series", SKU: "sku"}
AMOUNT = ExpressionWrapper(
    F("price_amount") * F("quantity"), output_field=DecimalField(max_digits=14, decimal_places=2)
)


@dataclass(frozen=True)
class Progress:
    """Target against actual of one group; rates are None where there is no target."""

    key: int | None
    label: str
    plan: int
    actual: int
    time_progress: Decimal | None

    @property
    def completion(self) -> Decimal | None:
        return rules.completion(self.actual, self.plan)

    @property
    def gap(self) -> Decimal | None:
        return rules.progress_gap(self.completion, self.time_progress)

    @property
    def is_behind(self) -> bool:
        return self.gap is not None and self.gap < 0


@dataclass(frozen=True)
class Execution:
    """The plan of a period group by group, the largest plan first."""

    period: Period
    rows: list[Progress]
    time_progress: Decimal | None

    @cached_property
    def total(self) -> Progress:
        plan, actual = sum(row.plan for row in self.rows), sum(row.actual for row in self.rows)
        return Progress(None, "", plan, actual, self.time_progress)

    @cached_property
    def accuracy(self) -> Decimal | None:
        return rules.plan_accuracy([row.actual for row in self.rows], [row.plan for row in self.rows])


@dataclass(frozen=True)
class QuotaProgress:
    """What one person sold in a period beside his quotas for it."""

    target_count: int
    actual_count: int
    target_amount: Decimal
    actual_amount: Decimal
    time_progress: Decimal | None

    @property
    def count_completion(self) -> Decimal | None:
        return rules.completion(self.actual_count, self.target_count)

    @property
    def amount_completion(self) -> Decimal | None:
        return rules.completion(self.actual_amount, self.target_amount)


def plan_execution(period: Period, *, user: User, today: date, group_by: str = DEALER) -> Execution:
    """Published plan against retail sales (returns count negative), of what the reader may see of each."""
    lines = SalesPlanLine.objects.visible_to(user).published().in_period(period)
    sales = Retail.objects.visible_to(user).counted().in_period(period)
    planned = _grouped(lines, PLAN_PATHS[group_by], "dealer__unit__path")
    sold = _grouped(sales, RETAIL_PATHS[group_by], "unit__path")
    labels = {key: label for key, (label, _sum) in (sold | planned).items()}
    progress = rules.time_progress(period, today)
    rows = [
        Progress(key, label or "–", planned.get(key, ("", 0))[1], sold.get(key, ("", 0))[1], progress)
        for key, label in labels.items()
    ]
    return Execution(period, sorted(rows, key=lambda row: (-row.plan, -row.actual, row.label)), progress)


def quota_progress(user: User, period: Period, *, today: date) -> QuotaProgress:
    """The quotas of a person beside the cars he sold: handed over by himself, or sold on an order of his."""
    target = Quota.objects.filter(user=user).in_period(period).aggregate(n=Sum("target_count"), a=Sum("target_amount"))
    actual = sales_of(user.pk, period).aggregate(n=Sum("quantity"), a=Sum(AMOUNT))
    return QuotaProgress(
        target["n"] or 0,
        actual["n"] or 0,
        target["a"] or Decimal(0),
        actual["a"] or Decimal(0),
        rules.time_progress(period, today),
    )


def sales_of(user_id: int, period: Period) -> QuerySet[Retail]:
    return Retail.objects.counted().in_period(period).credited_to(user_id)


def quota_actual() -> Combinable:
    """For a list of quotas: the cars credited to the person in the month, as ``sales_of`` counts them."""
    month = OuterRef("month")
    sales = Retail.objects.counted().filter(retailed_on__gte=month, retailed_on__lt=_month_after(month))
    handed_over = sales.filter(sold_by=OuterRef("user"))
    ordered = sales.filter(ordered_by=OuterRef("user")).exclude(Q(sold_by__isnull=False) & Q(sold_by=OuterRef("user")))
    return _cars_of(handed_over) + _cars_of(ordered)


def _month_after(month: OuterRef) -> Func:
    return Func(month, template="(%(expressions)s + interval '1 month')", output_field=DateField())


def planned_by_sku(sales_plan_id: int) -> dict[int, int]:
    """Cars of a sales plan per SKU."""
    lines = SalesPlanLine.objects.filter(plan=sales_plan_id).values("sku_id").annotate(n=Sum("quantity"))
    return dict(lines.order_by("sku_id").values_list("sku_id", "n"))


def free_factory_stock(sku_ids: Iterable[int]) -> dict[int, int]:
    """Cars in the factory that are neither blocked nor given to an order, per SKU."""
    free = Vehicle.objects.in_factory().for_sale().filter(sku__in=list(sku_ids))
    free = free.exclude(pk__in=Allocation.objects.live().values("vehicle"))
    return dict(free.order_by().values("sku_id").annotate(n=Count("pk")).values_list("sku_id", "n"))


def published_plan(month: date) -> SalesPlan | None:
    return SalesPlan.objects.published().of_month(month).first()


def _cars_of(sales: QuerySet[Retail]) -> Coalesce:
    """The sum of a correlated subquery: grouping by a constant keeps it to one row."""
    summed = sales.order_by().annotate(one=Value(1)).values("one").annotate(cars=Sum("quantity")).values("cars")
    return Coalesce(Subquery(summed, output_field=IntegerField()), 0)


def _grouped(rows: QuerySet, paths: tuple[str, str], unit_path: str) -> dict[int | None, tuple[str, int]]:
    """Key of the group to its name and the sum of its cars."""
    key, name = paths
    if key == "region_id":
        region = (
            Unit.objects.filter(kind=Unit.Kind.REGION)
            .annotate(below=ExpressionWrapper(OuterRef(unit_path), output_field=CharField()))
            .filter(below__startswith=F("path"))
            .order_by("pk")
        )
        rows = rows.annotate(
            region_id=Subquery(region.values("pk")[:1]), region_name=Subquery(region.values("name")[:1])
        )
    sums = rows.order_by().values(key, name).annotate(cars=Sum("quantity")).values_list(key, name, "cars")
    return {group: (label, cars) for group, label, cars in sums}
