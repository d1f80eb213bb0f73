"""What a planner decides by looking at a series; what the figures of a dealer are worth."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

SILENT_MONTHS = 9
WEIGHTS = {"attainment": 40, "coefficient": 20, "truth": 20, "payment": 20}
MOST_ATTAINED = Decimal("1.2")
FINE_COEFFICIENT, WORST_COEFFICIENT = Decimal("1.5"), Decimal("2.5")


def has_ended(values: Sequence[float]) -> bool:
    """A car that sold in at least every second month of its life, and then not once in nine months."""
    sold = [position for position, value in enumerate(values) if value]
    if not sold:
        return True
    life = sold[-1] - sold[0] + 1
    return len(values) - 1 - sold[-1] >= SILENT_MONTHS and 2 * len(sold) >= life


def share_of(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Without a whole there is no share."""
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole else None


def reached(
    *, attainment: Decimal | None, coefficient: Decimal | None, truth: Decimal | None, payment: Decimal | None
) -> dict[str, Decimal | None]:
    """How much of each measure's weight was reached; more than 1 only by attainment (DOMAIN 4)."""
    stock = None
    if coefficient is not None:
        stock = (WORST_COEFFICIENT - coefficient) / (WORST_COEFFICIENT - FINE_COEFFICIENT)
        stock = min(Decimal(1), max(Decimal(0), stock))
    attained = None if attainment is None else min(MOST_ATTAINED, max(Decimal(0), attainment))
    return {"attainment": attained, "coefficient": stock, "truth": truth, "payment": payment}


def points(measures: Mapping[str, Decimal | None]) -> Decimal | None:
    """Of 100; a measure that does not apply is left out and the weights of the others grow."""
    known = {name: value for name, value in measures.items() if value is not None}
    weight = sum(WEIGHTS[name] for name in known)
    if not weight:
        return None
    total = sum(WEIGHTS[name] * value for name, value in known.items()) * 100 / weight
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)
