"""Which car goes to which line: priority, FIFO, shortage (DOMAIN 1.6)."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.matching import FreeCar, OpenLine, match, shares


def line(key: int, **fields) -> OpenLine:
    values = {
        "order": key,
        "sku": 1,
        "dealer": key,
        "open_count": 1,
        "fleet_on": None,
        "has_customer": False,
        "paid_share": Decimal(0),
        "ordered_on": date(2026, 11, 1),
    }
    return OpenLine(key=key, **values | fields)


def cars(*days: int) -> dict[int, list[FreeCar]]:
    return {1: [FreeCar(100 + number, date(2026, 10, day)) for number, day in enumerate(days)]}


def receivers(lines, free, attainment=None) -> list[tuple[int, int]]:
    return [(given.line.key, given.car.key) for given in match(lines, free, attainment).given]


def test_fleet_before_customer_before_paid_before_oldest():
    """The oldest car goes to whoever stands first: five lines, four cars."""
    lines = [
        line(1, ordered_on=date(2026, 10, 1)),
        line(2, ordered_on=date(2026, 11, 20), paid_share=Decimal("0.3")),
        line(3, ordered_on=date(2026, 11, 21), has_customer=True),
        line(4, ordered_on=date(2026, 11, 21), fleet_on=date(2026, 3, 1)),
        line(5, ordered_on=date(2026, 11, 21), fleet_on=date(2026, 2, 1)),
    ]
    assert receivers(lines, cars(1, 2, 3, 4, 5)) == [(5, 100), (4, 101), (3, 102), (2, 103), (1, 104)]
    assert [key for key, _car in receivers(lines, cars(1, 2, 3))] == [5, 4, 3]


def test_a_line_that_goes_short_says_why():
    found = match([line(1, open_count=3, has_customer=True)], cars(1, 2))
    assert [(short.line.key, short.given_count) for short in found.short] == [(1, 2)]
    assert match([line(1)], {}).short[0].given_count == 0
    assert "2026-10-01" in found.given[0].reason


def test_no_car_is_given_twice_and_none_is_lost():
    lines = [line(key, open_count=key) for key in range(1, 6)]
    given = receivers(lines, cars(*range(1, 16)))
    assert len(given) == 15
    assert len({car for _line, car in given}) == 15


@pytest.mark.parametrize(
    ("supply", "demands", "attainment", "expected"),
    [
        (10, {1: 10, 2: 10}, {1: "1", 2: "1"}, {1: 5, 2: 5}),
        (9, {1: 10, 2: 10}, {1: "1", 2: "0.5"}, {1: 6, 2: 3}),
        (10, {1: 2, 2: 30}, {1: "1", 2: "1"}, {1: 1, 2: 9}),
        (11, {1: 2, 2: 10}, {1: "1", 2: "0.1"}, {1: 2, 2: 9}),
        (20, {1: 2, 2: 3}, {}, {1: 2, 2: 3}),
        (0, {1: 2, 2: 3}, {}, {1: 0, 2: 0}),
        (11, {1: 11, 2: 11}, {1: "1", 2: "0"}, {1: 10, 2: 1}),
    ],
)
def test_a_shortage_is_shared_by_demand_and_plan_attainment(supply, demands, attainment, expected):
    assert shares(supply, demands, {dealer: Decimal(rate) for dealer, rate in attainment.items()}) == expected


def test_dealers_share_what_customers_leave():
    """Of six cars one goes to a customer; the two dealers order four each and share five at 100 % and 50 %."""
    lines = [
        line(1, dealer=7, open_count=4),
        line(2, dealer=8, open_count=4, ordered_on=date(2026, 9, 1)),
        line(3, dealer=8, has_customer=True),
    ]
    given = [key for key, _car in receivers(lines, cars(1, 2, 3, 4, 5, 6), {7: Decimal(1), 8: Decimal("0.5")})]
    assert given == [3, 2, 2, 1, 1, 1]
