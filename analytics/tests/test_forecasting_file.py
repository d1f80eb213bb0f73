import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

HEADING = "series,period,value\n"
ROWS = "".join(
    f"路宝,20{18 + month // 12}-{month % 12 + 1:02d},{100 + 30 * (month % 12 in (0, 8, 9)) + month % 5}\n"
    for month in range(48)
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def forecast_text(tmp_path: Path, text: str | bytes, **options) -> list[dict[str, str]]:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    call_command("forecast_file", str(source), "--output", str(output), "--horizon", "6", **options, verbosity=0)
    with output.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_file_gets_one_row_for_each_month_ahead(tmp_path):
    rows = forecast_text(tmp_path, HEADING + ROWS + "赛马,2020-11,4\n赛马,2020-12,4\n")
    assert list(rows[0]) == ["series", "period", "mean", "lower80", "upper80", "lower95", "upper95", "model"]
    assert [row["period"] for row in rows if row["series"] == "路宝"] == [f"2022-{month:02d}" for month in range(1, 7)]
    assert [row["period"] for row in rows if row["series"] == "赛马"][0] == "2021-01"
    assert float(rows[0]["lower95"]) <= float(rows[0]["lower80"]) <= float(rows[0]["mean"]) <= float(rows[0]["upper80"])
    assert 115 < float(rows[0]["mean"]) < 145


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_from_excel_are_read(tmp_path, encoding):
    plain = forecast_text(tmp_path, HEADING + ROWS)
    assert forecast_text(tmp_path, (HEADING + ROWS).replace("\n", "\r\n").encode(encoding)) == plain


def test_columns_may_stand_in_any_order_among_others(tmp_path):
    rows = forecast_text(
        tmp_path, "Value,note,Period,Series\n3,x,2020-01,a\n3,y,2020-02,a\n3,,2020-03,a\n3,,2020-04,a\n"
    )
    assert [float(row["mean"]) for row in rows] == [3.0] * 6


def test_empty_value_is_a_missing_month(tmp_path):
    rows = forecast_text(tmp_path, HEADING + "a,2020-01,3\na,2020-02,\na,2020-03,3\na,2020-04,3\na,2020-05,NA\n")
    assert (rows[0]["period"], float(rows[0]["mean"])) == ("2020-05", 3.0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1: the column “series” is missing"),
        ("series,period\na,2020-01\n", "Line 1: the column “value” is missing"),
        (HEADING, "no rows under its heading"),
        (HEADING + "a,2020-13,1\n", "Line 2: “2020-13” is not a period"),
        (HEADING + "a,January,1\n", "Line 2: “January” is not a period"),
        (HEADING + "a,2020-01,1\na,2020-02,many\n", "Line 3: “many” is not a number"),
        (HEADING + "a,2020-01,inf\n", "Line 2: “inf” is not a number"),
        (HEADING + "a,2020-01,1\n\na,2020-01,2\n", "Line 4: series “a” has the period 2020-01 twice"),
        (HEADING + "a,2020-01\n", "Line 2: the row has too few columns"),
        (HEADING + ",2020-01,1\n", "Line 2: the series has no name"),
        (HEADING + "a,0020-01,1\na,2020-01,1\n", "longer than 200 years"),
        (b"series,period,value\n\xff\xff,2020-01,1\n", "neither UTF-8 nor GB18030"),
    ],
)
def test_bad_file_is_refused_with_its_line(tmp_path, text, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        forecast_text(tmp_path, text)
    assert refusal.value.returncode == 1
    assert not (tmp_path / "out.csv").exists()


def test_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere.csv cannot be read"):
        call_command("forecast_file", str(tmp_path / "nowhere.csv"), "--output", "x.csv", "--horizon", "6")


def test_output_that_cannot_be_written_is_named(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(HEADING + "a,2020-01,1\n")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("forecast_file", str(source), "--output", str(tmp_path / "no" / "out.csv"), "--horizon", "6")


@pytest.mark.parametrize("horizon", ["0", "-1", "ten", "121"])
def test_horizon_must_be_a_number_of_months(tmp_path, horizon):
    with pytest.raises(CommandError, match="is not a whole number from 1 to 120"):
        call_command("forecast_file", "in.csv", "--output", "out.csv", "--horizon", horizon)
