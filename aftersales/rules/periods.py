"""When a warranty begins and ends (SAMR Order 43 of 2021, Civil Code articles 201 to 203)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.periods import add_months
from core.working_days import on_working_day

HOUSEHOLD = "household"


@dataclass(frozen=True)
class Terms:
    """Years and kilometres of free repair (包修期) and, under the order, of replacement and refund (三包有效期)."""

    repair_years: int
    repair_km: int
    guarantee_years: int = 0
    guarantee_km: int = 0


STATUTORY_FLOOR = Terms(repair_years=3, repair_km=60_000, guarantee_years=2, guarantee_km=50_000)
# Taxis, authorities and companies are outside the order; what they get is the maker's own promise.
CONTRACT_WARRANTY = Terms(repair_years=1, repair_km=100_000)


@dataclass(frozen=True)
class Warranty:
    """The limits of one car; a limit that does not exist is None."""

    starts_on: date
    repair_ends_on: date
    repair_km: int
    guarantee_ends_on: date | None
    guarantee_km: int | None

    def covers_repair(self, day: date, mileage_km: int) -> bool:
        """Exactly at the limit is still covered."""
        return day <= self.repair_ends_on and mileage_km <= self.repair_km

    def covers_replacement(self, day: date, mileage_km: int) -> bool:
        if self.guarantee_ends_on is None or self.guarantee_km is None:
            return False
        return day <= self.guarantee_ends_on and mileage_km <= self.guarantee_km


def start_of_warranty(*, invoiced_on: date, delivered_on: date | None) -> date:
    """The invoice date; the delivery date where it differs (R0, article 18)."""
    return delivered_on or invoiced_on


def end_after_days(start: date, days: int, *, extend_to_next_workday: bool = True) -> date:
    """The start day does not count; a last day of rest moves to the next working day."""
    end = start + timedelta(days=days)
    return on_working_day(end) if extend_to_next_workday else end


def end_after_years(start: date, years: int, *, extend_to_next_workday: bool = True) -> date:
    """The corresponding day, or the end of the month where there is none."""
    end = add_months(start, 12 * years)
    return on_working_day(end) if extend_to_next_workday else end


def is_under_order(usage_kind: str) -> bool:
    """Only cars bought for living needs (article 40)."""
    return usage_kind == HOUSEHOLD


def check_terms(terms: Terms) -> Terms:
    """A maker may promise more than the order, never less (R1, article 18)."""
    floor = STATUTORY_FLOOR
    if (
        terms.repair_years < floor.repair_years
        or terms.repair_km < floor.repair_km
        or terms.guarantee_years < floor.guarantee_years
        or terms.guarantee_km < floor.guarantee_km
    ):
        raise RuleBroken(
            _("The law grants at least 3 years or 60,000 km of repair and 2 years or 50,000 km of replacement.")
        )
    return terms


def warranty_of(
    start: date, usage_kind: str, *, terms: Terms = STATUTORY_FLOOR, extend_to_next_workday: bool = True
) -> Warranty:
    """The periods of a car sold for this use."""
    if not is_under_order(usage_kind):
        ends_on = end_after_years(start, CONTRACT_WARRANTY.repair_years, extend_to_next_workday=extend_to_next_workday)
        return Warranty(start, ends_on, CONTRACT_WARRANTY.repair_km, None, None)
    terms = check_terms(terms)
    return Warranty(
        start,
        end_after_years(start, terms.repair_years, extend_to_next_workday=extend_to_next_workday),
        terms.repair_km,
        end_after_years(start, terms.guarantee_years, extend_to_next_workday=extend_to_next_workday),
        terms.guarantee_km,
    )
