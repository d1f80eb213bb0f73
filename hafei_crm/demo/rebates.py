"""Targets, rebate policies and what they have paid; papers and credit lines of the dealers; scores and doubts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncMonth

from analytics.actions import check_retails
from analytics.scorecards import reckon_month
from contracts.actions import accrue_rebates, use_rebate
from contracts.credit import credit_of
from contracts.models import Invoice, Order, RebateAccrual, RebateUse
from core.periods import add_months, month_of
from dealers.actions import add_rebate_policy, post_entries
from dealers.models import (
    AccountEntry,
    CreditLineChange,
    Dealer,
    DealerPaper,
    DealerTarget,
    RebatePolicy,
)
from hafei_crm.demo.world import World
from users.models import User

SCORED_MONTHS = 13
INVOICES_WITH_REBATE = 12
ATTAINMENT = ((80, "1.00", 0), (100, "2.00", 0), (110, "2.50", 0))
CLEARANCE = ((90, 0, 800), (180, 0, 2000))
Kind, Status = RebatePolicy.Kind, RebateAccrual.Status


def make_rebates(world: World) -> None:
    """After everything else, because all of it follows from invoices and retail sales."""
    DealerTarget.objects.bulk_create(_targets(world), batch_size=2_000)
    DealerPaper.objects.bulk_create(_papers(world))
    CreditLineChange.objects.bulk_create(_credit_lines(world))
    _make_policies(world)
    _accrue(world)
    _use(world)
    for back in range(SCORED_MONTHS):
        reckon_month(add_months(world.months[-1], -back), today=world.today)
    check_retails(world.today)


def _targets(world: World) -> Iterator[DealerTarget]:
    """What was invoiced, hoped for a little higher or lower; this month and the next like a year ago."""
    rows = (
        Invoice.objects.filter(amount__gt=0, order__buyer_dealer__isnull=False)
        .annotate(month=TruncMonth("invoiced_on"))
        .order_by()
        .values_list("order__buyer_dealer", "month")
        .annotate(cars=Count("pk"))
    )
    sold = {(dealer, month): cars for dealer, month, cars in rows}
    for shop in world.shops:
        for month in (*world.months, add_months(world.months[-1], 1)):
            like = month if month < world.months[-1] else add_months(month, -12)
            hoped = sold.get((shop.key, like), 1) * world.rng.uniform(0.85, 1.2)
            yield DealerTarget(dealer_id=shop.key, month=month, target_count=max(1, round(hoped)))


def _papers(world: World) -> Iterator[DealerPaper]:
    for number, shop in enumerate(world.shops):
        issued = world.today - world.days(400, 3000)
        licence = f"9123{shop.key:04d}{world.rng.randint(10_000_000, 99_999_999)}"
        yield DealerPaper(dealer_id=shop.key, kind=DealerPaper.Kind.BUSINESS_LICENCE, number=licence, issued_on=issued)
        yield DealerPaper(
            dealer_id=shop.key,
            kind=DealerPaper.Kind.LEASE,
            number=f"ZL-{shop.key:03d}",
            issued_on=issued,
            expires_on=world.today + timedelta(days=(number * 37) % 900 - 20),
        )


def _credit_lines(world: World) -> Iterator[CreditLineChange]:
    """Approved long ago, and two that wait."""
    amounts = dict(Dealer.objects.values_list("pk", "credit_limit_amount"))
    for number, shop in enumerate(world.shops[:8]):
        waits, line = number < 2, amounts[shop.key]
        yield CreditLineChange(
            number=f"XE-{world.today.year}-{number + 1:04d}",
            dealer_id=shop.key,
            former_amount=line if waits else line / 2,
            wanted_amount=line + 500_000 if waits else line,
            reason="旺季备货，申请提高授信额度" if waits else "上年度销量增长，年审调整",
            owner_id=world.people["manager"],
            status="submitted" if waits else "approved",
        )


def _make_policies(world: World) -> None:
    """Published for last year and this; for the next year finance is drawing up another version."""
    this_year, finance = world.today.year, User.objects.get(pk=world.people["finance"])
    first = _policy(finance, "提车奖励", Kind.PER_CAR, this_year - 1, amount_per_car=Decimal(400))
    for year, amount, status in ((this_year, 500, "published"), (this_year + 1, 600, "draft")):
        version = _policy(finance, first.name, Kind.PER_CAR, year, status=status, amount_per_car=Decimal(amount))
        RebatePolicy.objects.filter(pk=version.pk).update(number=first.number, version=year - this_year + 2)
    _policy(finance, "季度达成奖", Kind.ATTAINMENT, this_year, tiers=ATTAINMENT, cadence="quarter")
    _policy(finance, "库存车清库奖", Kind.CLEARANCE, this_year, tiers=CLEARANCE, dealer_cap_amount=Decimal(60_000))
    _policy(
        finance,
        "终端零售补贴",
        Kind.SUBSIDY,
        this_year,
        amount_per_car=Decimal(300),
        levels=["a", "b"],
        total_cap_amount=Decimal(300_000),
    )


def _policy(finance: User, name: str, kind: str, year: int, *, tiers=(), status="published", **fields) -> RebatePolicy:
    names = ("threshold", "rate_percent", "amount_per_car")
    lines = [dict(zip(names, map(Decimal, tier), strict=True)) for tier in tiers]
    days = {"valid_from": date(year, 1, 1), "valid_until": date(year, 12, 31)}
    policy = add_rebate_policy(by=finance, name=name, kind=kind, lines=lines, **days | fields)
    RebatePolicy.objects.filter(pk=policy.pk).update(status=status)
    return policy


def _accrue(world: World) -> None:
    """At the end of each quarter since last year's, and last month; a run takes in the months before it.

    Credited, but the last but one only reviewed and the last one waiting.
    """
    past = [month for month in world.months[:-1] if month >= date(world.today.year - 1, 12, 1)]
    over = [month for month in past if month.month % 3 == 0 or month == past[-1]]
    for month in over:
        accrue_rebates(month)
    waiting, reviewed = over[-1:], over[-2:-1]
    lines = RebateAccrual.objects.filter(status=Status.ACCRUED)
    director = world.people["director"]
    lines.filter(month__in=reviewed).update(status=Status.REVIEWED, reviewed_by=director)
    done = lines.exclude(month__in=[*waiting, *reviewed])
    post_entries([_credit(line, world) for line in done.select_related("policy")])
    done.update(status=Status.CREDITED, reviewed_by=director)


def _credit(line: RebateAccrual, world: World) -> AccountEntry:
    return AccountEntry(
        dealer_id=line.dealer_id,
        account=AccountEntry.Account.REBATE,
        kind=AccountEntry.Kind.CREDITED if line.amount > 0 else AccountEntry.Kind.CLAWED_BACK,
        amount=line.amount,
        on=min(month_of(line.month).end + timedelta(days=9), world.today),
        source_key=f"rebate_accrual:{line.pk}",
        text=f"{line.number} {line.policy}",
        by_id=world.people["finance"],
    )


def _use(world: World) -> None:
    """The newest invoices of dealers who have something to use."""
    finance = User.objects.get(pk=world.people["finance"])
    used = RebateUse.objects.filter(invoice__order=OuterRef("pk"))
    orders = Order.objects.filter(status=Order.Status.INVOICED, buyer_dealer__isnull=False).exclude(Exists(used))
    for order in orders.select_related("buyer_dealer").order_by("-pk")[:INVOICES_WITH_REBATE]:
        invoices = list(order.invoices.filter(amount__gt=0).order_by("pk"))
        most = credit_of(order.buyer_dealer).usable_rebate(sum(invoice.amount for invoice in invoices))
        amount = (most / 1000).quantize(Decimal(1), ROUND_DOWN) * 1000
        if amount:
            use_rebate(order, invoices, amount=amount, by=finance, on=invoices[0].invoiced_on)
