import time

import pytest

from core.errors import RuleBroken
from core.tests import files
from core.uploads import MEGABYTE, check_upload, text_encoding


def check(name: str, content: bytes):
    return check_upload(files.upload(name, content), most_bytes=20 * MEGABYTE)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("照片.PNG", files.PNG, "image/png"),
        ("合同.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("说明.txt", "哈飞路宝".encode(), "text/plain"),
        ("说明.txt", "哈飞路宝".encode("gb18030"), "text/plain"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "application/vnd.ms-excel"),
    ],
)
def test_an_honest_file_is_taken_as_what_it_is(name, content, media_type):
    assert check(name, content).media_type == media_type


def test_a_workbook_is_taken():
    assert check("销量.xlsx", files.workbook([["月份", "销量"], ["2026-11", 3]])).media_type.endswith(
        "spreadsheetml.sheet"
    )


def test_a_wide_workbook_is_taken():
    assert check("销量.xlsx", files.workbook([["月份", *range(60)]] * 10))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", files.SVG),
        ("a.html", files.HTML),
        ("a.png", files.HTML),
        ("a.png", files.SVG),
        ("a.txt", files.HTML),
        ("a.csv", b"\n\n  <SCRIPT>alert(1)</SCRIPT>"),
        ("a.txt", b"\x00\x01\x02"),
        ("a.csv", files.workbook([["a"]])),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.png.html", files.PNG),
        ("png", files.PNG),
        ("a.png", b""),
        ("a.xlsx", b"PK\x03\x04 but no zip"),
        ("a.docx", files.workbook([["a"]])),
        ("a.xlsx", files.with_member(files.workbook([["a"]]), "xl/sharedStrings.xml", "<sst/>".encode("utf-16"))),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(RuleBroken):
        check(name, content)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(RuleBroken, match="20"):
        check("a.txt", b"a" * (20 * MEGABYTE + 1))


@pytest.mark.parametrize("bomb", [files.zip_bomb, files.lying_zip_bomb, files.entity_bomb, files.far_apart_cells])
def test_a_bomb_is_refused_at_once(bomb):
    content = bomb()
    began = time.monotonic()
    with pytest.raises(RuleBroken):
        check("a.xlsx", content)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("月份,销量".encode(), "utf-8-sig"),
        ("月份,销量".encode("utf-8-sig"), "utf-8-sig"),
        ("月份,销量".encode("gb18030"), "gb18030"),
        ("䶮,㐂,𠮷".encode("gb18030"), "gb18030"),
        ("月份,销量".encode("utf-16"), "utf-16"),
        (b"\xff\xff\xff", None),
        (b"a\x00b", None),
    ],
)
def test_the_encoding_of_a_text_is_found(content, encoding):
    assert text_encoding(files.upload("a.csv", content)) == encoding
