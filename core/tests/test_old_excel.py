"""Old workbooks: the places counted are those their reader makes room for."""

import io
import struct
from importlib.util import find_spec
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.importing.old_excel import NotReadable, most_cells
from core.tests import files

NUMBER = 0x0203
SAMPLES = sorted(path for path in Path(find_spec("statsmodels").origin).parent.rglob("*.xls") if path.is_file())


def reach(content: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    ends = [book.get_sheet_by_name(name).end for name in book.sheet_names]
    return max((row + 1) * (column + 1) for row, column in filter(None, ends))


@pytest.mark.parametrize(
    "path", [path for path in SAMPLES if path.name != "yyyy-mm-dd.xls"], ids=lambda path: path.name
)
def test_real_files_reach_as_far_as_their_reader_says(path):
    content = path.read_bytes()
    assert most_cells(content)[0] == reach(content) > 1


@pytest.mark.parametrize(("row", "column"), [(0, 0), (9, 3), (65_535, 255)])
def test_one_cell_reaches_from_the_first_place_to_its_own(row, column):
    assert most_cells(files.old_workbook((NUMBER, struct.pack("<HHHd", row, column, 0, 1.0)))) == (
        (row + 1) * (column + 1),
        1,
    )


def test_a_row_of_many_cells_reaches_to_its_last():
    cells = struct.pack("<HH", 1, 0) + struct.pack("<HI", 0, 0) * 5 + struct.pack("<H", 4)
    assert most_cells(files.old_workbook((0x00BD, cells))) == (2 * 5, 5)


@pytest.mark.parametrize("length", [8, 100, 511, 600, 1100])
def test_a_file_cut_short_is_not_readable(length):
    with pytest.raises(NotReadable):
        most_cells(files.far_cell_of_old_workbook()[:length])


def test_a_chain_that_bites_its_tail_ends():
    content = bytearray(files.old_workbook())
    content[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)
    with pytest.raises(NotReadable):
        most_cells(bytes(content))
