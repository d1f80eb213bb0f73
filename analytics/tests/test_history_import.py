"""Sales of earlier years, through the command and through the browser."""

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import Sum
from openpyxl import Workbook

from analytics.models import HistorySource, SalesHistory, TrendScheme

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "data"
CHINESE = """\
年月,城市,车型,销量,颜色,单价
2015-01,哈尔滨,路宝,12,白,39800
2015年2月,哈尔滨,路宝,8,,
2015/2,哈尔滨,路宝,5,,
"""


@pytest.fixture
def imported(tmp_path):
    def run(content: bytes | str, name: str = "老账.csv", **options) -> dict:
        file, report = tmp_path / name, tmp_path / "report.json"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("import_file", "sales_history", str(file), report=report, verbosity=0, **options)
        return json.loads(report.read_text(encoding="utf-8"))

    return run


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_words_are_kept_and_rows_of_one_key_are_summed(director, imported, encoding):
    report = imported(CHINESE.encode(encoding))
    assert report == {"rows": 3, "created": 2, "updated": 0, "skipped": 1, "errors": []}
    rows = SalesHistory.objects.order_by("month").values_list("area", "model", "colour", "quantity")
    assert list(rows) == [("哈尔滨", "路宝", "白", 12), ("哈尔滨", "路宝", "", 13)]
    assert HistorySource.objects.get().name == "老账"


def test_the_same_file_twice_changes_nothing(director, imported):
    imported(CHINESE)
    before = list(SalesHistory.objects.order_by("pk").values_list())
    assert imported(CHINESE) == {"rows": 3, "created": 0, "updated": 0, "skipped": 3, "errors": []}
    assert list(SalesHistory.objects.order_by("pk").values_list()) == before


def test_a_corrected_figure_replaces_the_old_one(director, imported):
    imported(CHINESE)
    report = imported(CHINESE.replace(",12,", ",20,"))
    assert (report["created"], report["updated"], report["skipped"]) == (0, 1, 2)
    assert SalesHistory.objects.get(colour="白").quantity == 20


def test_a_dry_run_reports_and_keeps_nothing(director, imported):
    assert imported(CHINESE, dry_run=True)["created"] == 2
    assert not SalesHistory.objects.exists()
    assert not TrendScheme.objects.exists()


def test_an_error_is_named_and_nothing_is_saved(director, imported, tmp_path):
    with pytest.raises(CommandError):
        imported(CHINESE.replace("2015-01", "2015-13").replace(",8,", ",8.5,"))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [(error["row"], error["column"], error["value"]) for error in report["errors"]] == [
        (2, "年月", "2015-13"),
        (3, "销量", "8.5"),
    ]
    assert not SalesHistory.objects.exists()


def test_sources_are_never_added_to_one_another(director, imported):
    imported(CHINESE, source="company", kind="company")
    imported(CHINESE, source="market", kind="market")
    totals = SalesHistory.objects.order_by("source__name").values_list("source__name", "source__kind")
    assert list(totals.annotate(cars=Sum("quantity"))) == [("company", "company", 25), ("market", "market", 25)]
    with pytest.raises(CommandError):
        imported(CHINESE, source="market", kind="company")


def test_mapped_columns_of_the_real_files(director, tmp_path):
    if not REAL.is_dir():
        pytest.skip(f"the real data are not at {REAL}")
    mapping = {"map": "month=month,area=city,model=maker,quantity=sales"}
    for name, options, rows in (
        ("cn3city_maker_month_2010_2015.csv", mapping, 11_048),
        ("hafei_registrations_3cities_2010_2015.csv", {}, 324),
    ):
        for created in (rows, 0):
            report = tmp_path / "report.json"
            call_command("import_file", "sales_history", str(REAL / name), report=report, verbosity=0, **options)
            found = json.loads(report.read_text(encoding="utf-8"))
            assert found == {"rows": rows, "created": created, "updated": 0, "skipped": rows - created, "errors": []}


def test_only_the_planner_imports_in_the_browser(client, cast):
    book = Workbook()
    for row in (["年月", "城市", "车型", "销量"], ["2015-01", "哈尔滨", "路宝", 12]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("老账.xlsx", content.getvalue())
    client.force_login(cast["dealer"])
    assert client.post("/imports/sales_history/", {"file": upload}).status_code == 403
    upload.seek(0)
    client.force_login(cast["planner"])
    page = client.post("/imports/sales_history/", {"file": upload, "source": "browser", "kind": "company"}, follow=True)
    assert page.status_code == 200
    assert "路宝" in page.content.decode()
    assert not SalesHistory.objects.exists()
