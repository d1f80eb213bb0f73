"""The cells of the first sheet of a workbook, or of a text file, row by row."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from core.errors import RuleBroken
from core.importing.old_excel import NotReadable, most_cells
from core.uploads import MEGABYTE, check_upload, refuse_far_cells, text_encoding

EXTENSIONS = ("xlsx", "xls", "csv")
MOST_BYTES = 50 * MEGABYTE
MOST_ROWS = 1_000_000
DELIMITERS = (",", "\t", ";", "，")

Cells = list[Any]


def read_rows(file: File) -> Iterator[tuple[int, Cells]]:
    """Number and cells of each row that is not empty. A file that cannot be read is refused with a sentence."""
    check_upload(file, extensions=EXTENSIONS, most_bytes=MOST_BYTES)
    rows = _text_rows(file) if file.name.lower().endswith(".csv") else _sheet_rows(file)
    return _filled(rows)


def row_count(file: File) -> int:
    """About how many rows there are, to show progress."""
    file.seek(0)
    if file.name.lower().endswith(".csv"):
        return sum(chunk.count(b"\n") for chunk in file.chunks())
    return _sheet(file).total_height


def _filled(rows: Iterator[Cells]) -> Iterator[tuple[int, Cells]]:
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS + 1:
            raise RuleBroken(_("The file has more than %(count)d rows. Split it.") % {"count": MOST_ROWS})
        if any(cell not in ("", None) for cell in cells):
            yield number, cells


def _text_rows(file: File) -> Iterator[Cells]:
    encoding = text_encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(io.BytesIO(file.read()), encoding=encoding, newline="")
    start = text.readline()
    text.seek(0)
    # Spreadsheet programs of some countries part the cells with semicolons or tabs.
    delimiter = max(DELIMITERS, key=start.count)
    try:
        yield from csv.reader(text, delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise RuleBroken(
            _("The text file is damaged: a quotation mark is not closed, or a cell is too long.")
        ) from error


def _sheet_rows(file: File) -> Iterator[Cells]:
    return _sheet(file).iter_rows()


def _sheet(file: File):
    """The first visible sheet with anything in it."""
    damaged = RuleBroken(_("The workbook is damaged or protected by a password. Save it anew and try again."))
    file.seek(0)
    content = file.read()
    try:
        if file.name.lower().endswith(".xls"):
            reach, filled = most_cells(content)
            refuse_far_cells(reach, filled=filled)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        sheets = (workbook.get_sheet_by_name(name) for name in visible)
        sheet = next((sheet for sheet in sheets if sheet.total_height), None)
    except (CalamineError, NotReadable, KeyError, ValueError, OSError) as error:
        raise damaged from error
    except BaseException as error:
        # A panic of the Rust library derives from BaseException only, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged from error
    if sheet is None:
        raise RuleBroken(_("The workbook has no filled sheet."))
    return sheet
