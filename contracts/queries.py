"""Sums over retail, receivables and orders in a reader's rights; what an order still needs; versions compared."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from contracts.models import (
    Allocation,
    Contract,
    ContractAmendment,
    Order,
    OrderLine,
    OrderVersionLine,
    Quotation,
    QuotationLine,
    Retail,
)
from core.periods import Period
from customers.models import Opportunity
from customers.queries import key_account_discount
from dealers.models import Dealer
from products.models import Configuration, Price, Series, Sku
from products.queries import prices_of

BREAKDOWNS = {
    "month": TruncMonth("retailed_on"),
    "series": F("vehicle__sku__configuration__vehicle_model__series__name"),
    "region": F("unit__parent__name"),
    "dealer": F("dealer__name"),
}


@dataclass(frozen=True)
class Volume:
    """Cars and yuan under a heading: a month, a series, a region, a dealer."""

    key: date | str | None
    count: int
    amount: Decimal


@dataclass(frozen=True)
class OutletVolume:
    """Cars and yuan that an outlet sold for its dealer; without an outlet, what the dealer handed over himself."""

    dealer_id: int
    dealer_name: str
    outlet_id: int | None
    outlet_name: str | None
    count: int
    amount: Decimal


@dataclass(frozen=True)
class Fulfilment:
    ordered: int
    allocated: int
    shipped: int
    retailed: int

    @property
    def shipped_share(self) -> Decimal | None:
        return (Decimal(self.shipped) / self.ordered).quantize(Decimal("0.0001")) if self.ordered else None


@dataclass(frozen=True)
class LineDifference:
    """One SKU in two versions of a quotation or an order; None where a version has no such line."""

    sku: str
    before: QuotationLine | OrderVersionLine | None
    after: QuotationLine | OrderVersionLine | None

    @property
    def amount(self) -> Decimal:
        return (self.after.amount if self.after else 0) - (self.before.amount if self.before else 0)

    @property
    def is_changed(self) -> bool:
        return self._terms(self.before) != self._terms(self.after)

    @staticmethod
    def _terms(line: QuotationLine | OrderVersionLine | None) -> tuple:
        return (line.quantity, getattr(line, "list_price_amount", None), line.unit_price_amount) if line else ()


def version_differences(before: Quotation, after: Quotation) -> list[LineDifference]:
    return line_differences(before.lines.all(), after.lines.all())


def line_differences(before: QuerySet, after: QuerySet) -> list[LineDifference]:
    """Line by line, in the order of the newer version; what it dropped stands at the end."""
    rest = list(before.select_related("sku").order_by("pk"))
    differences = []
    for line in after.select_related("sku").order_by("pk"):
        former = next((old for old in rest if old.sku_id == line.sku_id), None)
        if former:
            rest.remove(former)
        differences.append(LineDifference(str(line.sku), former, line))
    return [*differences, *(LineDifference(str(line.sku), line, None) for line in rest)]


def wanted_cars(opportunity: Opportunity) -> list[dict]:
    """The lines a quotation begins with; the colour, and where only the series is known the car, is still to choose.

    What was agreed with a key account is taken off.
    """
    wanted = list(opportunity.lines.values_list("configuration", "quantity")) or [(None, opportunity.quantity)]
    skus = Sku.objects.orderable().filter(configuration__in=[key for key, _cars in wanted]).order_by("-pk")
    by_configuration = {sku.configuration_id: sku for sku in skus}
    lines = [{"sku": by_configuration.get(key), "quantity": cars} for key, cars in wanted]
    cars = sum(line["quantity"] for line in lines)
    agreed = key_account_discount(opportunity.customer_id, quantity=cars, on=timezone.localdate())
    return [line | {"discount_percent": agreed} for line in lines] if agreed else lines


def guide_prices(day: date) -> dict[int, str]:
    """What every SKU that can be ordered costs by the price list of the day, for a form that shows it."""
    skus = dict(Sku.objects.orderable().order_by("pk").values_list("pk", "configuration_id"))
    prices = prices_of(set(skus.values()), Price.Kind.GUIDE, day)
    return {sku: str(prices[configuration]) for sku, configuration in skus.items() if configuration in prices}


def orderable_series() -> QuerySet[Series]:
    return Series.objects.filter(
        Exists(Sku.objects.orderable().on_sale().filter(configuration__vehicle_model__series=OuterRef("pk")))
    )


def configurations_on_sale(series: Series | None) -> QuerySet[Configuration]:
    """Of one series, or of all."""
    rows = Configuration.objects.filter(Exists(Sku.objects.orderable().on_sale().filter(configuration=OuterRef("pk"))))
    chosen = rows.filter(vehicle_model__series=series) if series else rows
    return chosen.select_related("vehicle_model").order_by("vehicle_model__code", "-model_year", "code", "pk")


def orderable_skus(series: Series | None) -> QuerySet[Sku]:
    """In the order of the rows of a matrix."""
    return (
        Sku.objects.orderable()
        .on_sale()
        .filter(configuration__vehicle_model__series=series)
        .select_related("configuration", "exterior", "interior")
        .order_by("configuration__vehicle_model__code", "-configuration__model_year", "configuration__code", "code")
    )


def retail_volume(retails: QuerySet[Retail], period: Period, by: str = "month") -> list[Volume]:
    """Cars that count as retailed, returns deducted. ``retails`` begins with ``Retail.objects.visible_to(user)``."""
    rows = (
        retails.counted()
        .in_period(period)
        .values(key=BREAKDOWNS[by])
        .annotate(count=Sum("quantity"), amount=Sum(F("quantity") * F("price_amount")))
        .order_by("key")
    )
    return [Volume(**row) for row in rows]


def outlet_volumes(retails: QuerySet[Retail], period: Period) -> list[OutletVolume]:
    """What counts as retailed by the dealers who have outlets. ``retails`` begins with ``visible_to(user)``."""
    rows = (
        retails.counted()
        .in_period(period)
        .filter(Exists(Dealer.objects.filter(parent=OuterRef("dealer"))))
        .values("dealer_id", "outlet_id", dealer_name=F("dealer__name"), outlet_name=F("outlet__name"))
        .annotate(count=Sum("quantity"), amount=Sum(F("quantity") * F("price_amount")))
        .order_by("dealer__code", F("outlet__code").asc(nulls_first=True))
    )
    return [OutletVolume(**row) for row in rows]


def order_fulfilment(orders: QuerySet[Order], period: Period) -> Fulfilment:
    """How far the cars of the orders approved in the period are."""
    approved = orders.approved().filter(approved_on__gte=period.start, approved_on__lt=period.end)
    ordered = OrderLine.objects.filter(order__in=approved).aggregate(cars=Coalesce(Sum("quantity"), 0))["cars"]
    Status = Allocation.Status
    under_way = (Status.SHIPPED, Status.RECEIVED, Status.RETAILED)
    cars = Allocation.objects.live().filter(order_line__order__in=approved)
    return Fulfilment(
        ordered=ordered,
        **cars.aggregate(
            allocated=Count("pk"),
            shipped=Count("pk", filter=Q(status__in=under_way)),
            retailed=Count("pk", filter=Q(status=Status.RETAILED)),
        ),
    )


def reserved_amount(order: Order) -> Decimal:
    """What the cars that wait for their invoice will be invoiced for."""
    reserved = Allocation.objects.filter(order_line__order=order, status=Allocation.Status.RESERVED)
    return reserved.aggregate(sum=Sum("order_line__unit_price_amount", default=Decimal("0.00")))["sum"]


def version_of(contract: Contract) -> int:
    """1 as it was signed, after that the last amendment approved."""
    approved = contract.amendments.filter(status=ContractAmendment.Status.APPROVED)
    return approved.aggregate(last=Max("version"))["last"] or 1


def is_won_without(document: Order | Contract, opportunity_id: int) -> bool:
    """Whether another approved order or another signed contract keeps the opportunity won."""
    found = (
        Order.objects.kept().filter(opportunity=opportunity_id),
        Contract.objects.filter(quotation__opportunity=opportunity_id, status__in=Contract.KEEPS_WON),
    )
    own = {"pk": document.pk}
    return any((rows.exclude(**own) if isinstance(document, rows.model) else rows).exists() for rows in found)
