"""Pure rules of orders, discounts, warranty start and money."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CAR_STAGES = ("reserved", "invoiced", "shipped", "received", "retailed")
STATUS_OF_STAGE = {stage: stage for stage in CAR_STAGES} | {"reserved": "allocated"}
AGEING_LIMITS = (30, 60, 90)
LARGEST_DEPOSIT_PERCENT = 20
CENT = Decimal("0.01")


def order_status(ordered: int, cars: Mapping[str, int]) -> str:
    """An order is as far as its least advanced car; while cars are missing it stays approved.

    ``ordered`` is without the cars that came back; when none is left the order is taken back.
    """
    if not ordered:
        return "taken_back"
    live = {stage: cars.get(stage, 0) for stage in CAR_STAGES}
    if sum(live.values()) < ordered:
        return "approved"
    return next(STATUS_OF_STAGE[stage] for stage in CAR_STAGES if live[stage])


def warranty_start(*, invoiced_on: date, delivered_on: date | None) -> date:
    """The day of the retail invoice, or the day of delivery where it differs (SAMR order 43, article 18)."""
    return delivered_on or invoiced_on


def ageing_bucket(days: int) -> str:
    """How long a receivable has been open: 0-30, 31-60, 61-90 or >90 days."""
    lower = 0
    for limit in AGEING_LIMITS:
        if days <= limit:
            return f"{lower}-{limit}"
        lower = limit + 1
    return f">{AGEING_LIMITS[-1]}"


def oldest_first(amount: Decimal, owed: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    """How a payment is spread over debts, given from the oldest on; what is left over appears nowhere."""
    parts: dict[int, Decimal] = {}
    for key, outstanding in owed:
        if amount <= 0:
            break
        parts[key] = min(amount, outstanding)
        amount -= parts[key]
    return parts


def discounted(list_price: Decimal, percent: Decimal) -> Decimal:
    return (list_price * (100 - percent) / 100).quantize(CENT, ROUND_HALF_UP)


def discount_of(list_price: Decimal, price: Decimal) -> Decimal:
    """How much lower the price is, in percent with two decimals."""
    return ((list_price - price) * 100 / list_price).quantize(CENT, ROUND_HALF_UP) if list_price else Decimal("0.00")
