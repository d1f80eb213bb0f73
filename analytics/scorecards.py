"""The figures of the dealers in a month, added up by the database; what they are worth say the rules."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from analytics import rules
from analytics.links import list_url, list_url_in
from analytics.models import DealerScore
from analytics.queries import CARS_INVOICED
from analytics.ranks import dense_ranks
from contracts.models import Instalment, Invoice, Retail, Settlement
from core.addresses import may_open
from core.periods import ONE_DAY, Period, month_of
from dealers.models import Dealer, DealerTarget
from inventory.models import Vehicle
from inventory.rules import inventory_coefficient
from users.models import User

KEPT = ("target_count", "retail_count", "wholesale_count", "attainment", "stock_count", "coefficient")
KEPT += ("truth", "payment", "points", "rank", "reckoned_at")
NOTHING = Decimal("0.00")


@transaction.atomic
def reckon_month(month: date, *, today: date) -> int:
    """A row for each dealer who trades or has a figure; a second run writes the same."""
    period = month_of(month)
    scores = list(_scores(period, today))
    ranks = dense_ranks({score.dealer_id: score.points for score in scores if score.points is not None})
    for score in scores:
        score.rank = ranks.get(score.dealer_id)
    DealerScore.objects.filter(month=period.start).exclude(dealer__in=[score.dealer_id for score in scores]).delete()
    DealerScore.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["dealer", "month"], update_fields=KEPT, batch_size=2_000
    )
    return len(scores)


def _scores(period: Period, today: date) -> Iterator[DealerScore]:
    targets, retail, wholesale = _targets(period), _retail(period), _wholesale(period)
    stock, truth, payment = _stock(min(period.last_day, today)), _truth(period), _payment(period, today)
    trading = set(Dealer.objects.trading().values_list("pk", flat=True))
    for dealer in sorted(trading.union(targets, retail, wholesale)):
        sold, target = retail.get(dealer, 0), targets.get(dealer, 0)
        score = DealerScore(
            dealer_id=dealer,
            month=period.start,
            target_count=target,
            retail_count=sold,
            wholesale_count=wholesale.get(dealer, 0),
            attainment=rules.share_of(sold, target),
            stock_count=stock.get(dealer, 0),
            coefficient=inventory_coefficient(stock.get(dealer, 0), sold),
            truth=truth.get(dealer),
            payment=payment.get(dealer),
        )
        score.points = rules.points(rules.reached(**_measures(score)))
        yield score


def figures(score: DealerScore, user: User) -> list[tuple[str, Decimal | None, str]]:
    """Measure, what of its weight was reached, and the address of the rows it sums, where the reader sees such rows."""
    reached = rules.reached(**_measures(score))
    return [(name, reached[name], url if may_open(url, user) else "") for name, url in _rows(score).items()]


def _measures(score: DealerScore) -> dict[str, Decimal | None]:
    return {name: getattr(score, name) for name in ("attainment", "coefficient", "truth", "payment")}


def _rows(score: DealerScore) -> dict[str, str]:
    period = month_of(score.month)
    last_due_day = min(period.last_day, timezone.localdate(score.reckoned_at))
    of_dealer = {"dealer": score.dealer_id}
    return {
        "attainment": list_url_in("contracts:retail", period, **of_dealer, is_counted="true"),
        "coefficient": list_url("inventory:vehicle", **of_dealer, in_stock_on=period.last_day),
        "truth": list_url_in("contracts:retail", period, **of_dealer, is_decided="true"),
        "payment": list_url("contracts:instalment", **of_dealer, due_from=period.start, due_until=last_due_day),
    }


def _targets(period: Period) -> dict[int, int]:
    rows = DealerTarget.objects.in_period(period).order_by()
    return dict(rows.values_list("dealer").annotate(cars=Sum("target_count")))


def _retail(period: Period) -> dict[int, int]:
    sales = Retail.objects.counted().in_period(period).exclude(dealer=None).order_by()
    return dict(sales.values_list("dealer").annotate(cars=Sum("quantity")))


def _wholesale(period: Period) -> dict[int, int]:
    rows = Invoice.objects.filter(invoiced_on__gte=period.start, invoiced_on__lt=period.end)
    rows = rows.exclude(order__buyer_dealer=None).order_by()
    return dict(rows.values_list("order__buyer_dealer").annotate(cars=Sum(CARS_INVOICED)))


def _stock(day: date) -> dict[int, int]:
    """Received by that day and not retailed by then."""
    unsold = Q(retailed_on=None) | Q(retailed_on__gt=day)
    cars = Vehicle.objects.filter(unsold, received_on__lte=day).exclude(dealer=None).order_by()
    return dict(cars.values_list("dealer").annotate(cars=Count("pk")))


def _truth(period: Period) -> dict[int, Decimal | None]:
    """Of the sales that were decided on, how many were genuine."""
    V = Retail.Verification
    sales = Retail.objects.in_period(period).filter(quantity=1, verification__in=(V.GENUINE, V.FALSE))
    counts = (
        sales.exclude(dealer=None)
        .order_by()
        .values_list("dealer")
        .annotate(genuine=Count("pk", filter=Q(verification=V.GENUINE)), decided=Count("pk"))
    )
    return {dealer: rules.share_of(genuine, decided) for dealer, genuine, decided in counts}


def _payment(period: Period, today: date) -> dict[int, Decimal | None]:
    """Of the money that fell due, part by part, how much had come by its day, whenever a clerk assigned it."""
    parts = Instalment.objects.filter(due_on__gte=period.start, due_on__lt=min(period.end, today + ONE_DAY))
    came_on = Greatest(F("receipt__received_on"), F("receivable__opened_on"))
    settled = Settlement.objects.annotate(day=Case(When(amount__gt=0, then=came_on), default=F("on")))
    paid = settled.filter(receivable=OuterRef("receivable"), day__lte=OuterRef("due_on")).order_by()
    received = Coalesce(Subquery(paid.values("receivable").annotate(sum=Sum("amount")).values("sum")), NOTHING)
    for_this_part = received - F("through_amount") + F("amount")
    sums = (
        parts.exclude(receivable__buyer_dealer=None)
        .annotate(in_time=Least(F("amount"), Greatest(for_this_part, Value(NOTHING))))
        .order_by()
        .values_list("receivable__buyer_dealer")
        .annotate(paid=Sum("in_time"), asked=Sum("amount"))
    )
    return {dealer: rules.share_of(paid, asked) for dealer, paid, asked in sums}
