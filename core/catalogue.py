"""The message catalogue without GNU gettext: find the messages, keep the .po in order, compile the .mo."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"}
PLURAL_FUNCTIONS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL_IN_TEMPLATE = re.compile(rf"(?<!\w)(?:n?p?gettext|_)\((?:{STRING}|[\s,]|\w+)*\)")
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Message(NamedTuple):
    context: str | None
    text: str
    plural: str = ""


def compile_catalogues(root: Path) -> None:
    """Write each .mo that is older than its .po."""
    for source in root.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            part = target.with_suffix(f".{os.getpid()}.mo")
            polib.pofile(str(source)).save_as_mofile(str(part))
            part.replace(target)  # whole or not at all: test workers and the web start together


def update_catalogue(path: Path, messages: set[Message]) -> polib.POFile:
    """Keep the translations, add what is new, drop what is gone; sorted and without line numbers, to merge easily."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = HEADER
    for message in sorted(messages, key=lambda message: (message.text, message.context or "")):
        old = known.get((message.context, message.text)) or polib.POEntry()
        entry = polib.POEntry(msgctxt=message.context, msgid=message.text, msgid_plural=message.plural)
        if message.plural:
            entry.msgstr_plural = {0: old.msgstr_plural.get(0, "") or old.msgstr}
        else:
            entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
        if "%(" in message.text:
            entry.flags = ["python-format"]
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return catalogue


def messages_of_project(root: Path) -> set[Message]:
    found: dict[tuple[str | None, str], Message] = {}
    for message in all_messages(root):
        key = (message.context, message.text)
        if key not in found or message.plural:  # said once with a plural, it has one everywhere
            found[key] = message
    return set(found.values())


def all_messages(root: Path) -> Iterator[Message]:
    for folder in sorted(package.parent for package in root.glob("*/__init__.py")):
        for file in sorted(folder.rglob("*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                yield from messages_of_python(file.read_text(), str(file))
    templates = [*root.glob("templates/**/*"), *root.glob("*/templates/**/*")]
    for file in sorted(file for file in templates if file.suffix in {".html", ".txt", ".svg"}):
        yield from messages_of_template(file.read_text(), str(file))


def messages_of_template(source: str, origin: str) -> Iterator[Message]:
    for call in CALL_IN_TEMPLATE.finditer(templatize(source, origin=origin)):
        yield from messages_of_python(call.group(), origin)


def messages_of_python(source: str, origin: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source, origin)):
        if isinstance(node, ast.Call) and (name := called_name(node)) in FUNCTIONS | PLURAL_FUNCTIONS:
            if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                raise ValueError(f"{origin}:{node.lineno}: an f-string cannot be translated; use named placeholders.")
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            context = texts.pop(0) if name.lstrip("n").startswith("p") else None
            if texts and isinstance(texts[0], str) and texts[0]:
                yield Message(context, texts[0], texts[1] if name in PLURAL_FUNCTIONS else "")


def called_name(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")
