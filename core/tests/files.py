"""Files as attackers and careless people make them."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00\x00\x00IEND\xaeB`\x82"
)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
END_OF_CHAIN = 0xFFFFFFFE
HTML = b"<html><script>alert(1)</script></html>"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def workbook(rows: list[list]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_member(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one member replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """200 MB in one cell, packed a thousand to one."""
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 200_000_000 + b"</t></is></c></row>"
    return with_member(workbook([["a"]]), "xl/worksheets/sheet1.xml", SHEET % cell)


def lying_zip_bomb() -> bytes:
    """A bomb whose directory says that it unpacks to a hundred bytes, with the checksum of those hundred."""
    package = bytearray(zip_bomb())
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        start = archive.read(info)[:100]
    lie = struct.pack("<III", zlib.crc32(start), info.compress_size, 100)
    truth = struct.pack("<III", info.CRC, info.compress_size, info.file_size)
    return bytes(package).replace(truth, lie)


def entity_bomb() -> bytes:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 10))
    document = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">' + entities + b"]>"
    sheet = SHEET % b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    return with_member(workbook([["a"]]), "xl/worksheets/sheet1.xml", document + sheet)


def far_apart_cells() -> bytes:
    """Two cells in opposite corners: a reader that makes room for all between them needs 17 thousand million."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_member(workbook([["a"]]), "xl/worksheets/sheet1.xml", SHEET % cells)


def old_workbook(*records: tuple[int, bytes]) -> bytes:
    """An .xls file of one sheet with just these records: header, sector table, directory, stream."""
    sheet = [(0x0809, struct.pack("<HH12x", 0x0600, 0x0010)), *records, (0x000A, b"")]
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in sheet).ljust(4096, b"\0")
    sectors = len(stream) // 512
    chain = [*range(3, 2 + sectors), END_OF_CHAIN]
    table = [0xFFFFFFFD, END_OF_CHAIN, *chain]
    numbers = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    entries = _entry("Root Entry", 5, END_OF_CHAIN, 0) + _entry("Workbook", 2, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<III", 0, 1, 1) + struct.pack("<IIIIII", 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + numbers + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBB48xIQ", text, len(text), kind, 1, start, size)


def far_cell_of_old_workbook() -> bytes:
    """One cell in row and column 65,535: room for all before it would be a hundred thousand megabytes."""
    return old_workbook((0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0)))


def vast_old_workbook() -> bytes:
    """It declares four thousand million rows and holds one cell."""
    extent = struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 16, 0)
    return old_workbook((0x0200, extent), (0x0203, struct.pack("<HHHd", 0, 0, 0, 1.0)))
