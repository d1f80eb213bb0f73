"""Which column of the file is which column of the importer."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.importing.description import ImportColumn, Importer
from core.importing.parsing import LANGUAGES, written

HEADING_ROWS = 20
_BRACKETS = re.compile(r"\(.*?\)$")
_BLANKS = re.compile(r"[\s_*::]+")

Mapping = dict[str, str]


@dataclass(frozen=True)
class Layout:
    """Where the headings stand, and at which position each column of the importer is found."""

    row: int
    headings: tuple[str, ...]
    positions: dict[str, int]

    def heading(self, column: ImportColumn) -> str:
        return self.headings[self.positions[column.name]] if column.name in self.positions else column.name


def read_mapping(text: str) -> Mapping:
    """``month=month,area=city``: the importer's column, then the heading in the file."""
    pairs = [pair.split("=", 1) for pair in text.split(",") if pair.strip()]
    if any(len(pair) != 2 or not pair[0].strip() or not pair[1].strip() for pair in pairs):
        raise RuleBroken(_("The mapping must read like month=month,area=city."))
    return {target.strip(): heading.strip() for target, heading in pairs}


def find_layout(rows: list[tuple[int, list[Any]]], importer: Importer, mapping: Mapping) -> Layout:
    """The row among the first twenty that names most columns; what the mapping says goes before what is recognised."""
    unknown = [name for name in mapping if importer.column(name) is None]
    if unknown:
        names = ", ".join(column.name for column in importer.all_columns)
        raise RuleBroken(
            _("There is no column “%(unknown)s” to import; there are: %(names)s.")
            % {"unknown": unknown[0], "names": names}
        )
    layouts = [_layout(number, cells, importer, mapping) for number, cells in islice(rows, HEADING_ROWS)]
    if not layouts:
        raise RuleBroken(_("The file has no rows."))
    return max(layouts, key=lambda layout: len(layout.positions))


def missing_columns(layout: Layout, importer: Importer, mapping: Mapping) -> list[str]:
    """Sentences about headings that were promised but are not there."""
    found = ", ".join(heading for heading in layout.headings if heading)
    absent = [
        _("The file has no column “%(heading)s”. It has: %(found)s.") % {"heading": mapping[name], "found": found}
        for name in mapping
        if name not in layout.positions
    ]
    return absent + [
        _("No column of the file is “%(label)s” (%(name)s). The file has: %(found)s.")
        % {"label": column.label, "name": column.name, "found": found}
        for column in importer.all_columns
        if column.is_required and column.name not in layout.positions and column.name not in mapping
    ]


def unclear_columns(layout: Layout, importer: Importer) -> list[str]:
    """Sentences about headings from which a closed importer cannot tell the column."""
    if not importer.is_closed:
        return []
    bearers = Counter(normal_heading(str(column.label)) for column in importer.all_columns)
    unknown = _("There is no column “%(heading)s” here. Correct the heading or take the column out.")
    several = _("“%(heading)s” may be several columns. Rename one of the records, then export the file anew.")
    return [
        (several if bearers[normal_heading(heading)] > 1 else unknown) % {"heading": heading}
        for position, heading in enumerate(layout.headings)
        if heading and (bearers[normal_heading(heading)] > 1 or position not in layout.positions.values())
    ]


def normal_heading(text: str) -> str:
    """Full-width made narrow, small letters, no blanks, no unit in brackets: 销量（辆） -> 销量."""
    return _BLANKS.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", text).strip().casefold()))


def _layout(number: int, cells: list[Any], importer: Importer, mapping: Mapping) -> Layout:
    headings = tuple(written(cell) for cell in cells)
    first_at: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if heading:
            first_at.setdefault(normal_heading(heading), position)
    wanted = {name: first_at.get(normal_heading(heading)) for name, heading in mapping.items()}
    positions = {name: position for name, position in wanted.items() if position is not None}
    for column in importer.all_columns:
        if column.name in mapping:
            continue
        places = [first_at[word] for word in _words(column) if word in first_at]
        free = [position for position in places if position not in positions.values()]
        if free:
            positions[column.name] = free[0]
    return Layout(number, headings, positions)


def _words(column: ImportColumn) -> list[str]:
    labels = []
    for language in LANGUAGES:
        with translation.override(language):
            labels.append(str(column.label))
    return [normal_heading(word) for word in (column.name, *labels, *column.synonyms)]
