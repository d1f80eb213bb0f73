"""How far the cells of an .xls file reach: its reader makes room for all places up to there before it reads one.

Only so much of the format is followed as is needed to see every cell's row and column ([MS-CFB], [MS-XLS]).
"""

import struct
from collections.abc import Iterator

HEADER = 512
FREE = 0xFFFFFFFA  # this and what is above are marks, not sectors
ENTRY = 128
SMALL_STREAM = 4096
STREAMS = ("Workbook", "Book")
BEGIN = {0x0009, 0x0209, 0x0409, 0x0809}
ONE_CELL = {0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205}
ONE_CELL |= {0x0206, 0x0207, 0x0406, 0x027E}
MANY_CELLS = {0x00BD, 0x00BE}  # begins with row and first column, ends with the last column
EXTENT = 0x0200
WHOLE_SHEET = 65_536 * 256  # many programs declare as much for a small table; room is made, but not touched


class NotReadable(Exception):
    """The file breaks the rules of its format."""


def most_cells(content: bytes) -> tuple[int, int]:
    """Places from A1 to the last row and column of any sheet, and the cells of the file that hold something."""
    try:
        return _widest(_records(_workbook_stream(content)))
    except (struct.error, IndexError, StopIteration) as error:
        raise NotReadable from error


def _widest(records: Iterator[tuple[int, bytes]]) -> tuple[int, int]:
    largest, rows, columns, filled = 0, 0, 0, 0
    for kind, body in records:
        if kind in BEGIN:
            rows = columns = 0
        elif kind == EXTENT:
            declared = _declared(body)
            largest = max(largest, declared if declared > WHOLE_SHEET else 0)
        elif kind in ONE_CELL or kind in MANY_CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in MANY_CELLS else column
            filled += max(1, last - column + 1)
            column = max(column, last)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            largest = max(largest, rows * columns)
    return largest, filled


def _declared(body: bytes) -> int:
    first_row, row, first_column, column = struct.unpack_from("<IIHH" if len(body) >= 12 else "<HHHH", body)
    if row < first_row or column < first_column:
        raise NotReadable
    return (row - first_row) * (column - first_column)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _workbook_stream(content: bytes) -> bytes:
    sector = 1 << struct.unpack_from("<H", content, 30)[0]
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    if sector not in (512, 4096) or small != 64:
        raise NotReadable
    directory, cutoff, small_table = struct.unpack_from("<I4xII", content, 48)
    if cutoff != SMALL_STREAM:
        raise NotReadable
    table = _numbers(b"".join(_sector(content, number, sector) for number in _table_sectors(content, sector)))
    entries = _chained(content, directory, table, sector)
    root, start, size = _entries(entries)
    if size >= SMALL_STREAM:
        return _chained(content, start, table, sector)[:size]
    small_numbers = _numbers(_chained(content, small_table, table, sector))
    body = _chained(content, root, table, sector)
    return b"".join(body[n * small : (n + 1) * small] for n in _chain(start, small_numbers))[:size]


def _table_sectors(content: bytes, sector: int) -> list[int]:
    """Where the sector table lies: 109 numbers in the header, the others in a chain of their own."""
    numbers = list(struct.unpack_from("<109I", content, 76))
    following, seen = struct.unpack_from("<I", content, 68)[0], 0
    while following < FREE:
        *more, following = _numbers(_sector(content, following, sector))
        numbers += more
        seen += 1
        if seen * sector > len(content):
            raise NotReadable
    return [number for number in numbers if number < FREE]


def _entries(directory: bytes) -> tuple[int, int, int]:
    """First sector of the root's small streams, then first sector and size of the workbook."""
    root = struct.unpack_from("<I", directory, 116)[0]
    found = {}
    for position in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", directory, position + 64)[0]
        name = directory[position : position + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        found.setdefault(name, struct.unpack_from("<II", directory, position + 116))
    start, size = next(found[name] for name in STREAMS if name in found)
    return root, start, size


def _chained(content: bytes, start: int, table: tuple[int, ...], sector: int) -> bytes:
    return b"".join(_sector(content, number, sector) for number in _chain(start, table))


def _chain(start: int, table: tuple[int, ...]) -> Iterator[int]:
    for _step in range(len(table) + 1):
        if start >= FREE:
            return
        yield start
        start = table[start]
    raise NotReadable


def _sector(content: bytes, number: int, sector: int) -> bytes:
    return content[max(HEADER, sector) + number * sector :][:sector]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
