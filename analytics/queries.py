"""Figures of the home page and the trend page, added up by the database in the reader's rights."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from aftersales.models import Claim
from analytics.counting import counted
from analytics.series import monthly_totals
from contracts.models import Invoice, Receivable, Retail
from core.periods import Period
from customers.models import Lead
from inventory.models import Vehicle
from salesplan.models import Quota, SalesPlanLine
from salesplan.queries import plan_execution, quota_progress
from training.models import Enrolment, TrainingClass
from users.models import User

MONEY = DecimalField(max_digits=18, decimal_places=2)
REVENUE = ExpressionWrapper(F("price_amount") * F("quantity"), output_field=MONEY)
CARS_INVOICED = Case(When(amount__lt=0, then=Value(-1)), default=Value(1))


@dataclass(frozen=True)
class Pace:
    """Cars and money of a period up to today, and of as many days of the period before."""

    cars: int
    amount: Decimal
    cars_before: int

    @property
    def change(self) -> float | None:
        return (self.cars - self.cars_before) / self.cars_before if self.cars_before else None


@dataclass(frozen=True)
class Debt:
    outstanding_amount: Decimal
    overdue_amount: Decimal
    overdue_count: int


@dataclass(frozen=True)
class Share:
    """One line of a ranking."""

    key: int | None
    label: str
    cars: int
    amount: Decimal = Decimal(0)
    target: int = 0


def same_days_before(period: Period, today: date) -> Period:
    """As many days of the period before as have passed of this one."""
    before = period.previous()
    passed = min(period.end, today + (period.end - period.last_day)) - period.start
    return Period("custom", before.start, min(before.start + passed, before.end))


def retail_pace(user: User, period: Period, today: date) -> Pace:
    return _pace(Retail.objects.visible_to(user).counted(), "retailed_on", F("quantity"), REVENUE, period, today)


def wholesale_pace(user: User, period: Period, today: date) -> Pace:
    return _pace(Invoice.objects.visible_to(user), "invoiced_on", CARS_INVOICED, F("amount"), period, today)


def _pace(rows: QuerySet, day: str, cars, amount, period: Period, today: date) -> Pace:
    before = same_days_before(period, today)
    now, then = _within(day, period), _within(day, before)
    sums = rows.filter(now | then).aggregate(
        cars=Sum(cars, filter=now), total=Sum(amount, filter=now), before=Sum(cars, filter=then)
    )
    return Pace(sums["cars"] or 0, sums["total"] or Decimal(0), sums["before"] or 0)


def _within(day: str, period: Period) -> Q:
    return Q(**{f"{day}__gte": period.start, f"{day}__lt": period.end})


def debt(user: User, today: date) -> Debt:
    overdue = Q(due_on__lt=today)
    sums = (
        Receivable.objects.visible_to(user)
        .open()
        .aggregate(
            total=Sum("outstanding_amount"),
            late=Sum("outstanding_amount", filter=overdue),
            count=Count("pk", filter=overdue),
        )
    )
    return Debt(sums["total"] or Decimal(0), sums["late"] or Decimal(0), sums["count"])


def new_leads(user: User, period: Period, today: date) -> tuple[int, int]:
    """Leads recorded in the period, and all open leads whose follow-up day has passed."""
    start, end = period.bounds()
    recorded = Q(recorded_at__gte=start, recorded_at__lt=end)
    overdue = Q(status__in=Lead.OPEN, next_contact_on__lt=today)
    sums = (
        Lead.objects.visible_to(user)
        .filter(recorded | overdue)
        .aggregate(recorded=Count("pk", filter=recorded), overdue=Count("pk", filter=overdue))
    )
    return sums["recorded"], sums["overdue"]


def stock(user: User) -> dict[str, int]:
    """Cars not yet retailed, by the stock they count in."""
    rows = Vehicle.objects.visible_to(user).exclude(state=Vehicle.State.RETAILED).order_by()
    return dict(rows.values_list("state").annotate(cars=Count("pk")))


def claims(user: User) -> dict[str, tuple[int, Decimal]]:
    rows = Claim.objects.visible_to(user).order_by()
    return {status: (count, amount or Decimal(0)) for status, count, amount in _claims_by_status(rows)}


def _claims_by_status(rows: QuerySet):
    return rows.values_list("status").annotate(count=Count("pk"), total=Sum("claimed_amount"))


def plan_by_month(user: User, since: date, until: date) -> dict[date, int]:
    """Cars of the published sales plans, month by month."""
    lines = SalesPlanLine.objects.visible_to(user).published().in_period(Period("custom", since, until))
    return dict(lines.order_by().values_list("plan__month").annotate(cars=Sum("quantity")))


def retail_by_month(user: User, since: date, until: date) -> dict[date, float]:
    totals = monthly_totals("retail", Retail.objects.visible_to(user).counted(), "total", since=since, until=until)
    return next(iter(totals.values()), {})


def ranking(user: User, period: Period, today: date, group_by: str, limit: int = 8) -> list[Share]:
    """Retail sales of the period by region, dealer or series beside the plan, the best first."""
    rows = plan_execution(period, user=user, today=today, group_by=group_by).rows
    rows = sorted((row for row in rows if row.actual), key=lambda row: (-row.actual, row.label))
    return [Share(row.key, row.label, row.actual, target=row.plan) for row in rows[:limit]]


def salespeople(user: User, period: Period, limit: int = 8) -> list[Share]:
    """Who sold most in the period, beside his quota where the reader may see it."""
    sold = (
        Retail.objects.visible_to(user)
        .counted()
        .in_period(period)
        .exclude(sold_by=None)
        .order_by()
        .values_list("sold_by", "sold_by__name")
        .annotate(cars=Sum("quantity"), amount=Sum(REVENUE))
        .order_by("-cars", "-amount", "sold_by")[:limit]
    )
    sold = list(sold)
    quotas = Quota.objects.visible_to(user).in_period(period).filter(user__in=[row[0] for row in sold]).order_by()
    targets = dict(quotas.values_list("user").annotate(cars=Coalesce(Sum("target_count"), 0)))
    return [Share(key, name, cars, amount, targets.get(key, 0)) for key, name, cars, amount in sold]


def own_pace(user: User, period: Period, today: date) -> Share:
    """One's own sales beside one's quota."""
    own = quota_progress(user, period, today=today)
    return Share(user.pk, user.name, own.actual_count, own.actual_amount, own.target_count)


def training(user: User) -> tuple[int, int]:
    """Classes open for enrolment, and enrolments without a result yet."""
    enrolled = Enrolment.objects.visible_to(user).filter(status=Enrolment.Status.ENROLLED)
    classes, enrolments = counted(user, [TrainingClass.objects.visible_to(user).open(), enrolled])
    return classes, enrolments


def data_version() -> int:
    """Grows with every sale and return; a false report leaves what is kept when that has run out."""
    return Retail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
