"""What comes in and what goes out: a monthly history, its forecast, and how a raw history is made whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .seasonality import Adjustment, adjust

SPARSE_SHARE = 1 / 3
# Demand with longer intervals is intermittent (Syntetos and Boylan).
DEMAND_INTERVAL = 1.32


@dataclass(frozen=True)
class Series:
    """Values of consecutive months from month `start` (year * 12 + month - 1); NaN where a month is missing."""

    start: int
    values: Sequence[float] | np.ndarray


@dataclass(frozen=True)
class Forecast:
    """The forecast of one series with its 80 and 95 % bands and, where it was backtested, its errors as shares of 1."""

    mean: np.ndarray
    lower80: np.ndarray
    upper80: np.ndarray
    lower95: np.ndarray
    upper95: np.ndarray
    model: str
    family: str
    wape: float | None = None
    naive_wape: float | None = None
    rmsse: float | None = None
    bias: float | None = None
    is_fallback: bool = False
    is_ended: bool = False


@dataclass(frozen=True)
class History:
    """A history made whole, without gaps.

    `borrowed_index`, where given, is the seasonal index of the whole collection by calendar month.
    """

    start: int
    values: np.ndarray
    season: int
    borrowed_index: np.ndarray | None = None

    def until(self, count: int) -> "History":
        return replace(self, values=self.values[:count])

    @cached_property
    def adjusted(self) -> Adjustment:
        return adjust(self.values, self.season)

    @cached_property
    def logs(self) -> np.ndarray:
        if self.values.min() < 0:
            raise ValueError("a history below zero has no logarithms")
        return np.log1p(self.values)

    @cached_property
    def adjusted_logs(self) -> Adjustment:
        return adjust(self.logs, self.season, may_multiply=False)


def whole_history(series: Series, season: int) -> History:
    """Fill gaps, and drop what comes before the first sale of a product that sells steadily since.

    A missing month is a month without a sale (0) where the series holds zeros anyway, or where a third or more of its
    months are missing: then rows were only written when something was sold. Else it was not reported: interpolated.
    Missing months at either end are dropped: a history ends with its own last value.
    """
    values = np.asarray(series.values, dtype=float)
    known = np.flatnonzero(np.isfinite(values))
    if known.size == 0:
        return History(series.start, np.zeros(0), season)
    first, last = known[0], known[-1]
    values = values[first : last + 1].copy()
    missing = ~np.isfinite(values)
    if missing.any():
        months = np.arange(values.size)
        if (values == 0).any() or missing.mean() >= SPARSE_SHARE:
            values[missing] = 0.0
        else:
            values[missing] = np.interp(months[missing], months[~missing], values[~missing])
    lead = _unsold_lead(values, season)
    return History(series.start + int(first) + lead, values[lead:], season)


def mean_interval(values: np.ndarray) -> float:
    """Average number of months from one sale to the next."""
    return values.size / max(np.count_nonzero(values), 1)


def _unsold_lead(values: np.ndarray, season: int) -> int:
    """Months before the first sale say when a product came, not how it sells; of a part sold now and then they do."""
    sold = np.flatnonzero(values)
    if sold.size == 0 or values.size - sold[0] < season or mean_interval(values[sold[0] :]) >= DEMAND_INTERVAL:
        return 0
    return int(sold[0])
