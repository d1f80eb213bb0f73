"""The worked examples of vehicle numbers and stock indicators."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import RuleBroken
from inventory import rules


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111", "LKHGF1AH57AC00001"])
def test_check_digit_of_known_numbers(vin):
    assert rules.check_digit(vin) == vin[8]


@pytest.mark.parametrize(
    ("vin", "produced_on", "year"),
    [
        ("LKHGF1AH6TA000123", date(2026, 3, 1), 2026),
        ("LKHGF1AHXTA001002", date(2025, 11, 20), 2026),
        ("LKHGF1AG7CAC12345", date(2012, 5, 2), 2012),
        ("LKHNC1CG99AL00123", date(2009, 2, 2), 2009),
        ("LKHGF1AH7RA001239", date(2024, 7, 7), 2024),
        ("LKHGF1AH57AC00001", date(2007, 1, 15), 2007),
        ("LKHGF1AH57AC00001", date(2036, 12, 15), 2037),
    ],
)
def test_model_year_is_the_one_nearest_to_production(vin, produced_on, year):
    assert rules.vin_fault(vin) == ""
    assert rules.model_year(vin, produced_on=produced_on) == year


@pytest.mark.parametrize(
    "vin",
    [
        "LKHGF1AH07AC00001",  # check digit
        "LKHGF1AH4UA000123",  # U as the year
        "LKHGF1AH0TA00A123",  # a letter in the last four
        "LKHGF1AH6TA00012",  # 16 characters
        "LKHGF1AH6TA0001234",  # 18 characters
        "IKHGF1AH6TA000123",
        "LKHGF1AH6TO000123",
        "LKHGF1AH6TQ000123",
        "LKHGF1AH6TA-00123",
        "",
    ],
)
def test_faulty_numbers_are_refused_with_a_sentence(vin):
    assert rules.vin_fault(vin)
    with pytest.raises(RuleBroken):
        rules.checked_vin(vin)


def test_blanks_and_small_letters_are_put_right_but_full_width_is_refused():
    assert rules.checked_vin(" lkhgf1ah 6ta000123\n") == "LKHGF1AH6TA000123"
    with pytest.raises(RuleBroken):
        rules.checked_vin("ＬＫＨGF1AH6TA000123")


def test_inventory_coefficient_and_its_tone():
    assert rules.inventory_coefficient(180, 120) == Decimal("1.50")
    assert rules.coefficient_tone(Decimal("1.50")) == "amber"
    assert rules.inventory_coefficient(320, 200) == Decimal("1.60")
    assert rules.coefficient_tone(Decimal("1.60")) == "red"
    assert rules.coefficient_tone(Decimal("1.38")) == "green"
    assert rules.inventory_coefficient(320, 0) is None
    assert rules.coefficient_tone(None) == "secondary"


def test_days_of_supply():
    assert rules.days_of_supply(320, 200, 30) == Decimal("48.0")
    assert rules.days_of_supply(320, 0, 30) is None


@pytest.mark.parametrize(
    ("days", "label"),
    [(0, "0-30"), (30, "0-30"), (31, "31-60"), (90, "61-90"), (91, "91-180"), (180, "91-180"), (181, ">180")],
)
def test_age_buckets(days, label):
    assert rules.age_bucket(days) == label
