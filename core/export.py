"""The one writer of Excel files: every list that is exported goes through ``write_workbook``."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DATE_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}


def write_workbook(
    path: Path,
    *,
    title: str,
    headings: list[str],
    rows: Iterable[list[Any]],
    notes: list[tuple[str, str]],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write one sheet of rows and one sheet that says what they are; returns the number of rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=_sheet_name(title))
    sheet.freeze_panes = "A2"
    for position, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = max(12, min(40, len(heading) * 2 + 4))
    sheet.append([_bold(sheet, heading) for heading in headings])
    count = 0
    for row in rows:
        sheet.append([cell_for(sheet, value) for value in row])
        count += 1
        if progress and count % 1000 == 0:
            progress(count)
    about = book.create_sheet(title=_("About"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, 80
    for label, text in [*notes, (_("Rows"), str(count))]:
        about.append([_bold(about, label), cell_for(about, text)])
    book.save(path)
    return count


def cell_for(sheet, value: Any) -> Any:
    """Text stays text: what Excel would run as a formula, or shorten as a long number, is marked as text."""
    if value is None or isinstance(value, (bool, int, float, Decimal)):
        return value
    if isinstance(value, (date, datetime)):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = DATE_FORMATS[type(value)]
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    if not (text.lstrip().startswith(FORMULA_STARTS) or (text.isdecimal() and len(text) > 10)):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
    return cell


def notes_about(user, *, filters: str) -> list[tuple[str, str]]:
    """Who took the file out, when, and by which filter."""
    return [
        (_("Exported by"), f"{user.name}（{user.username}）"),
        (_("Exported at"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (_("Filter"), filters or _("none")),
    ]


def _bold(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type, cell.font = "s", Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in "[]:*?/\\")[:31] or "Sheet"
