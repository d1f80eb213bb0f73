from datetime import date
from decimal import Decimal

import pytest

from core.periods import month_of
from inventory.rules import vin_fault
from salesplan import rules

NOVEMBER = month_of(date(2026, 11, 1))


def test_plan_accuracy_of_the_worked_example():
    assert rules.plan_accuracy([100, 120, 80], [110, 100, 90]) == Decimal("0.8667")


def test_completion_without_a_plan_is_unknown():
    assert rules.completion(5, 0) is None
    assert rules.completion(79, 100) == Decimal("0.7900")
    assert rules.completion(0, 100) == 0


def test_returned_cars_make_completion_negative():
    assert rules.completion(-1, 10) == Decimal("-0.1000")


def test_stock_identities_of_the_worked_example():
    production, wholesale, retail = 300, 280, 260
    assert rules.closing_stock(500, production, wholesale) == 520
    assert rules.closing_stock(1_200, wholesale, retail) == 1_220


@pytest.mark.parametrize(
    ("today", "progress"),
    [
        (date(2026, 10, 31), "0.0000"),
        (date(2026, 11, 1), "0.0000"),
        (date(2026, 11, 2), "0.0476"),
        (date(2026, 11, 22), "0.7143"),
        (date(2026, 11, 30), "1.0000"),
        (date(2027, 1, 5), "1.0000"),
    ],
)
def test_time_progress_counts_working_days(today, progress):
    assert rules.time_progress(NOVEMBER, today) == Decimal(progress)


def test_gap_is_completion_less_time_progress():
    assert rules.progress_gap(Decimal("0.60"), Decimal("0.75")) == Decimal("-0.15")
    assert rules.progress_gap(None, Decimal("0.75")) is None


def test_growth_over_nothing_is_unknown():
    assert rules.change_rate(120, 100) == Decimal("0.2000")
    assert rules.change_rate(120, 0) is None


def test_stock_covers_the_plan_first():
    assert rules.production_need(10, 3) == 7
    assert rules.production_need(3, 10) == 0


def test_serial_vins_are_valid_and_consecutive():
    vins = rules.serial_vins("LKH", "7133A", 2026, "A", 41, 60)
    assert len(set(vins)) == 60
    assert [vin[-6:] for vin in (vins[0], vins[-1])] == ["000041", "000100"]
    assert [vin_fault(vin) for vin in vins] == [""] * 60
    assert {vin[9] for vin in vins} == {"T"}


def test_the_worked_vins_are_generated():
    assert rules.serial_vins("LKH", "GF1AH", 2026, "A", 123, 1) == ["LKHGF1AH6TA000123"]
    assert rules.serial_vins("LKH", "GF1AH", 2026, "A", 1_002, 1) == ["LKHGF1AHXTA001002"]


def test_serials_end_at_999999():
    with pytest.raises(ValueError, match="999999"):
        rules.serial_vins("LKH", "7133A", 2026, "A", 999_999, 2)


@pytest.mark.parametrize(("code", "vds"), [("HFJ7133", "7133A"), ("HFJ6351BOQ", "6351B"), ("HFJ7110E4", "7110E")])
def test_description_comes_from_the_announcement_model(code, vds):
    assert rules.vehicle_description(code) == vds


def test_model_year_codes_skip_confusing_letters():
    assert [rules.year_code(year) for year in (2007, 2010, 2012, 2026, 2030, 2031)] == ["7", "A", "C", "T", "Y", "1"]


def test_pasted_vins_may_be_parted_by_lines_or_commas():
    assert rules.vins_in(" LKHGF1AH6TA000123\r\n\nLKHGF1AHXTA001002，LKHGF1AH7RA001239 ") == [
        "LKHGF1AH6TA000123",
        "LKHGF1AHXTA001002",
        "LKHGF1AH7RA001239",
    ]
