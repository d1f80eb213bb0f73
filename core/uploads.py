"""What a file from outside must be before anything opens it: named rightly, not too large, and what its name says."""

import re
import zipfile
import zlib
from codecs import BOM_UTF8, getincrementaldecoder
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.core.files.base import File
from django.utils.translation import gettext as _

from core.errors import RuleBroken

MEGABYTE = 1024 * 1024
CHUNK = MEGABYTE
MOST_UNPACKED = 600 * MEGABYTE
# A reader takes 32 bytes for each cell up to the last, filled or not: 250 MB at most, 30 MB for one nearly empty.
MOST_CELLS, MOST_EMPTY_CELLS, LARGEST_SPREAD = 7_800_000, 1_000_000, 20
MOST_MEMBERS = 10_000
OTHER_BOOKS = {"content.xml", "xl/workbook.bin"}  # workbooks of other formats, whose cells nobody counted here
TAIL = 64
LARGEST_RATIO, RATIO_FROM = 200, 20 * MEGABYTE
TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
# Right of column BZ or below row 9,999: without such a place there are fewer than MOST_EMPTY_CELLS.
_FAR_PLACE = re.compile(rb"""\br\s*=\s*["'](?:[A-Za-z]{0,3}\d{5,}|(?:[C-Zc-z][A-Za-z]|[A-Za-z]{3,})\d)""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d+)["']""")


@dataclass(frozen=True)
class FileKind:
    """One kind of file that may be stored: how it begins, and what it is served as."""

    media_type: str
    starts: tuple[bytes, ...] = ()
    member: str = ""
    is_text: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_ZIP = (b"PK\x03\x04",)
KINDS = {
    "pdf": FileKind("application/pdf", (b"%PDF-",)),
    "png": FileKind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": FileKind("image/gif", (b"GIF87a", b"GIF89a")),
    "docx": FileKind(_OFFICE + "wordprocessingml.document", _ZIP, "word/document.xml"),
    "xlsx": FileKind(_OFFICE + "spreadsheetml.sheet", _ZIP, "xl/workbook.xml"),
    "pptx": FileKind(_OFFICE + "presentationml.presentation", _ZIP, "ppt/presentation.xml"),
    "doc": FileKind("application/msword", _OLE),
    "xls": FileKind("application/vnd.ms-excel", _OLE),
    "ppt": FileKind("application/vnd.ms-powerpoint", _OLE),
    "txt": FileKind("text/plain", is_text=True),
    "csv": FileKind("text/csv", is_text=True),
}


def check_upload(upload: File, *, extensions: tuple[str, ...] = tuple(KINDS), most_bytes: int) -> FileKind:
    """The kind of the file, or a RuleBroken that says what is wrong with it and what to do."""
    name = PurePath(upload.name or "").name
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension not in extensions:
        raise RuleBroken(
            _("“%(name)s” cannot be taken in: only files of the kinds %(kinds)s are.")
            % {"name": name[:100], "kinds": ", ".join(extensions)}
        )
    if not upload.size:
        raise RuleBroken(_("“%(name)s” is empty.") % {"name": name})
    if upload.size > most_bytes:
        raise RuleBroken(
            _("“%(name)s” is larger than %(limit)d MB. Make it smaller or split it.")
            % {"name": name, "limit": most_bytes // MEGABYTE}
        )
    kind = KINDS[extension]
    if not _is_what_it_says(upload, kind):
        raise RuleBroken(
            _("“%(name)s” is not a %(extension)s file inside. Save it anew in that format and try again.")
            % {"name": name, "extension": extension}
        )
    upload.seek(0)
    return kind


def text_encoding(content: BinaryIO) -> str | None:
    """The encoding a text file can be read in without a loss, by its mark, else by trial; None when it is no text."""
    content.seek(0)
    start = content.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16" if _decodes(content, "utf-16") else None
    return next((encoding for encoding in TEXT_ENCODINGS if _decodes(content, encoding)), None)


def _decodes(content: BinaryIO, encoding: str) -> bool:
    decoder = getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            if "\x00" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        content.seek(0)
    return True


def _is_what_it_says(upload: File, kind: FileKind) -> bool:
    upload.seek(0)
    start = upload.read(1024)
    if kind.is_text:
        return not _MARKUP.match(start.removeprefix(BOM_UTF8).lstrip()) and text_encoding(upload) is not None
    if not start.startswith(kind.starts):
        return False
    return not kind.member or _is_sound_package(upload, kind.member)


def _is_sound_package(upload: File, member: str) -> bool:
    """An office file: a zip with the expected part, not larger unpacked than it should be, without entities."""
    upload.seek(0)
    limit = min(MOST_UNPACKED, max(RATIO_FROM, upload.size * LARGEST_RATIO))
    try:
        with zipfile.ZipFile(upload) as package:
            members = package.infolist()
            if member not in package.namelist() or len(members) > MOST_MEMBERS:
                return False
            if OTHER_BOOKS.intersection(package.namelist()):
                return False
            left = limit - _counted(sum(info.file_size for info in members), limit)
            return all(_is_sound_member(package, info, left) for info in members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return False


def _is_sound_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bool:
    """Unpack it and look: the size in the directory may be a lie, and XML may hold what makes a reader swell."""
    declared, info.file_size = info.file_size, info.file_size + left + 1
    is_xml = info.filename.endswith((".xml", ".rels"))
    is_sheet = info.filename.startswith("xl/worksheets/")
    size, tail = 0, b""
    with package.open(info) as content:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > declared:
                return False
            text, tail = tail + chunk, chunk[-TAIL:]
            if is_xml and (b"\x00" in chunk or (b"<!" in text and _DOCTYPE.search(text))):
                return False
            if is_sheet and _FAR_PLACE.search(text):
                _refuse_far_apart_cells(package, info)
                is_sheet = False
    return True


def _refuse_far_apart_cells(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    rows, columns, filled, tail = 0, 0, 0, b""
    with package.open(info) as content:
        while chunk := content.read(CHUNK):
            places = _PLACE.findall(tail + chunk)
            rows, columns = _extent(places, rows, columns)
            filled += len(places)
            tail = chunk[-TAIL:]
    refuse_far_cells(rows * columns, filled=filled)


def refuse_far_cells(count: int, *, filled: int) -> None:
    if count > MOST_CELLS or count > max(MOST_EMPTY_CELLS, filled * LARGEST_SPREAD):
        raise RuleBroken(
            _(
                "A sheet of the workbook reaches over %(count)d cells. "
                "Delete the empty rows and columns, or save it as CSV."
            )
            % {"count": count}
        )


def _extent(places: list[tuple[bytes, bytes]], rows: int, columns: int) -> tuple[int, int]:
    """The last row and column named so far; a reader makes room for all cells up to there."""
    rows = max([rows, *map(int, {row for _column, row in places})])
    return rows, max([columns, *map(_column_number, {column for column, _row in places})])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _counted(size: int, limit: int) -> int:
    if size > limit:
        raise RuleBroken(_("The file unpacks to far more than its size; it is not opened."))
    return size
