"""How long what is owed has been owed: 0-30, 31-60, 61-90 and more than 90 days, by whom it concerns."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import (
    CharField,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts import rules
from contracts.models import Instalment, Receivable
from users.models import Unit

END_USER = Coalesce("order__customer", "buyer_customer")
ZERO = Decimal("0.00")
MONEY = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Bucket:
    """Opened on a day of [first, last]; None means any day before or after."""

    label: str
    first: date | None
    last: date | None

    @property
    def condition(self) -> Q:
        since = Q(opened_on__gte=self.first) if self.first else Q()
        return since & (Q(opened_on__lte=self.last) if self.last else Q())


@dataclass(frozen=True)
class Age:
    bucket: Bucket
    count: int
    amount: Decimal


@dataclass(frozen=True)
class AgeingLine:
    """What one dealer, customer, salesman or region owes; ``key`` is None for what belongs to none."""

    key: int | None
    name: str
    ages: list[Age]
    overdue: Decimal

    @property
    def amount(self) -> Decimal:
        return sum((age.amount for age in self.ages), ZERO)


@dataclass(frozen=True)
class Split:
    """``filter_name`` is the filter of the list of receivables that leaves the rows of one line."""

    label: str | Promise
    key: Combinable
    name: Combinable
    filter_name: str
    none: str | Promise


def _region(field: str) -> Subquery:
    """The region whose subtree a receivable lies in."""
    regions = Unit.objects.filter(kind=Unit.Kind.REGION).order_by("-path")
    own = regions.alias(whole=ExpressionWrapper(OuterRef("unit__path"), CharField())).filter(
        whole__startswith=F("path")
    )
    return Subquery(own.values(field)[:1])


SPLITS = {
    "dealer": Split(_("Dealer"), F("buyer_dealer"), F("buyer_dealer__name"), "dealer", _("Sold without a dealer")),
    "customer": Split(
        _("Customer"),
        END_USER,
        Coalesce("order__customer__name", "buyer_customer__name"),
        "customer",
        _("For the dealers' own stock"),
    ),
    "salesman": Split(_("Salesman"), F("order__owner"), F("order__owner__name"), "owner", _("Nobody")),
    "region": Split(_("Region"), _region("pk"), _region("name"), "region", _("Outside the regions")),
}


def buckets(today: date) -> list[Bucket]:
    """The youngest first; whatever was opened later than today is the youngest too."""
    found, last = [], None
    for limit in rules.AGEING_LIMITS:
        first = today - timedelta(days=limit)
        found.append(Bucket(rules.ageing_bucket(limit), first, last))
        last = first - timedelta(days=1)
    return [*found, Bucket(rules.ageing_bucket(rules.AGEING_LIMITS[-1] + 1), None, last)]


def receivable_ageing(receivables: QuerySet[Receivable], today: date) -> list[Age]:
    """What is outstanding in all, by the days since it was opened."""
    return _ages(receivables.open().aggregate(**_sums(today)), today)


def ageing_by(receivables: QuerySet[Receivable], split: Split, today: date) -> list[AgeingLine]:
    """One line for each who owes, the largest debt first. ``receivables`` begin with ``visible_to``."""
    rows = (
        receivables.open()
        .alias(late=_late(today))
        .order_by()
        .values(split_key=split.key, split_name=split.name)
        .annotate(overdue=Sum("late"), whole=Sum("outstanding_amount"), **_sums(today))
        .order_by("-whole", "split_key")
    )
    return [
        AgeingLine(row["split_key"], row["split_name"] or str(split.none), _ages(row, today), row["overdue"])
        for row in rows
    ]


def _late(today: date) -> Greatest:
    """What of a receivable should have been paid before today and was not."""
    due = Instalment.objects.filter(receivable=OuterRef("pk"), due_on__lt=today).order_by().values("receivable")
    through = Coalesce(Subquery(due.annotate(sum=Max("through_amount")).values("sum")), ZERO, output_field=MONEY)
    return Greatest(through - F("received_amount"), Value(ZERO), output_field=MONEY)


def _sums(today: date) -> dict[str, Count | Sum]:
    sums: dict[str, Count | Sum] = {}
    for number, bucket in enumerate(buckets(today)):
        sums[f"count{number}"] = Count("pk", filter=bucket.condition)
        sums[f"amount{number}"] = Sum("outstanding_amount", filter=bucket.condition, default=ZERO)
    return sums


def _ages(row: dict, today: date) -> list[Age]:
    return [Age(bucket, row[f"count{number}"], row[f"amount{number}"]) for number, bucket in enumerate(buckets(today))]
