"""The examples of the bank's own rules, and what has to hold for every amount."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.capitals import DIGITS, LARGEST, in_capitals

amounts = st.integers(0, int(LARGEST * 100)).map(lambda cents: Decimal(cents).scaleb(-2))


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.30", "叁角"),
        ("10", "壹拾元整"),
        ("10.10", "壹拾元零壹角"),
        ("85600.00", "捌万伍仟陆佰元整"),
        ("100700", "壹拾万零柒佰元整"),
        ("10000500", "壹仟万零伍佰元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000001.01", "壹拾亿零壹元零壹分"),
        ("20305040", "贰仟零叁拾万伍仟零肆拾元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-38000", "负叁万捌仟元整"),
    ],
)
def test_amount_reads_as_the_bank_writes_it(amount, capitals):
    assert in_capitals(Decimal(amount)) == capitals


@given(amounts)
@example(Decimal("107000.53"))
@example(Decimal("100000000000.10"))
def test_what_is_written_reads_back_as_the_same_amount(amount):
    assert read(in_capitals(amount)) == amount


@given(amounts)
def test_whole_stands_after_the_yuan_and_never_after_a_fen(amount):
    capitals = in_capitals(amount)
    assert capitals.endswith("整") is (amount % 1 == 0)
    assert capitals.count("整") <= 1


@given(amounts)
def test_zeros_are_single_and_stand_between_figures(amount):
    capitals = in_capitals(amount)
    assert "零零" not in capitals
    assert amount == 0 or not capitals.startswith("零")
    assert re.search("零[万亿元角分整]", capitals) is None or amount == 0


@pytest.mark.parametrize("amount", ["1000000000000", "0.001", "12.345"])
def test_what_no_bill_can_say_is_refused(amount):
    with pytest.raises(ValueError, match=amount):
        in_capitals(Decimal(amount))


def read(capitals: str) -> Decimal:
    """By another way than it was written: figure by figure, each worth its place."""
    if capitals == "零元整":
        return Decimal(0)
    yuan, _mark, rest = capitals.removesuffix("整").rpartition("元")
    total = group = digit = 0
    for letter in yuan:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in "拾佰仟":
            group, digit = group + digit * {"拾": 10, "佰": 100, "仟": 1000}[letter], 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[letter], 0, 0
    cents = {unit: DIGITS.index(figure) for figure, unit in re.findall(f"([{DIGITS}])([角分])", rest)}
    return Decimal(total + group + digit) + Decimal(cents.get("角", 0) * 10 + cents.get("分", 0)) / 100
