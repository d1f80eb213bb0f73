"""What a claim is worth."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def line_amount(quantity: Decimal, unit_amount: Decimal, handling_percent: Decimal = Decimal(0)) -> Decimal:
    """Hours x rate, or pieces x price with the handling surcharge; each line is rounded half up before the sum."""
    return (quantity * unit_amount * (100 + handling_percent) / 100).quantize(CENT, ROUND_HALF_UP)


def claim_amount(lines: Iterable[Decimal]) -> Decimal:
    return sum(lines, Decimal("0.00"))


def supplier_recovery(amount: Decimal, responsibility_percent: Decimal) -> Decimal:
    """The share a supplier answers for (technical factor)."""
    return (amount * responsibility_percent / 100).quantize(CENT, ROUND_HALF_UP)
