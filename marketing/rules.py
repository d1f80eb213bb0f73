"""Key figures of marketing (DOMAIN 4); without a divisor there is no figure."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cost_per(cost: Decimal, count: int) -> Decimal | None:
    """Cost per lead (CPL) or per car won (单车获客成本)."""
    return (cost / count).quantize(CENT, ROUND_HALF_UP) if count else None


def return_on_investment(profit: Decimal, cost: Decimal) -> Decimal | None:
    """(gross profit of the cars attributed - cost) / cost: 1.5 is 150 %."""
    return (profit - cost) / cost if cost else None
