"""Which kind of series it is: series of one family share the model that a backtest chose for them."""

from enum import StrEnum

import numpy as np

from .series import DEMAND_INTERVAL, History, mean_interval

FEWEST_VALUES = 4
ENDED_MONTHS = 6
ENDED_CHANCE = 0.001


class Family(StrEnum):
    EMPTY = "empty"
    ENDED = "ended"
    CONSTANT = "constant"
    TINY = "tiny"
    SHORT = "short"
    SPARSE = "sparse"
    SEASONAL = "seasonal"
    STEADY = "steady"


MODELLED = (Family.SHORT, Family.SPARSE, Family.SEASONAL, Family.STEADY)


def family_of(history: History) -> Family:
    values = history.values
    if not values.any():
        return Family.EMPTY
    if has_ended(values):
        return Family.ENDED
    if values.size < FEWEST_VALUES:
        return Family.TINY
    if values.min() == values.max():
        return Family.CONSTANT
    if mean_interval(values) >= DEMAND_INTERVAL:
        return Family.SPARSE
    if values.size <= 2 * history.season:
        return Family.SHORT
    return Family.SEASONAL if history.adjusted.index.size > 1 else Family.STEADY


def has_ended(values: np.ndarray) -> bool:
    """No sale in the last months, and such a silence would be a chance below 1 in 1,000 for this series.

    The silence must last six months and longer than any earlier one, so a part that sells twice a year, a model that
    rests each winter or a month not yet entered is not taken for the end.
    """
    sold = np.flatnonzero(values)
    silence = values.size - 1 - int(sold[-1])
    if silence < ENDED_MONTHS:
        return False
    longest = int(np.diff(sold).max()) - 1 if sold.size > 1 else 0
    alive = int(sold[-1] - sold[0]) + 1
    chance_of_zero = (alive - sold.size + 0.5) / (alive + 1)
    return silence > longest and chance_of_zero**silence < ENDED_CHANCE
