"""Chinese New Year moves between January and February, and the buying before it and the rest after move with it.

The effect is estimated from all series together: a single one has too few New Years to show it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from .measures import absolute_scale
from .models import smoothing
from .pooling import pooled_changes
from .series import History

DAYS_BEFORE = 20
DAYS_AFTER = 15
YEAR = 12
# The changes of three years, with three New Years.
FEWEST_MONTHS = 35
SMALLEST_GAIN = 0.02
# 1.345 standard deviations, by the median absolute error.
HUBER_LIMIT = 1.345 / 0.6745
HUBER_ROUNDS = 20
# Few New Years are known, and other things happened in those months too: believe a part of what they say.
SHRINKAGE = 0.6


@dataclass(frozen=True)
class NewYearEffect:
    """Change of a month's sales, in logarithms, if all days before (after) the festival fell into it."""

    before: float
    after: float

    def factors(self, start: int, count: int) -> np.ndarray:
        shares = np.array([new_year_shares(month) for month in range(start, start + count)]).reshape(-1, 2)
        return np.exp(shares @ (self.before, self.after))


@cache
def new_year_shares(month: int) -> tuple[float, float]:
    """Share of the 20 days before New Year, and of the 15 days from it on, that fall into the month."""
    day = _new_year_day(month // YEAR)
    first = np.datetime64(f"{month // YEAR:04d}-{month % YEAR + 1:02d}", "M")
    begin, end = first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]")

    def share(start: np.datetime64, stop: np.datetime64) -> float:
        days = int((min(stop, end) - max(start, begin)) / np.timedelta64(1, "D"))
        return max(days, 0) / int((stop - start) / np.timedelta64(1, "D"))

    return share(day - DAYS_BEFORE, day), share(day, day + DAYS_AFTER)


@cache
def _new_year_day(year: int) -> np.datetime64:
    from lunar_python import Lunar

    return np.datetime64(Lunar.fromYmd(year, 1, 1).getSolar().toYmd(), "D")


def without_new_year(history: History, effect: NewYearEffect) -> History:
    return replace(history, values=history.values / effect.factors(history.start, history.values.size))


def proved_effect(histories: Sequence[History]) -> NewYearEffect | None:
    """The effect of New Year, if taking it out would have improved the first quarters of the last two years."""
    usual, changed = [], []
    for back in (YEAR, 2 * YEAR):
        pasts = [history.until(history.values.size - back) for history in histories]
        effect = estimated_effect(pasts)
        if effect is None:
            break
        for history, past in zip(histories, pasts, strict=True):
            errors = _first_quarter_errors(history, past, effect)
            if errors is not None:
                usual.append(errors[0])
                changed.append(errors[1])
    if not usual or np.mean(changed) > np.mean(usual) * (1 - SMALLEST_GAIN - 0.1 / np.sqrt(len(usual))):
        return None
    return estimated_effect(histories)


def _first_quarter_errors(history: History, past: History, effect: NewYearEffect) -> tuple[float, float] | None:
    """Scaled absolute error from January to March of the next year without and with the effect taken out."""
    known = past.values.size
    quarter = np.flatnonzero((past.start + known + np.arange(YEAR)) % YEAR < 3)
    scale = absolute_scale(past.values, YEAR) if known > 2 * YEAR else 0.0
    if scale == 0:
        return None
    actual = history.values[known : known + YEAR][quarter]
    factors = effect.factors(past.start + known, YEAR)
    plain = smoothing(past, YEAR)
    adjusted = smoothing(without_new_year(past, effect), YEAR) * factors
    return (
        float(np.abs(plain[quarter] - actual).mean()) / scale,
        float(np.abs(adjusted[quarter] - actual).mean()) / scale,
    )


def estimated_effect(histories: Iterable[History]) -> NewYearEffect | None:
    """Volume-weighted regression of monthly changes, in logarithms, on the months of the year and the two shares.

    Months that fit badly (a new purchase tax, a lottery for number plates) count less, after Huber.
    """
    months, changes, weights = pooled_changes(histories)
    if len(months) < FEWEST_MONTHS:
        return None
    design = np.array([_design_row(month) - _design_row(month - 1) for month in months])
    trust = np.ones(len(months))
    for _round in range(HUBER_ROUNDS):
        root = np.sqrt(weights * trust)
        solution = np.linalg.lstsq(design * root[:, None], changes * root, rcond=None)[0]
        misfit = np.abs(changes - design @ solution)
        limit = HUBER_LIMIT * max(float(np.median(misfit)), 1e-9)
        trust = np.minimum(1.0, limit / np.maximum(misfit, 1e-9))
    return NewYearEffect(float(solution[-2]) * SHRINKAGE, float(solution[-1]) * SHRINKAGE)


def _design_row(month: int) -> np.ndarray:
    row = np.zeros(YEAR + 2)
    row[month % YEAR] = 1.0
    row[YEAR:] = new_year_shares(month)
    return row
