"""The words of a PDF made by reportlab, read back through the tables that let people copy them."""

import re
import zlib
from base64 import a85decode

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
SHOWN = re.compile(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:[^()\\]|\\.)*)\) Tj", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(pdf: bytes) -> list[str]:
    """One text per page, in the order in which it was drawn."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    tables = {
        name.decode(): _table(_stream(objects[int(words)]))
        for name, font in _fonts(objects)
        if (words := _reference(rb"/ToUnicode", objects[font]))
    }
    pages = [body for _number, body in sorted(objects.items()) if b"/Type /Page\n" in body]
    return [_text(_stream(objects[int(_reference(rb"/Contents", page))]), tables) for page in pages]


def _fonts(objects: dict[int, bytes]):
    for body in objects.values():
        for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", body):
            yield name, int(number)


def _reference(name: bytes, body: bytes) -> bytes | None:
    found = re.search(name + rb" (\d+) 0 R", body)
    return found and found.group(1)


def _stream(body: bytes) -> bytes:
    data = STREAM.search(body).group(1)
    if b"ASCII85Decode" in body:
        data = a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompress(data) if b"FlateDecode" in body else data


def _table(cmap: bytes) -> dict[int, str]:
    """Code to sign, from the lines <41> <6C49> and from ranges that list their signs."""
    table = {}
    for first, signs in re.findall(rb"<(\w+)> <\w+> \[(.*?)\]", cmap, re.DOTALL):
        for offset, sign in enumerate(re.findall(rb"<(\w+)>", signs)):
            table[int(first, 16) + offset] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    for code, sign in re.findall(rb"^<(\w+)> <(\w{4,})>\s*$", cmap, re.MULTILINE):
        table[int(code, 16)] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    return table


def _text(content: bytes, tables: dict[str, dict[int, str]]) -> str:
    text, table = [], {}
    for font, shown in SHOWN.findall(content):
        if font:
            table = tables.get(font.decode(), {})
        else:
            text.append("".join(table.get(code, chr(code)) for code in _plain(shown)))
    return "\n".join(text)


def _plain(shown: bytes) -> bytes:
    return re.sub(
        rb"\\([0-7]{3}|.)",
        lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else ESCAPES.get(found[1], found[1]),
        shown,
        flags=re.DOTALL,
    )
