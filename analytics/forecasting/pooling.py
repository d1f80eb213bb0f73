"""What only all series together can show: their common changes from month to month, and the season in them."""

from collections.abc import Iterable

import numpy as np

from .series import History

# Sales large enough for the ratio of two months to mean something, and a limit to what one change can say.
SMALLEST_MEAN = 5.0
GREATEST_CHANGE = 2.0


def pooled_changes(histories: Iterable[History]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Months, mean change of the logarithm into each, and its weight: the volume of the series that tell it."""
    changes: dict[int, float] = {}
    weights: dict[int, float] = {}
    for history in histories:
        values = history.values
        if values.size < 2 or values.min() <= 0 or values.mean() < SMALLEST_MEAN:
            continue
        weight = float(values.mean())
        steps = np.clip(np.diff(np.log(values)), -GREATEST_CHANGE, GREATEST_CHANGE)
        for month, step in enumerate(steps, start=history.start + 1):
            changes[month] = changes.get(month, 0.0) + weight * float(step)
            weights[month] = weights.get(month, 0.0) + weight
    months = np.array(sorted(changes), dtype=int)
    weight = np.array([weights[month] for month in months])
    return months, np.array([changes[month] for month in months]) / weight, weight


def pooled_index(histories: Iterable[History], season: int) -> tuple[float, ...] | None:
    """Seasonal index of the collection by position in the calendar (month % season); None below a full season."""
    months, changes, weights = pooled_changes(histories)
    if season < 2 or len({month % season for month in months}) < season:
        return None
    mean = np.array(
        [np.average(changes[months % season == at], weights=weights[months % season == at]) for at in range(season)]
    )
    index = np.exp(np.cumsum(mean - mean.mean()))
    return tuple(float(value) for value in index / index.mean())
