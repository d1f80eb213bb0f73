from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.importing import (
    choice_of,
    parse_date,
    parse_decimal,
    parse_month,
    parse_phone,
    parse_text,
    parse_whole_number,
    parse_yes_no,
)
from core.models import Job


@pytest.mark.parametrize(
    "cell",
    ["2010-01", "201001", "2010/1", "2010.01", "2010年1月", "2010年01月份", "２０１０－０１", "2010-01-31", "20100131"]
    + ["2010-01-01 00:00:00", 201001.0, date(2010, 1, 31), datetime(2010, 1, 1), " 2010-01 "],
)
def test_a_month_is_read_as_people_write_it(cell):
    assert parse_month(cell) == date(2010, 1, 1)


@pytest.mark.parametrize(
    "cell", ["2010-13", "2010-00", "0000-01", "9999-01", "2010", "1月", 2010.1, 40179.0, "2010-02-30"]
)
def test_what_is_no_month_is_refused(cell):
    with pytest.raises(ValidationError):
        parse_month(cell)


@pytest.mark.parametrize(
    "cell", ["2012-02-29", "2012/2/29", "2012年2月29日", "20120229", date(2012, 2, 29), 20120229.0]
)
def test_a_date_is_read_as_people_write_it(cell):
    assert parse_date(cell) == date(2012, 2, 29)


@pytest.mark.parametrize("cell", ["2013-02-29", "2012-2", "tomorrow", "1900-00-00", True, "99999999"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValidationError):
        parse_date(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("2.0", 2),
        (2.0, 2),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("-3", -3),
        ("+7", 7),
        ("1.2E3", 1200),
        (" 5 ", 5),
        (0, 0),
    ],
)
def test_a_whole_number_is_read_as_people_write_it(cell, number):
    assert parse_whole_number(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["2.5", 2.5, "abc", "NaN", "Infinity", "1e999", "1e20", "1,23", "9" * 5000, True, date(2010, 1, 1), "٣", "一"],
)
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(ValidationError):
        parse_whole_number(cell)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("58,800", "58800.00"), ("￥58,800.005元", "58800.01"), (0.1, "0.10"), ("-2.675", "-2.68"), (58800.0, "58800.00")],
)
def test_money_is_read_with_two_places(cell, amount):
    assert parse_decimal(cell) == Decimal(amount)


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        (13812345678.0, "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("0451-88218821", "045188218821"),
        ("(0451)88218821转102", "045188218821-102"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_a_phone_is_read_as_people_write_it(cell, phone):
    assert parse_phone(cell) == phone


@pytest.mark.parametrize("cell", ["1381234567", "12345", "phone", "138123456789", ""])
def test_what_is_no_phone_is_refused(cell):
    with pytest.raises(ValidationError):
        parse_phone(cell)


def test_words_are_kept_as_they_are_written():
    assert parse_text("  ＨＦＪ７１３３ 路宝 ") == "ＨＦＪ７１３３ 路宝"
    assert parse_text(7133.0) == "7133"
    for bad in ("a\x00b", "x" * 501):
        with pytest.raises(ValidationError):
            parse_text(bad)


def test_a_choice_is_known_by_value_label_and_synonym():
    parse = choice_of(Job.Status, done=("完成了",))
    assert [parse(word) for word in ("done", "DONE", "Done", "完成了")] == ["done"] * 4
    with pytest.raises(ValidationError):
        parse("finished")


def test_yes_and_no_are_read():
    assert [parse_yes_no(cell) for cell in ("是", "Y", 1.0, True, "否", "no", False)] == [True] * 4 + [False] * 3
    with pytest.raises(ValidationError):
        parse_yes_no("perhaps")
