"""Which reported retail sales may not be what they say: each check reads a year of sales at once.

A finding names the rows that speak against the sale; whether it is false decides a person.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from aftersales.models import Claim
from analytics.models import RetailFinding
from contracts.models import Retail
from core.periods import ONE_DAY, add_months, month_of
from customers.divisions import code_of
from users.models.people import region_path

Kind = RetailFinding.Kind
LOOKED_BACK_MONTHS = 12
CLAIM_DAYS = 90
SAME_PHONE_FROM = 3
LAST_DAYS = 3
BULGE_SHARE, BULGE_FROM = 0.4, 3
RETURNED_WITHIN = timedelta(days=31)


@dataclass(frozen=True)
class Doubt:
    """A sale with what speaks against it: texts with the page and key of their row."""

    retail_id: int
    kind: str
    evidence: list[dict[str, Any]] = field(default_factory=list)


def doubts(today: date) -> Iterator[Doubt]:
    """Sales already found false are not looked at again."""
    sales = Retail.objects.believed().filter(quantity=1, retailed_on__gte=add_months(today, -LOOKED_BACK_MONTHS))
    standing = sales.filter(taken_back_on=None)
    yield from claimed_elsewhere(standing)
    yield from outside_the_area(standing)
    yield from same_phone(standing)
    yield from month_end_bulges(sales)


def claimed_elsewhere(sales: QuerySet[Retail]) -> Iterator[Doubt]:
    """After the sale the car was still prepared or hurt in transport, or soon repaired in another region."""
    claims = (
        Claim.objects.handed_in()
        .filter(vehicle__retails__in=sales, repaired_on__gt=F("vehicle__retails__retailed_on"))
        .order_by("repaired_on", "pk")
        .values_list(
            "pk",
            "number",
            "kind",
            "repaired_on",
            "station__name",
            "unit__path",
            "vehicle__retails",
            "vehicle__retails__retailed_on",
            "vehicle__retails__unit__path",
        )
    )
    wanted = set(sales.values_list("pk", flat=True))
    found: dict[int, list[dict]] = defaultdict(list)
    for key, number, kind, repaired_on, station, station_path, retail, retailed_on, path in claims:
        is_early = kind in Claim.WITHOUT_RETAIL
        is_far = region_path(station_path) != region_path(path) and (repaired_on - retailed_on).days <= CLAIM_DAYS
        if retail in wanted and (is_early or is_far):
            found[retail].append(_row("aftersales:claim", key, f"{number} · {station} · {repaired_on}"))
    yield from (Doubt(retail, Kind.CLAIMED_ELSEWHERE, rows) for retail, rows in found.items())


def outside_the_area(sales: QuerySet[Retail]) -> Iterator[Doubt]:
    """A private customer lives in another province than dealer or outlet, and the sale does not say so."""
    seller = {name: Coalesce(f"outlet__{name}", f"dealer__{name}") for name in ("id", "name", "province")}
    rows = (
        sales.filter(is_out_of_area=False, is_fleet=False)
        .annotate(**{f"seller_{name}": found for name, found in seller.items()})
        .exclude(Q(customer__province="") | Q(dealer=None) | Q(seller_province=""))
        .exclude(customer__province=F("seller_province"))
        .values_list(
            "pk",
            "customer",
            "customer__name",
            "customer__province",
            "seller_id",
            "seller_name",
            "seller_province",
        )
    )
    for retail, customer, name, home, dealer, dealer_name, province in rows:
        codes = {code_of(home, ""), code_of(province, "")}  # 黑龙江 and 黑龙江省 are one
        if "" in codes or len(codes) == 1:
            continue
        evidence = [
            _row("customers:customer", customer, f"{name} · {home}"),
            _row("dealers:dealer", dealer, f"{dealer_name} · {province}"),
        ]
        yield Doubt(retail, Kind.OUT_OF_AREA, evidence)


def same_phone(sales: QuerySet[Retail]) -> Iterator[Doubt]:
    """One phone stands on three private sales or more."""
    private = sales.filter(is_fleet=False, usage_kind=Retail.UsageKind.HOUSEHOLD).exclude(customer__phone="").order_by()
    many = private.values("customer__phone").annotate(cars=Count("pk")).filter(cars__gte=SAME_PHONE_FROM)
    rows = private.filter(customer__phone__in=many.values("customer__phone")).order_by("retailed_on", "pk")
    by_phone: dict[str, list[tuple]] = defaultdict(list)
    for phone, *sale in rows.values_list("customer__phone", "pk", "vehicle__vin", "retailed_on", "customer__name"):
        by_phone[phone].append(tuple(sale))
    for found in by_phone.values():
        for retail, *_rest in found:
            others = [
                _row("contracts:retail", key, f"{vin} · {day} · {name}")
                for key, vin, day, name in found
                if key != retail
            ]
            yield Doubt(retail, Kind.SAME_PHONE, others)


def month_end_bulges(sales: QuerySet[Retail]) -> Iterator[Doubt]:
    """Much of a dealer's month was reported in its last three days, and some of it came back soon after."""
    months = sales.exclude(dealer=None).annotate(month=TruncMonth("retailed_on")).order_by()
    totals = {(dealer, month): cars for dealer, month, cars in _counted(months)}
    late: dict[tuple[int, date], list[tuple]] = defaultdict(list)
    rows = months.order_by("retailed_on", "pk").values_list(
        "dealer", "month", "pk", "vehicle__vin", "retailed_on", "taken_back_on"
    )
    for dealer, month, key, vin, day, back in rows:
        if day > month_of(month).last_day - LAST_DAYS * ONE_DAY:
            late[dealer, month].append((key, vin, day, back))
    for (dealer, month), found in late.items():
        is_bulge = len(found) >= BULGE_FROM and len(found) >= BULGE_SHARE * totals[dealer, month]
        returned = [sale for sale in found if sale[3] and sale[3] <= month_of(month).last_day + RETURNED_WITHIN]
        if not is_bulge or not returned:
            continue
        evidence = [_row("contracts:retail", key, f"{vin} · {day} → {back or '–'}") for key, vin, day, back in found]
        yield from (Doubt(sale[0], Kind.MONTH_END, evidence) for sale in returned)


def _counted(months: QuerySet[Retail]) -> QuerySet:
    return months.values_list("dealer", "month").annotate(cars=Count("pk"))


def _row(page: str, key: int, text: str) -> dict[str, Any]:
    return {"page": page, "key": key, "text": text}
