"""What rebate policies pay on real rows: counted by the database, priced by the rules of ``dealers``.

A row counts while it stands: an invoice until a negative one takes it back, a retail sale until it is returned or
found to be a false report.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    DateField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import TruncMonth

from contracts.models import Invoice, Order, Retail
from contracts.rebate_scopes import DealerScope
from core.periods import Period, add_months, period_of
from dealers import rules
from dealers.models import Dealer, DealerTarget, RebatePolicy

NOTHING = Decimal("0.00")
MONEY = DecimalField(max_digits=16, decimal_places=2)
Key = tuple[int, date]


@dataclass(frozen=True)
class Path:
    """Where the rows of a policy keep what its scope asks for."""

    model: type
    dealer: str
    day: str
    configuration: str
    value: str


INVOICES = Path(Invoice, "order__buyer_dealer", "invoiced_on", "allocation__vehicle__sku__configuration", "amount")
RETAILS = Path(
    Retail, "dealer", "retailed_on", "vehicle__sku__configuration", "allocation__order_line__unit_price_amount"
)


@dataclass(frozen=True)
class Line:
    """What one dealer would have been paid, month by month."""

    dealer: Dealer
    months: list[Decimal]
    former: Decimal

    @property
    def total(self) -> Decimal:
        return sum(self.months, NOTHING)

    @property
    def difference(self) -> Decimal:
        return self.total - self.former


@dataclass(frozen=True)
class Simulation:
    policy: RebatePolicy
    former: RebatePolicy | None
    year: Period
    lines: list[Line]
    has_targets: bool

    @property
    def month_totals(self) -> list[Decimal]:
        return [sum(column, NOTHING) for column in zip(*(line.months for line in self.lines), strict=True)]

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), NOTHING)

    @property
    def former_total(self) -> Decimal:
        return sum((line.former for line in self.lines), NOTHING)

    @property
    def difference(self) -> Decimal:
        return self.total - self.former_total


@dataclass
class Booked:
    """What earlier runs have taken from the caps of a policy."""

    by_dealer: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def total(self) -> Decimal:
        return sum(self.by_dealer.values(), NOTHING)


def path_of(policy: RebatePolicy) -> Path:
    return RETAILS if policy.is_by_retail else INVOICES


def rows_in_scope(policy: RebatePolicy, period: Period) -> QuerySet:
    """The invoices or retail sales the policy pays for, of whichever dealer, each in the period of its own day."""
    path, rows = path_of(policy), rows_counted(policy, period)
    configurations = list(policy.configurations.values_list("pk", flat=True))
    series = list(policy.series.values_list("pk", flat=True))
    if configurations or series:
        of_series = Q(**{f"{path.configuration}__vehicle_model__series__in": series})
        rows = rows.filter(Q(**{f"{path.configuration}__in": configurations}) | of_series)
    if policy.kind == RebatePolicy.Kind.CLEARANCE:
        rows = rows.annotate(per_car=_clearance_amount(policy)).filter(per_car__gt=0)
    return rows


def rows_counted(policy: RebatePolicy, period: Period) -> QuerySet:
    """All cars of dealers, whatever the product: what the target is compared with."""
    path = path_of(policy)
    rows = _standing(path, policy).filter(**{f"{path.day}__gte": period.start, f"{path.day}__lt": period.end})
    return rows.exclude(**{path.dealer: None}).order_by()


def results(policy: RebatePolicy, period: Period) -> dict[Key, rules.Result]:
    """Per dealer and settled period (its first day): cars, value, and for attainment all cars beside the target."""
    is_attainment = policy.kind == RebatePolicy.Kind.ATTAINMENT
    paid = _by_month(policy, rows_in_scope(policy, period))
    counted = _by_month(policy, rows_counted(policy, period)) if is_attainment else {}
    targets = _targets(period) if is_attainment else {}
    sums: dict[Key, list] = defaultdict(lambda: [0, NOTHING, 0, 0])
    for (dealer, month), (cars, value) in paid.items():
        entry = sums[dealer, period_of(policy.cadence, month).start]
        entry[0], entry[1] = entry[0] + cars, entry[1] + value
    for (dealer, month), (cars, _value) in counted.items():
        sums[dealer, period_of(policy.cadence, month).start][2] += cars
    for (dealer, month), target in targets.items():
        key = dealer, period_of(policy.cadence, month).start
        if key in sums:
            sums[key][3] += target
    scope = DealerScope(policy)
    return {
        (dealer, start): rules.Result(*entry)
        for (dealer, start), entry in sums.items()
        if scope.holds(dealer, period_of(policy.cadence, start))
    }


def dues(policy: RebatePolicy, found: dict[Key, rules.Result]) -> dict[Key, Decimal]:
    """What the results are worth by the policy, before its caps."""
    if policy.kind == RebatePolicy.Kind.ATTAINMENT:
        tiers = tiers_of(policy)
        return {key: rules.attainment_rebate(result, tiers) for key, result in found.items()}
    if policy.kind == RebatePolicy.Kind.CLEARANCE:
        return {key: result.value for key, result in found.items()}
    return {key: result.cars * policy.amount_per_car for key, result in found.items()}


def capped(policy: RebatePolicy, wanted: dict[Key, Decimal], booked: Booked) -> dict[Key, Decimal]:
    """Period after period, as long as the caps of the policy last; ``booked`` grows by what is given."""
    given: dict[Key, Decimal] = {}
    by_period: dict[date, dict[int, Decimal]] = defaultdict(dict)
    for (dealer, start), amount in wanted.items():
        by_period[start][dealer] = amount
    for start, amounts in sorted(by_period.items()):
        cap = policy.dealer_cap_amount
        left_by_dealer = {dealer: cap - booked.by_dealer[dealer] for dealer in amounts} if cap is not None else {}
        left = None if policy.total_cap_amount is None else policy.total_cap_amount - booked.total
        for dealer, amount in rules.within_caps(amounts, left_by_dealer=left_by_dealer, left=left).items():
            given[dealer, start] = amount
            booked.by_dealer[dealer] += amount
    return given


def simulate(policy: RebatePolicy, year: int) -> Simulation:
    """What the policy, and its version in force, would have paid each dealer on the rows of that year."""
    period = period_of("year", date(year, 1, 1))
    former = former_version(policy)
    now, then = _paid(policy, period), _paid(former, period) if former else {}
    names = Dealer.objects.filter(pk__in={dealer for dealer, _start in (*now, *then)}).order_by("code", "pk")
    lines = [_line(dealer, policy, period, now, then) for dealer in names]
    lines.sort(key=lambda line: (-line.total, line.dealer.code))
    return Simulation(policy, former, period, lines, DealerTarget.objects.in_period(period).exists())


def former_version(policy: RebatePolicy) -> RebatePolicy | None:
    versions = RebatePolicy.objects.filter(number=policy.number, version__lt=policy.version)
    return versions.exclude(status=RebatePolicy.Status.DRAFT).order_by("-version").first()


def tiers_of(policy: RebatePolicy) -> list[rules.Tier]:
    return [rules.Tier(tier.threshold, tier.rate_percent, tier.amount_per_car) for tier in policy.tiers.all()]


def _paid(policy: RebatePolicy, period: Period) -> dict[Key, Decimal]:
    return capped(policy, dues(policy, results(policy, period)), Booked())


def _line(dealer: Dealer, policy: RebatePolicy, period: Period, now: dict, then: dict) -> Line:
    """A quarter or year is paid in its last month."""
    months = []
    for month in period.months():
        settled = period_of(policy.cadence, month)
        is_last = settled.end == add_months(month, 1)
        months.append(now.get((dealer.pk, settled.start), NOTHING) if is_last else NOTHING)
    former = sum((amount for (key, _start), amount in then.items() if key == dealer.pk), NOTHING)
    return Line(dealer, months, former)


def _standing(path: Path, policy: RebatePolicy) -> QuerySet:
    if path is RETAILS:
        rows = Retail.objects.believed().filter(quantity=1, taken_back_on=None)
        rows = rows if policy.counts_fleet else rows.filter(is_fleet=False)
        return rows if policy.counts_out_of_area else rows.filter(is_out_of_area=False)
    rows = Invoice.objects.filter(amount__gt=0)
    rows = rows.exclude(Exists(Invoice.objects.filter(allocation=OuterRef("allocation"), amount__lt=0)))
    return rows if policy.counts_fleet else rows.exclude(order__kind=Order.Kind.KEY_ACCOUNT)


def _by_month(policy: RebatePolicy, rows: QuerySet) -> dict[Key, tuple[int, Decimal]]:
    path = path_of(policy)
    value = "per_car" if "per_car" in rows.query.annotations else path.value
    sums = (
        rows.annotate(month=TruncMonth(path.day))
        .values_list(path.dealer, "month")
        .annotate(cars=Count("pk"), total=Sum(value))
    )
    return {(dealer, month): (cars, total) for dealer, month, cars, total in sums}


def _targets(period: Period) -> dict[Key, int]:
    rows = DealerTarget.objects.in_period(period).order_by()
    return {(dealer, month): count for dealer, month, count in rows.values_list("dealer", "month", "target_count")}


def _clearance_amount(policy: RebatePolicy) -> Case:
    """By the days the car stood with the dealer until it was retailed; the highest threshold reached counts."""
    steps = []
    for tier in sorted(tiers_of(policy), key=lambda tier: tier.threshold, reverse=True):
        day = ExpressionWrapper(
            F("vehicle__received_on") + timedelta(days=int(tier.threshold)), output_field=DateField()
        )
        steps.append(When(retailed_on__gte=day, then=Value(tier.amount_per_car)))
    return Case(*steps, default=Value(NOTHING), output_field=MONEY)
