"""Pure rules of vehicle numbers and stock."""

import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from core.errors import RuleBroken

LETTERS = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
VALUES = LETTERS | {digit: int(digit) for digit in "0123456789"}
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
YEAR_CODES = "123456789ABCDEFGHJKLMNPRSTVWXY"
FIRST_YEAR = 2001
AGE_LIMITS = (30, 60, 90, 180)
WARNING_LINE = Decimal("1.5")


def normal_vin(raw: str) -> str:
    """Without blanks and in capitals. Full-width characters are refused, not repaired: they come from a bad copy."""
    vin = "".join(raw.split()).upper()
    if vin != unicodedata.normalize("NFKC", vin):
        raise RuleBroken({"vin": _("“%(vin)s” holds full-width characters. Type the VIN again.") % {"vin": raw}})
    return vin


def vin_fault(vin: str) -> str:
    """What is wrong with a normal VIN (ISO 3779, GB 16735), as a sentence; empty when it is right."""
    if len(vin) != len(WEIGHTS):
        return _("A VIN has 17 characters; “%(vin)s” has %(length)d.") % {"vin": vin, "length": len(vin)}
    if set(vin) - VALUES.keys():
        return _("A VIN holds digits and capital letters without I, O and Q; “%(vin)s” does not.") % {"vin": vin}
    if vin[8] != check_digit(vin):
        return _("The check digit of “%(vin)s” should be %(digit)s.") % {"vin": vin, "digit": check_digit(vin)}
    if vin[9] not in YEAR_CODES:
        return _("“%(code)s” in place 10 of “%(vin)s” is no model year.") % {"code": vin[9], "vin": vin}
    if not vin[13:].isdigit():
        return _("The last four characters of “%(vin)s” have to be digits.") % {"vin": vin}
    return ""


def checked_vin(raw: str) -> str:
    """The normal form of a valid VIN; anything else is refused."""
    vin = normal_vin(raw)
    if fault := vin_fault(vin):
        raise RuleBroken({"vin": fault})
    return vin


def check_digit(vin: str) -> str:
    """Place 9: the weighted sum of all characters modulo 11, with X for 10."""
    rest = sum(VALUES[character] * weight for character, weight in zip(vin, WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def model_year(vin: str, *, produced_on: date) -> int:
    """The code of place 10 repeats every 30 years; the production date tells which round is meant."""
    year = FIRST_YEAR + YEAR_CODES.index(vin[9])
    rounds = round((produced_on.year - year) / 30)
    return year + 30 * rounds


def age_bucket(days: int) -> str:
    """0-30, 31-60, 61-90, 91-180 or >180 days."""
    lower = 0
    for limit in AGE_LIMITS:
        if days <= limit:
            return f"{lower}-{limit}"
        lower = limit + 1
    return f">{AGE_LIMITS[-1]}"


def inventory_coefficient(stock: int, month_retail: int) -> Decimal | None:
    """Month-end dealer stock over that month's retail (库存系数); none without retail."""
    return _rounded(Decimal(stock) / month_retail, "0.01") if month_retail > 0 else None


def coefficient_tone(coefficient: Decimal | None) -> str:
    """Amber on the warning line of CADA (1.5), red above it."""
    if coefficient is None:
        return "secondary"
    if coefficient > WARNING_LINE:
        return "red"
    return "amber" if coefficient == WARNING_LINE else "green"


def days_of_supply(stock: int, retail: int, days: int) -> Decimal | None:
    """How long the stock lasts at the pace of ``retail`` cars in ``days`` days; none without retail."""
    return _rounded(Decimal(stock) * days / retail, "0.1") if retail > 0 else None


def _rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP)
