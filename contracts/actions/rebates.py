"""The run of a month: what dealers have earned by then and what they have lost again, as new lines.

Each run compares what the rules say of the rows as they stand with what earlier runs have computed, and writes the
difference. So a run repeated adds nothing, a row entered late is paid by the next run, and a car returned or a sale
found false is taken back in the month in which that is found; closed months are left as they were.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import rebates
from contracts.models import RebateAccrual, RebateBasis
from contracts.rebates import NOTHING, Booked, Key
from core.errors import RuleBroken
from core.numbering import next_numbers
from core.periods import Period, month_of, period_of
from dealers import rules
from dealers.models import RebatePolicy
from dealers.rules import Result

Kind = RebateAccrual.Kind
BATCH = 5_000


@dataclass(frozen=True)
class Earlier:
    """What was computed, booked and counted for a dealer and a period by earlier runs."""

    computed: Decimal = NOTHING
    booked: Decimal = NOTHING
    cars: int = 0
    value: Decimal = NOTHING


NO_RUN, NO_RESULT = Earlier(), Result()


def accrue_rebates(month: date) -> list[RebateAccrual]:
    """All policies that hold in the month or have been settled before; policy by policy, each in one transaction."""
    period = month_of(month)
    check_month(period)
    begun = RebatePolicy.objects.published().filter(valid_from__lt=period.end)
    accruals = []
    for policy_id in begun.order_by("pk").values_list("pk", flat=True):
        accruals += _accrue(policy_id, period)
    return accruals


def check_month(month: Period) -> None:
    """Refuses a month that is not over, and one before the last that was accrued."""
    if month.end > timezone.localdate():
        raise RuleBroken(
            _("%(month)s is not over yet. Accrue its rebates from %(day)s on.")
            % {"month": month.label(), "day": month.end}
        )
    last = RebateAccrual.objects.aggregate(last=Max("month"))["last"]
    if last and month.start < last:
        raise RuleBroken(
            _("%(month)s is closed: rebates have been accrued up to %(last)s. Accrue that month or a later one.")
            % {"month": month.label(), "last": month_of(last).label()}
        )


@transaction.atomic
def _accrue(policy_id: int, month: Period) -> list[RebateAccrual]:
    """The policy's row is the lock: of two runs at a time the second finds everything done."""
    policy = RebatePolicy.objects.select_for_update(of=("self",)).get(pk=policy_id)
    whole = _settled(policy, month)
    if whole is None:
        return []
    if policy.settled_until is None or policy.settled_until < whole.last_day:
        policy.settled_until = whole.last_day
        policy.save(update_fields=["settled_until"])
    lines = _lines(policy, month, whole)
    numbers = next_numbers("rebate", prefix="FL", on=month.last_day, count=len(lines))
    for number, line in zip(numbers, lines.values(), strict=True):
        line.number = number
    accruals = RebateAccrual.objects.bulk_create(lines.values(), batch_size=BATCH)
    _write_basis(policy, whole, lines)
    return accruals


def _lines(policy: RebatePolicy, month: Period, whole: Period) -> dict[Key, RebateAccrual]:
    """The differences, period by period and dealer by dealer; a period that pays nothing is said to pay nothing."""
    found, earlier = rebates.results(policy, whole), _earlier(policy, whole)
    due = rebates.dues(policy, found)
    lines = {}
    for key in sorted({*due, *earlier}, key=lambda key: (key[1], key[0])):
        line = _accrual(policy, month, key, found.get(key, NO_RESULT), earlier.get(key, NO_RUN), due.get(key, NOTHING))
        if line.computed_amount or line.car_count or line.value_amount:
            lines[key] = line
    gained = {key: line.computed_amount for key, line in lines.items() if line.computed_amount > 0}
    allowed = rebates.capped(policy, gained, _booked(earlier))
    for key, line in lines.items():
        if line.computed_amount < 0:
            line.amount = -rules.claw_back(
                lost=-line.computed_amount,
                booked=earlier[key].booked,
                due=due.get(key, NOTHING),
                percent=policy.claw_back_percent,
            )
        else:
            line.amount = allowed.get(key, NOTHING)
        if not line.amount:
            line.status = RebateAccrual.Status.NOTHING
    return lines


def _settled(policy: RebatePolicy, month: Period) -> Period | None:
    """From the policy's first day to the end of its last period that is over by the end of the month."""
    running = period_of(policy.cadence, month.end)
    end = min(running.start, period_of(policy.cadence, policy.valid_until).end)
    return Period("custom", policy.valid_from, end) if end > policy.valid_from else None


def _earlier(policy: RebatePolicy, whole: Period) -> dict[Key, Earlier]:
    standing = ~Q(status=RebateAccrual.Status.REJECTED)
    rows = (
        RebateAccrual.objects.filter(policy=policy, starts_on__lt=whole.end)
        .order_by()
        .values_list("dealer", "starts_on")
        .annotate(
            computed=Sum("computed_amount"),
            booked=Sum("amount", filter=standing, default=NOTHING),
            cars=Sum("car_count"),
            value=Sum("value_amount"),
        )
    )
    return {(dealer, start): Earlier(*sums) for dealer, start, *sums in rows}


def _booked(earlier: dict[Key, Earlier]) -> Booked:
    booked = Booked()
    for (dealer, _start), sums in earlier.items():
        booked.by_dealer[dealer] += sums.booked
    return booked


def _accrual(
    policy: RebatePolicy, month: Period, key: Key, result: Result, earlier: Earlier, due: Decimal
) -> RebateAccrual:
    dealer, start = key
    by_target = policy.kind == RebatePolicy.Kind.ATTAINMENT
    computed = due - earlier.computed
    return RebateAccrual(
        policy=policy,
        dealer_id=dealer,
        kind=Kind.CLAWED_BACK if computed < 0 else Kind.EARNED,
        starts_on=start,
        ends_on=period_of(policy.cadence, start).last_day,
        month=month.start,
        car_count=result.cars - earlier.cars,
        value_amount=result.value - earlier.value,
        counted_count=result.counted if by_target else None,
        target_count=result.target if by_target else None,
        computed_amount=computed,
    )


def _write_basis(policy: RebatePolicy, whole: Period, lines: dict[Key, RebateAccrual]) -> None:
    """The rows that count now and did not before (+1), and those that did and no longer do (−1)."""
    if not lines:
        return
    path = rebates.path_of(policy)
    name = "retail" if policy.is_by_retail else "invoice"
    value = "per_car" if policy.kind == RebatePolicy.Kind.CLEARANCE else path.value
    of_lines = {f"{path.dealer}__in": {dealer for dealer, _start in lines}}
    rows = rebates.rows_in_scope(policy, whole).filter(**of_lines).values_list("pk", path.dealer, path.day, value)
    now = {pk: ((dealer, period_of(policy.cadence, day).start), amount) for pk, dealer, day, amount in rows}
    before = _basis_before(policy, name)
    changes = [(pk, *entry, 1) for pk, entry in now.items() if pk not in before]
    changes += [(pk, *entry, -1) for pk, entry in before.items() if pk not in now]
    RebateBasis.objects.bulk_create(
        (
            RebateBasis(accrual=lines[key], car_count=cars, value_amount=amount * cars, **{f"{name}_id": pk})
            for pk, key, amount, cars in changes
            if key in lines
        ),
        batch_size=BATCH,
    )


def _basis_before(policy: RebatePolicy, name: str) -> dict[int, tuple[Key, Decimal]]:
    """The rows that earlier runs pay for, with their dealer, period and value."""
    rows = (
        RebateBasis.objects.filter(accrual__policy=policy)
        .order_by()
        .values_list(name, "accrual__dealer", "accrual__starts_on")
        .annotate(cars=Sum("car_count"), value=Sum("value_amount"))
        .filter(cars__gt=0)
    )
    return {pk: ((dealer, start), value) for pk, dealer, start, _cars, value in rows}
