"""Rules of the sales network."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as WrongNumber

from core.errors import RuleBroken

CENT = Decimal("0.01")


def plain_credit_code(text: str) -> str:
    """The unified social credit code (GB 32100) as 18 capitals and digits with a right check character, or nothing."""
    code = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    if not code:
        return ""
    try:
        return uscc.validate(code)
    except WrongNumber:
        raise RuleBroken(
            {
                "credit_code": _(
                    "“%(code)s” is not a valid unified social credit code: 18 letters and digits "
                    "without I, O, S, V, Z, the last of which checks the others. Compare it with the business licence."
                )
                % {"code": code[:30]}
            }
        ) from None


@dataclass(frozen=True)
class Tier:
    """From ``threshold`` on, the boundary included."""

    threshold: Decimal
    rate_percent: Decimal = Decimal(0)
    amount_per_car: Decimal = Decimal(0)


@dataclass(frozen=True)
class Result:
    """What a dealer did in a period: cars and their invoiced value in a policy's scope, and all cars by the target."""

    cars: int = 0
    value: Decimal = Decimal(0)
    counted: int = 0
    target: int = 0


def attained_tier(counted: int, target: int, tiers: Iterable[Tier]) -> Tier | None:
    """The highest tier reached; a boundary value belongs to the upper one. Without a target nothing is attained."""
    reached = [tier for tier in tiers if target and counted * 100 >= tier.threshold * target]
    return max(reached, key=lambda tier: tier.threshold, default=None)


def attainment_rebate(result: Result, tiers: Iterable[Tier]) -> Decimal:
    """DOMAIN 1.5: 80 of 100 cars for 4,000,000 yuan at one percent from 80 % on give 40,000.00."""
    tier = attained_tier(result.counted, result.target, tiers)
    if tier is None:
        return Decimal("0.00")
    return cents(result.value * tier.rate_percent / 100 + result.cars * tier.amount_per_car)


def within_caps(
    amounts: Mapping[int, Decimal], *, left_by_dealer: Mapping[int, Decimal], left: Decimal | None
) -> dict[int, Decimal]:
    """Nobody gets more than is left for him; where the total does not suffice, all get the same share of theirs."""
    allowed = {key: min(amount, left_by_dealer.get(key, amount)) for key, amount in amounts.items()}
    allowed = {key: max(amount, Decimal("0.00")) for key, amount in allowed.items()}
    wanted = sum(allowed.values())
    if left is None or wanted <= left:
        return allowed
    left = max(left, Decimal("0.00"))
    shares = {key: (amount * left / wanted).quantize(CENT, ROUND_DOWN) for key, amount in allowed.items()}
    rest = left - sum(shares.values())
    for key in sorted(allowed, key=lambda key: (-allowed[key], key)):
        given = min(allowed[key] - shares[key], rest)
        shares[key], rest = shares[key] + given, rest - given
    return shares


def claw_back(*, lost: Decimal, booked: Decimal, due: Decimal, percent: Decimal) -> Decimal:
    """What is taken back when ``lost`` is no longer due: never more than was booked above what still is."""
    return cents(min(lost, max(booked - due, Decimal(0))) * percent / 100)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
