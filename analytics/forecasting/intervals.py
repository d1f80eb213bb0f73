"""Bands around a forecast from the errors that the backtest made on the whole family."""

from dataclasses import dataclass

import numpy as np

from .series import History

LEVELS = (0.025, 0.10, 0.90, 0.975)
NORMAL = np.array([-1.960, -1.282, 1.282, 1.960])
# With fewer errors than this the tails are partly those of the normal distribution, made wider.
ENOUGH_ERRORS = 400
PRIOR_WIDTH = 1.3
GREATEST_GROWTH = 0.6


@dataclass(frozen=True)
class Spread:
    """Quantiles of the errors one month ahead, in units of the series' own noise, and how they grow with the months."""

    quantiles: tuple[float, float, float, float]
    growth: float

    def bands(self, history: History, mean: np.ndarray) -> np.ndarray:
        """Rows lower95, lower80, upper80, upper95, never crossing the mean, never below zero for sales."""
        months = np.arange(1, mean.size + 1) ** self.growth
        rows = mean + np.outer(self.quantiles, months * noise(history, mean.size))
        rows[:2] = np.minimum(rows[:2], mean)
        rows[2:] = np.maximum(rows[2:], mean)
        return np.maximum(rows, 0.0) if history.values.min() >= 0 else rows


def noise(history: History, horizon: int) -> np.ndarray:
    """Typical error one month ahead, by month: of smoothing on the adjusted values, more where the season is high."""
    recent = history.adjusted.values[-5 * history.season :]
    errors = np.abs(recent[1:] - _smoothed(recent)[:-1])
    size = float(errors.mean()) if errors.size > 1 else 0.0
    if size == 0:
        size = float(history.values.std()) or float(np.abs(history.values).mean()) / 4
    level = np.full(horizon, size)
    return history.adjusted.restore(level) if history.adjusted.is_multiplicative else level


def _smoothed(values: np.ndarray, weight: float = 0.4) -> np.ndarray:
    levels = np.empty(values.size)
    level = values[0]
    for month, value in enumerate(values):
        level += weight * (value - level)
        levels[month] = level
    return levels


def spread_of(errors: list[tuple[np.ndarray, np.ndarray]]) -> Spread:
    """From the noise and the error (actual - forecast) by month ahead of each trial of a family."""
    scaled = [error / size for size, error in errors if size.min() > 0]
    if not scaled:
        return Spread(tuple(NORMAL * PRIOR_WIDTH), 0.3)
    growth = _growth(scaled)
    flat = np.concatenate([row / np.arange(1, row.size + 1) ** growth for row in scaled])
    prior = NORMAL * PRIOR_WIDTH * max(float(np.sqrt((flat**2).mean())), 1e-9)
    trust = min(1.0, flat.size / ENOUGH_ERRORS)
    measured = np.quantile(flat, LEVELS)
    return Spread(tuple(float(value) for value in trust * measured + (1 - trust) * prior), growth)


def _growth(scaled: list[np.ndarray]) -> float:
    """Exponent of the months ahead by which the mean absolute error grows."""
    longest = max(row.size for row in scaled)
    if longest < 3:
        return 0.3
    sums, counts = np.zeros(longest), np.zeros(longest)
    for row in scaled:
        sums[: row.size] += np.abs(row)
        counts[: row.size] += 1
    mean = sums / counts
    usable = mean > 0
    if usable.sum() < 3:
        return 0.3
    slope = np.polyfit(np.log(np.arange(1, longest + 1)[usable]), np.log(mean[usable]), 1, w=np.sqrt(counts[usable]))[0]
    return float(np.clip(slope, 0.0, GREATEST_GROWTH))
