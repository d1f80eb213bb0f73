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
