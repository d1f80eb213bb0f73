import codecs

import pytest

from core.errors import RuleBroken
from core.importing import import_file
from core.importing.mapping import read_mapping
from core.tests import files
from core.tests.folders_import import FOLDERS
from core.tests.records import Folder, folder_table

ROWS = [["名称", "月份", "销量", "金额"], ["路宝", "2010-01", "1,200", "58,800"], ["赛豹", "2010年2月", 3, 98800.5]]
CSV = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)


@pytest.fixture
def table(db):
    with folder_table():
        yield


@pytest.fixture
def run(table, sales1):
    def run_import(content: bytes, name="folders.csv", **values):
        return import_file(FOLDERS, files.upload(name, content), by=sales1, **values)

    return run_import


def stored():
    return {folder.name: folder.extra for folder in Folder.objects.all()}


def sentences(report):
    return " ".join(error.message for error in report.errors)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.csv", CSV.encode("gb18030")),
        ("a.csv", codecs.BOM_UTF16_LE + CSV.encode("utf-16-le")),
        ("a.CSV", CSV.replace("\n", "\r\n").encode()),
        ("a.csv", CSV.replace(",", "\t").replace("1\t200", "1,200").replace("58\t800", "58,800").encode()),
        ("a.xlsx", files.workbook(ROWS)),
        ("a.xlsx", files.workbook([["哈飞 2010 年"], [], *ROWS, []])),
    ],
)
def test_a_file_of_each_kind_gives_the_same_rows(run, name, content):
    assert run(content, name).as_dict() == {"rows": 2, "created": 2, "updated": 0, "skipped": 0, "errors": []}
    assert stored() == {
        "路宝": {"month": "2010-01-01", "quantity": "1200", "amount": "58800.00", "kind": "company"},
        "赛豹": {"month": "2010-02-01", "quantity": "3", "amount": "98800.50", "kind": "company"},
    }


def test_rare_characters_of_gb18030_are_kept(run):
    run("名称\n䶮㐂𠮷".encode("gb18030"))
    assert list(stored()) == ["䶮㐂𠮷"]


def test_the_same_file_twice_changes_nothing_and_a_changed_row_is_updated(run):
    run(CSV.encode())
    assert run(CSV.encode()).as_dict() == {"rows": 2, "created": 0, "updated": 0, "skipped": 2, "errors": []}
    changed = run(CSV.replace("1,200", "1,300").encode())
    assert (changed.created, changed.updated, changed.skipped) == (0, 1, 1)


def test_a_check_says_what_would_happen_and_saves_nothing(run):
    assert run(CSV.encode(), dry_run=True).created == 2
    assert stored() == {}


def test_one_bad_cell_takes_back_the_whole_file_and_every_error_is_named(run):
    report = run("名称,销量,月份\n路宝,3,2010-01\n赛豹,三,2010-13\n,1,\n\n禁止,1,2010-01\n".encode())
    assert stored() == {}
    assert (report.rows, report.created) == (4, 0)
    found = [(error.row, error.column, error.value) for error in report.errors]
    assert found == [(3, "月份", "2010-13"), (3, "销量", "三"), (4, "名称", ""), (6, "name", "禁止")]
    assert all(error.message for error in report.errors)


def test_headings_are_known_in_any_case_width_and_with_a_unit(run):
    assert run("ＮＡＭＥ,Sales,金额（元）\n路宝,3,1\n".encode()).created == 1
    assert stored()["路宝"] == {"quantity": "3", "amount": "1.00", "kind": "company"}


def test_a_mapping_names_the_columns(run):
    report = run("model,n\n路宝,3\n".encode(), mapping=read_mapping("name=Model, quantity=n"))
    assert report.created == 1
    assert stored()["路宝"]["quantity"] == "3"


@pytest.mark.parametrize("text", ["name", "name=", "=x", "name=a,,=b"])
def test_a_mapping_that_cannot_be_read_is_refused(text):
    with pytest.raises(RuleBroken):
        read_mapping(text)


def test_a_mapping_to_an_unknown_column_is_refused(run):
    with pytest.raises(RuleBroken, match="colour"):
        run(CSV.encode(), mapping={"colour": "名称"})


def test_a_heading_that_is_missing_is_named_with_those_that_are_there(run):
    assert "model, n" in sentences(run("model,n\n路宝,3\n".encode()))
    assert "车型" in sentences(run("model,n\n路宝,3\n".encode(), mapping={"name": "车型"}))


def test_a_file_of_headings_alone_is_an_error(run):
    assert run("名称,销量\n".encode()).errors


def test_options_are_cleaned_and_refused(run):
    run(CSV.encode(), options={"kind": "market"})
    assert stored()["路宝"]["kind"] == "market"
    with pytest.raises(RuleBroken, match="kind"):
        run(CSV.encode(), options={"kind": "rumour"})


def test_progress_is_reported(run):
    seen = []
    lines = "\n".join(f"车{number}" for number in range(1200))
    run(f"名称\n{lines}".encode(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(500, 1200), (1000, 1200)]


def test_ten_thousand_errors_are_enough(run):
    report = run(("名称,销量\n" + "路宝,x\n" * 20_000).encode())
    assert len(report.errors) == 10_001
    assert report.rows == 10_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", files.workbook(ROWS)[:-200]),
        ("a.xlsx", files.with_member(files.workbook(ROWS), "xl/worksheets/sheet1.xml", b"<worksheet")),
        ("a.xlsx", files.with_member(files.workbook(ROWS), "xl/workbook.xml", b"")),
        ("a.xlsx", files.workbook([])),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000),
        ("a.xls", files.workbook(ROWS)),
        ("a.xlsx", CSV.encode()),
        ("a.csv", files.workbook(ROWS)),
        ("a.csv", b""),
        ("a.csv", b'"' + b"a" * 200_000),
        ("a.csv", '名称\n"路宝'.encode()),
        ("a.csv", b"\xff\xff\xff"),
        ("a.txt", CSV.encode()),
        ("a.html", files.HTML),
        ("a.xlsx", files.entity_bomb()),
        ("a.xlsx", files.far_apart_cells()),
        ("a.xls", files.far_cell_of_old_workbook()),
        ("a.xls", files.vast_old_workbook()),
        ("a.xlsx", files.with_member(files.workbook(ROWS), "content.xml", b"<office:document-content/>")),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(run, name, content):
    with pytest.raises(RuleBroken) as refusal:
        run(content, name)
    assert refusal.value.sentence.strip()
    assert stored() == {}
