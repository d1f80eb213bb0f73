"""Seasonal adjustment whose index follows the recent years more than the old ones."""

from dataclasses import dataclass

import numpy as np

NORMAL_90 = 1.645
YEARLY_DECAY = 0.75
SMALLEST_INDEX = 0.01


@dataclass(frozen=True)
class Adjustment:
    """Seasonally adjusted values and the way back: multiply by, or add, the index of the month."""

    values: np.ndarray
    index: np.ndarray
    is_multiplicative: bool

    def restore(self, forecast: np.ndarray) -> np.ndarray:
        positions = (self.values.size + np.arange(forecast.size)) % self.index.size
        future = self.index[positions]
        return forecast * future if self.is_multiplicative else forecast + future


def is_seasonal(values: np.ndarray, season: int) -> bool:
    """90 % test of the autocorrelation at the season lag, as in the Theta method of the M3 competition."""
    count = values.size
    if season < 2 or count < 2 * season + 1:
        return False
    deviation = values - values.mean()
    variance = float(deviation @ deviation)
    if variance <= 0:
        return False
    lags = [float(deviation[lag:] @ deviation[:-lag]) / variance for lag in range(1, season + 1)]
    limit = NORMAL_90 * np.sqrt((1 + 2 * sum(value * value for value in lags[:-1])) / count)
    return abs(lags[-1]) > limit


def adjust(values: np.ndarray, season: int, *, may_multiply: bool = True) -> Adjustment:
    """Divide by (or, where values reach zero, subtract) the seasonal index; unchanged where no season is proved."""
    if not is_seasonal(values, season):
        return Adjustment(values, np.ones(1), True)
    if may_multiply and values.min() > 0:
        index = seasonal_index(values, season, is_multiplicative=True)
        if np.isfinite(index).all() and index.min() > SMALLEST_INDEX:
            return Adjustment(values / _repeated(index, values.size), index, True)
    index = seasonal_index(values, season, is_multiplicative=False)
    return Adjustment(values - _repeated(index, values.size), index, False)


def seasonal_index(values: np.ndarray, season: int, *, is_multiplicative: bool) -> np.ndarray:
    """Mean ratio to (or difference from) the centred moving average, each year weighing 0.75 of the next."""
    trend, is_edge = _trend(values, season)
    ratio = values / trend if is_multiplicative else values - trend
    age = (values.size - 1 - np.arange(values.size)) // season
    weight = YEARLY_DECAY**age * np.where(is_edge, 0.5, 1.0)
    position = np.arange(values.size) % season
    index = np.bincount(position, weight * ratio, season) / np.bincount(position, weight, season)
    return index / index.mean() if is_multiplicative else index - index.mean()


def _trend(values: np.ndarray, season: int) -> tuple[np.ndarray, np.ndarray]:
    """Centred moving average, flat before its first value and continued at last year's slope after its last."""
    window = np.ones(season) / season if season % 2 else np.r_[0.5, np.ones(season - 1), 0.5] / season
    middle = np.convolve(values, window, "valid")
    before = (window.size - 1) // 2
    after = values.size - before - middle.size
    span = min(season, middle.size - 1)
    slope = (middle[-1] - middle[-1 - span]) / span if span else 0.0
    tail = middle[-1] + slope * np.arange(1, after + 1)
    if middle[-1] > 0:
        tail = np.maximum(tail, middle[-1] / 2)
    is_edge = np.ones(values.size, dtype=bool)
    is_edge[before : before + middle.size] = False
    return np.r_[np.full(before, middle[0]), middle, tail], is_edge


def _repeated(index: np.ndarray, count: int) -> np.ndarray:
    return index[np.arange(count) % index.size]
