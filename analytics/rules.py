"""What a planner decides by looking at a series."""

from collections.abc import Sequence

SILENT_MONTHS = 9


def has_ended(values: Sequence[float]) -> bool:
    """A car that sold in at least every second month of its life, and then not once in nine months."""
    sold = [position for position, value in enumerate(values) if value]
    if not sold:
        return True
    life = sold[-1] - sold[0] + 1
    return len(values) - 1 - sold[-1] >= SILENT_MONTHS and 2 * len(sold) >= life
