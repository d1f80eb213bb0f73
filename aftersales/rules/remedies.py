"""Replacement, refund and compensation under the three guarantees (三包), with their rule set by date of sale."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import ceil

from django.utils.translation import gettext as _

from aftersales.rules.periods import Warranty, end_after_days
from core.errors import RuleBroken
from core.working_days import add_working_days

CENT = Decimal("0.01")
ANSWER_WORKING_DAYS = 10
COMPLETION_WORKING_DAYS = 20
FREE_REPAIR_DAYS = 5
EARLY_DAYS, EARLY_KM = 60, 3_000
FIRST_DAYS = 7


@dataclass(frozen=True)
class RuleSet:
    """The figures in which Order 43 of 2021 differs from Order 150 of 2012."""

    since: date
    most_repair_days: int
    most_same_repairs: int
    lowest_use_percent: Decimal
    highest_use_percent: Decimal


ORDER_150 = RuleSet(date(2013, 10, 1), 35, 5, Decimal("0.5"), Decimal("0.8"))
ORDER_43 = RuleSet(date(2022, 1, 1), 30, 4, Decimal("0"), Decimal("0.5"))


class Ground(StrEnum):
    """Why a car is replaced or refunded; the words name the rule of the order."""

    POWERTRAIN_WITHIN_7_DAYS = "r5"
    SAFETY_WITHIN_60_DAYS = "r6"
    SAFETY_REPAIRED_TWICE = "r7a"
    ASSEMBLY_REPLACED_TWICE = "r7b"
    MAIN_PART_REPLACED_TWICE = "r7c"
    REPAIRED_TOO_LONG_OR_OFTEN = "r7d"


@dataclass(frozen=True)
class History:
    """What has happened to a faulty car up to the day the consumer asks."""

    on: date
    mileage_km: int
    has_safety_failure: bool = False
    needs_powertrain_part: bool = False
    safety_repair_count: int = 0
    assembly_replacement_count: int = 0
    main_part_replacement_count: int = 0
    repair_days: int = 0
    excluded_days: int = 0
    same_repair_count: int = 0


def rule_set_of(sold_on: date) -> RuleSet:
    """The order in force when the car was sold."""
    return ORDER_43 if sold_on >= ORDER_43.since else ORDER_150


def repair_days(hours: Decimal) -> int:
    """Every full 24 hours are a day, the rest counts as one more (R13, article 40)."""
    return ceil(hours / 24)


def cumulative_repair_days(repairs: list[Decimal]) -> int:
    return sum(repair_days(hours) for hours in repairs)


def courtesy_days(days: int) -> int:
    """Days of a courtesy car or travel money: from the sixth day of one repair (R4, article 21)."""
    return max(0, days - FREE_REPAIR_DAYS)


def entitles_to_assembly(warranty: Warranty, *, on: date, mileage_km: int) -> bool:
    """A faulty main part of engine, gearbox, battery or motor within 60 days or 3,000 km: the assembly (R3)."""
    return _is_early(warranty, on, mileage_km)


def replacement_ground(history: History, warranty: Warranty, rules: RuleSet = ORDER_43) -> Ground | None:
    """The first ground on which the consumer may demand another car or his money back; None where there is none."""
    if warranty.guarantee_ends_on is None:
        return None
    if history.needs_powertrain_part and history.on <= end_after_days(warranty.starts_on, FIRST_DAYS):
        return Ground.POWERTRAIN_WITHIN_7_DAYS
    if history.has_safety_failure and _is_early(warranty, history.on, history.mileage_km):
        return Ground.SAFETY_WITHIN_60_DAYS
    if not warranty.covers_replacement(history.on, history.mileage_km):
        return None
    if history.has_safety_failure and history.safety_repair_count >= 2:
        return Ground.SAFETY_REPAIRED_TWICE
    if history.assembly_replacement_count >= 2:
        return Ground.ASSEMBLY_REPLACED_TWICE
    if history.main_part_replacement_count >= 2:
        return Ground.MAIN_PART_REPLACED_TWICE
    days = history.repair_days - history.excluded_days
    if days > rules.most_repair_days or history.same_repair_count > rules.most_same_repairs:
        return Ground.REPAIRED_TOO_LONG_OR_OFTEN
    return None


def owes_compensation(ground: Ground) -> bool:
    """The consumer pays for the use he had only on the grounds of R7 (article 27)."""
    return ground not in (Ground.POWERTRAIN_WITHIN_7_DAYS, Ground.SAFETY_WITHIN_60_DAYS)


def use_compensation(price: Decimal, mileage_km: int, percent: Decimal, rules: RuleSet = ORDER_43) -> Decimal:
    """price x km / 1000 x n, where n stands on the warranty booklet within the limits of the order (R8)."""
    if not rules.lowest_use_percent <= percent <= rules.highest_use_percent:
        raise RuleBroken(
            _("The coefficient of use %(percent)s %% lies outside %(lowest)s %% to %(highest)s %%.")
            % {"percent": percent, "lowest": rules.lowest_use_percent, "highest": rules.highest_use_percent}
        )
    return (price * mileage_km / 1000 * percent / 100).quantize(CENT, ROUND_HALF_UP)


def answer_due(demanded_on: date) -> date:
    """A demand is answered within 10 working days (R10, article 28)."""
    return add_working_days(demanded_on, ANSWER_WORKING_DAYS)


def completion_due(demanded_on: date) -> date:
    return add_working_days(demanded_on, COMPLETION_WORKING_DAYS)


def _is_early(warranty: Warranty, on: date, mileage_km: int) -> bool:
    """Within 60 days or 3,000 km, whichever ends first."""
    return on <= end_after_days(warranty.starts_on, EARLY_DAYS) and mileage_km <= EARLY_KM
