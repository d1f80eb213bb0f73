"""Pure rules of planning: key figures, the need for production, serial VINs."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_noop

from core.periods import SHANGHAI, Period
from core.working_days import on_working_day, working_days
from inventory.rules import VALUES, YEAR_CODES, check_digit

FOUR_PLACES = Decimal("0.0001")
WMI = "LKH"  # believed to be Hafei's; not verified
PLANT = "A"
VDS_LENGTH = 5
FIRST_CODED_YEAR = 2001
HIGHEST_SERIAL = 999_999
# Per kind of report: days from the end of the period to the due day; part, heading, prompt and need of its sections.
STANDARD_TEMPLATES = {
    "day": (
        0,
        (
            ("summary", gettext_noop("Done today"), gettext_noop("The main customers, and how far you came"), True),
            ("summary", gettext_noop("Difficulties"), gettext_noop("What help you need, and from whom"), False),
            (
                "plan",
                gettext_noop("Plan for tomorrow"),
                gettext_noop("Whom you will call and visit, to what end"),
                True,
            ),
        ),
    ),
    "week": (
        1,
        (
            ("summary", gettext_noop("Done this week"), gettext_noop("Orders, opportunities, key customers"), True),
            ("summary", gettext_noop("Market and competitors"), gettext_noop("Prices, promotions, new models"), False),
            ("summary", gettext_noop("Difficulties"), gettext_noop("What help you need, and from whom"), False),
            ("plan", gettext_noop("Plan for next week"), gettext_noop("Customers, targets, dates"), True),
        ),
    ),
    "month": (
        3,
        (
            ("summary", gettext_noop("Done this month"), gettext_noop("Plan against actual, and why"), True),
            ("summary", gettext_noop("Market and competitors"), gettext_noop("Prices, promotions, new models"), True),
            ("summary", gettext_noop("Lessons"), gettext_noop("What went well, what you would do otherwise"), False),
            ("plan", gettext_noop("Plan for next month"), gettext_noop("Cars, money, key customers, activities"), True),
        ),
    ),
}


def completion(actual: Decimal | int, plan: Decimal | int) -> Decimal | None:
    """Actual over plan (达成率); without a plan there is no rate."""
    return _ratio(actual, plan)


def time_progress(month: Period, today: date) -> Decimal | None:
    """Working days up to and with today over those of the period (时间进度)."""
    elapsed_until = min(max(today + timedelta(days=1), month.start), month.end)
    return _ratio(working_days(month.start, elapsed_until), working_days(month.start, month.end))


def progress_gap(rate: Decimal | None, progress: Decimal | None) -> Decimal | None:
    """Completion less time progress (进度差): below zero is behind."""
    return None if rate is None or progress is None else rate - progress


def plan_accuracy(actual: Sequence[int], plan: Sequence[int]) -> Decimal | None:
    """1 - sum of |actual - plan| over the sum of actual (1 - WMAPE)."""
    missed = sum(abs(a - p) for a, p in zip(actual, plan, strict=True))
    error = _ratio(missed, sum(actual))
    return None if error is None else 1 - error


def order_fulfilment(shipped_in_time: int, ordered: int) -> Decimal | None:
    return _ratio(shipped_in_time, ordered)


def change_rate(value: Decimal | int, before: Decimal | int) -> Decimal | None:
    """Growth against the same month of last year (同比) or against the month before (环比)."""
    return _ratio(value - before, before)


def closing_stock(opening: int, incoming: int, outgoing: int) -> int:
    """Factory: production in, wholesale out. Channel: wholesale in, retail out."""
    return opening + incoming - outgoing


def production_need(planned: int, free_stock: int) -> int:
    """What has to be built beyond the cars that stand free in the yard."""
    return max(0, planned - free_stock)


def shared_out(total: int, weights: Mapping[Hashable, int]) -> dict[Hashable, int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders first)."""
    whole = sum(weights.values())
    if not whole:
        return {}
    shares = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(total * weights[key] % whole), key))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def vehicle_description(model_code: str) -> str:
    """Places 4 to 8 of a VIN from the announcement model: HFJ7133 gives 7133A."""
    characters = [character for character in model_code.upper().removeprefix("HFJ") if character in VALUES]
    return "".join(characters)[:VDS_LENGTH].ljust(VDS_LENGTH, "A")


def year_code(year: int) -> str:
    """Place 10; the codes repeat every 30 years."""
    return YEAR_CODES[(year - FIRST_CODED_YEAR) % len(YEAR_CODES)]


def serial_vins(wmi: str, vds: str, year: int, plant: str, first_serial: int, count: int) -> list[str]:
    """Consecutive VINs with the right check digit in place 9."""
    if first_serial + count - 1 > HIGHEST_SERIAL:
        raise ValueError(f"A model year has {HIGHEST_SERIAL} serial numbers.")
    blanks = [
        f"{wmi}{vds}0{year_code(year)}{plant}{serial:06d}" for serial in range(first_serial, first_serial + count)
    ]
    return [f"{vin[:8]}{check_digit(vin)}{vin[9:]}" for vin in blanks]


def vins_in(text: str) -> list[str]:
    """The VINs of a pasted list: one a line, or parted by commas or semicolons."""
    for mark in ",;，；、\t":
        text = text.replace(mark, "\n")
    return [line.strip() for line in text.splitlines() if line.strip()]


def report_due_at(period: Period, *, after_days: int, at: time) -> datetime:
    """A day report on the evening of its day, a week's on Monday, a month's on the third; never on a day of rest."""
    day = on_working_day(period.last_day + timedelta(days=after_days))
    return datetime.combine(day, at, tzinfo=SHANGHAI)


def is_reported(period: Period) -> bool:
    """Nothing is asked for a day of rest, nor for a week that is all holiday."""
    return working_days(period.start, period.end) > 0


def _ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(FOUR_PLACES, ROUND_HALF_UP) if whole else None
