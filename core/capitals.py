"""Amounts of money in Chinese capitals, by the rules of the People's Bank for bills and settlement vouchers."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")
GROUPS = ("亿", "万", "")
LARGEST = Decimal("999999999999.99")


def in_capitals(amount: Decimal) -> str:
    """壹仟肆佰零玖元伍角 for 1,409.50. It ends in 整 where it ends with the yuan, never after a 分.

    Of the two official readings of 107,000.53 it is the one that puts the 零 before the 角.
    """
    cents = abs(amount) * 100
    if cents != int(cents):
        raise ValueError(f"{amount} is not a whole number of cents")
    if abs(amount) > LARGEST:
        raise ValueError(f"{amount} is larger than {LARGEST}")
    yuan, rest = divmod(int(cents), 100)
    sign = "负" if cents and amount < 0 else ""
    return sign + (_yuan(yuan) + _jiao_and_fen(yuan, *divmod(rest, 10)) or "零元整")


def _yuan(yuan: int) -> str:
    if not yuan:
        return ""
    groups = (yuan // 10**8, yuan // 10**4 % 10**4, yuan % 10**4)
    written = ""
    for group, name in zip(groups, GROUPS, strict=True):
        if not group:
            continue
        gap = "零" if written and group < 1000 else ""
        written += gap + _below_ten_thousand(group) + name
    return written + "元"


def _below_ten_thousand(group: int) -> str:
    """Zeros in the middle become one 零; those at the end are not written."""
    written, is_gap = "", False
    for digit, place in zip(f"{group:04d}", PLACES, strict=True):
        if digit == "0":
            is_gap = bool(written)
            continue
        written += ("零" if is_gap else "") + DIGITS[int(digit)] + place
        is_gap = False
    return written


def _jiao_and_fen(yuan: int, jiao: int, fen: int) -> str:
    """A 零 stands after the 元 where the 角 is missing, and where the last digit of the yuan is zero."""
    if not jiao and not fen:
        return "整" if yuan else ""
    gap = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    return gap + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")
