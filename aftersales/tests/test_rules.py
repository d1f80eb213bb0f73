"""The worked examples E1 to E17 of the warranty order, and the amounts of a claim."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftersales.rules import amounts, periods, remedies
from aftersales.rules.checks import ClaimFacts, HoursLine, Reading, Severity, check_claim
from core.errors import RuleBroken

BOUGHT_ON = date(2024, 3, 12)
HOUSEHOLD = periods.warranty_of(BOUGHT_ON, "household")


def test_e1_delivery_after_the_invoice_starts_the_warranty():
    start = periods.start_of_warranty(invoiced_on=date(2024, 3, 10), delivered_on=date(2024, 3, 12))
    warranty = periods.warranty_of(start, "household")
    assert start == date(2024, 3, 12)
    assert periods.end_after_days(start, 7) == date(2024, 3, 19)
    assert periods.end_after_days(start, 60) == date(2024, 5, 11)
    assert warranty.guarantee_ends_on == date(2026, 3, 12)
    assert warranty.repair_ends_on == date(2027, 3, 12)


def test_e2_leap_day_ends_on_the_last_of_february():
    warranty = periods.warranty_of(date(2024, 2, 29), "household")
    assert warranty.guarantee_ends_on == date(2026, 2, 28)
    assert warranty.repair_ends_on == date(2027, 3, 1)


def test_e2_without_the_switch_a_sunday_stays():
    warranty = periods.warranty_of(date(2024, 2, 29), "household", extend_to_next_workday=False)
    assert warranty.repair_ends_on == date(2027, 2, 28)


def test_e3_periods_ending_on_a_weekend_move_on():
    start = date(2024, 1, 31)
    assert periods.end_after_days(start, 60, extend_to_next_workday=False) == date(2024, 3, 31)
    assert periods.end_after_days(start, 60) == date(2024, 4, 1)
    assert periods.warranty_of(start, "household").guarantee_ends_on == date(2026, 2, 2)


def test_e4_period_ending_in_the_national_holiday_ends_on_the_make_up_day():
    assert periods.end_after_days(date(2023, 9, 29), 7) == date(2023, 10, 7)


@pytest.mark.parametrize(("hours", "days", "courtesy"), [("143", 6, 1), ("120", 5, 0), ("120.5", 6, 1), ("0.5", 1, 0)])
def test_e5_begun_days_of_repair_count_and_the_sixth_is_compensated(hours, days, courtesy):
    assert remedies.repair_days(Decimal(hours)) == days
    assert remedies.courtesy_days(days) == courtesy


def test_e6_cumulative_days_are_the_sum_of_single_repairs():
    assert remedies.cumulative_repair_days([Decimal("24.5"), Decimal("120"), Decimal("143")]) == 13


def asked(days: int, mileage_km: int = 20_000, **facts) -> remedies.Ground | None:
    history = remedies.History(BOUGHT_ON + timedelta(days=days), mileage_km, **facts)
    return remedies.replacement_ground(history, HOUSEHOLD)


@pytest.mark.parametrize(("repair_days", "ground"), [(30, None), (31, remedies.Ground.REPAIRED_TOO_LONG_OR_OFTEN)])
def test_e7_more_than_30_days_of_repair_give_a_ground(repair_days, ground):
    assert asked(300, repair_days=repair_days) == ground


@pytest.mark.parametrize(("count", "ground"), [(4, None), (5, remedies.Ground.REPAIRED_TOO_LONG_OR_OFTEN)])
def test_e8_the_fifth_repair_of_the_same_problem_gives_a_ground(count, ground):
    assert asked(300, same_repair_count=count) == ground


@pytest.mark.parametrize(("percent", "amount"), [("0.4", "8050.10"), ("0.5", "10062.62")])
def test_e9_use_compensation(percent, amount):
    assert remedies.use_compensation(Decimal(85_800), 23_456, Decimal(percent)) == Decimal(amount)


def test_e10_coefficient_above_the_limit_is_refused():
    assert remedies.use_compensation(Decimal(100_000), 12_345, Decimal("0.5")) == Decimal("6172.50")
    with pytest.raises(RuleBroken):
        remedies.use_compensation(Decimal(100_000), 12_345, Decimal("0.8"))


def test_cars_sold_before_2022_keep_the_old_order():
    old = remedies.rule_set_of(date(2021, 12, 31))
    assert old is remedies.ORDER_150
    assert remedies.use_compensation(Decimal(100_000), 12_345, Decimal("0.8"), old) == Decimal("9876.00")
    assert remedies.rule_set_of(date(2022, 1, 1)) is remedies.ORDER_43


def test_e11_brake_failure_beyond_3000_km_is_no_ground_yet():
    assert asked(40, 3_200, has_safety_failure=True) is None
    assert asked(40, 3_000, has_safety_failure=True) is remedies.Ground.SAFETY_WITHIN_60_DAYS
    assert asked(300, has_safety_failure=True, safety_repair_count=2) is remedies.Ground.SAFETY_REPAIRED_TWICE


def test_e12_gearbox_part_within_seven_days_costs_the_owner_nothing():
    ground = asked(5, 200, needs_powertrain_part=True)
    assert ground is remedies.Ground.POWERTRAIN_WITHIN_7_DAYS
    assert not remedies.owes_compensation(ground)


def test_e13_engine_replaced_twice_gives_a_ground_with_compensation():
    ground = asked(400, assembly_replacement_count=2)
    assert ground is remedies.Ground.ASSEMBLY_REPLACED_TWICE
    assert remedies.owes_compensation(ground)


def test_e14_taxi_has_the_contract_warranty_only():
    warranty = periods.warranty_of(BOUGHT_ON, "taxi")
    assert not periods.is_under_order("taxi")
    assert warranty.guarantee_ends_on is None
    history = remedies.History(BOUGHT_ON + timedelta(days=300), 20_000, repair_days=99)
    assert remedies.replacement_ground(history, warranty) is None


def test_e15_waiting_for_a_coded_harness_is_not_counted():
    assert asked(300, repair_days=32, excluded_days=4) is None
    assert remedies.courtesy_days(32) == 27


def test_e16_demand_before_the_spring_festival():
    assert remedies.answer_due(date(2026, 2, 9)) == date(2026, 2, 28)


def test_e17_demand_before_the_national_holiday():
    assert remedies.answer_due(date(2026, 9, 21)) == date(2026, 10, 12)


def test_beyond_the_guarantee_there_is_no_ground():
    assert asked(800, repair_days=99) is None
    assert asked(300, 50_001, repair_days=99) is None
    assert asked(300, 50_000, repair_days=99) is remedies.Ground.REPAIRED_TOO_LONG_OR_OFTEN


def test_a_promise_below_the_law_is_refused():
    short = periods.Terms(repair_years=2, repair_km=60_000, guarantee_years=2, guarantee_km=50_000)
    with pytest.raises(RuleBroken):
        periods.warranty_of(BOUGHT_ON, "household", terms=short)


def test_claim_of_labour_part_and_towing_with_recovery():
    lines = [
        amounts.line_amount(Decimal("2.5"), Decimal("60")),
        amounts.line_amount(Decimal("1"), Decimal("320"), Decimal("10")),
        amounts.line_amount(Decimal("80"), Decimal("1.5")),
    ]
    assert lines == [Decimal("150.00"), Decimal("352.00"), Decimal("120.00")]
    total = amounts.claim_amount(lines)
    assert total == Decimal("622.00")
    assert amounts.supplier_recovery(total, Decimal("60")) == Decimal("373.20")


def test_half_cents_are_rounded_up_per_line():
    lines = [amounts.line_amount(Decimal("0.5"), Decimal("0.25"))] * 2
    assert amounts.claim_amount(lines) == Decimal("0.26")


def facts(**changes) -> ClaimFacts:
    usual = {
        "vin": "LKHGF1AH6TA000123",
        "is_known": True,
        "is_retailed": True,
        "warranty": HOUSEHOLD,
        "repaired_on": date(2025, 3, 1),
        "mileage_km": 21_000,
        "submitted_on": date(2025, 3, 5),
    }
    return ClaimFacts(**(usual | changes))


def results(**changes) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in check_claim(facts(**changes))]


def test_sound_claim_has_no_findings():
    assert results() == []


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"is_known": False}, "NOP", Severity.REJECT),
        ({"is_retailed": False, "warranty": None}, "NWR", Severity.REJECT),
        ({"repaired_on": date(2027, 3, 13), "submitted_on": date(2027, 3, 13)}, "EW", Severity.REJECT),
        ({"mileage_km": 60_001}, "EW", Severity.REJECT),
        ({"last_reading": Reading(date(2025, 1, 1), 21_001)}, "MRA", Severity.HOLD),
        ({"last_reading": Reading(date(2025, 2, 20), 10_000)}, "MC", Severity.WARN),
        ({"twin_number": "SP-2025-0001"}, "DC", Severity.REJECT),
        ({"submitted_on": date(2025, 4, 1)}, "SUB", Severity.REJECT),
        ({"is_station_active": False}, "URF", Severity.REJECT),
        ({"hours": (HoursLine("01-2201", Decimal("3"), Decimal("2.5")),)}, "ELH", Severity.WARN),
    ],
)
def test_each_objection_has_its_code_and_severity(changes, code, severity):
    assert results(**changes) == [(code, severity)]


def test_mileage_exactly_at_the_limit_is_accepted():
    assert results(mileage_km=60_000) == []


def test_last_day_of_submission_is_accepted():
    assert results(submitted_on=date(2025, 3, 31)) == []


def test_goodwill_may_lie_outside_the_warranty():
    assert results(mileage_km=80_000, is_goodwill=True) == []


def test_preparation_of_a_new_car_needs_no_retail():
    assert results(is_retailed=False, warranty=None, needs_retail=False) == []


def test_gravest_objections_come_first():
    last = Reading(date(2025, 1, 1), 21_001)
    assert [code for code, _severity in results(last_reading=last, submitted_on=date(2025, 4, 1))] == ["SUB", "MRA"]
