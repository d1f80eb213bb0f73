"""A file through an importer: all rows or none, with every error named by row and column."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from core.attachments import sha256_of
from core.errors import RuleBroken
from core.importing.description import ImportColumn, Importer, ImportRow, ImportSource, Outcome, RowError
from core.importing.mapping import HEADING_ROWS, Layout, Mapping, find_layout, missing_columns, unclear_columns
from core.importing.parsing import written
from core.importing.reading import read_rows, row_count

MOST_ERRORS = 10_000
LONGEST_VALUE = 200
REPORT_EVERY = 500


@dataclass
class Report:
    """``rows`` counts the rows below the headings that are not empty; with errors, nothing was saved."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class TooManyErrors(Exception):
    """Reading on would only repeat the same complaint."""


@dataclass
class Reader:
    """The rows below the headings, parsed one by one as the importer asks for them."""

    importer: Importer
    layout: Layout
    rows: Iterator[tuple[int, list[Any]]]
    progress: Callable[[int], None] | None = None
    report: Report = field(default_factory=Report)
    columns: tuple[ImportColumn, ...] = ()

    def __post_init__(self):
        self.columns = self.importer.all_columns

    def __iter__(self) -> Iterator[ImportRow]:
        for number, cells in self.rows:
            if number <= self.layout.row:
                continue
            self.report.rows += 1
            if self.progress and self.report.rows % REPORT_EVERY == 0:
                self.progress(self.report.rows)
            row = self._parsed(number, cells)
            if row is not None:
                yield row
            if len(self.report.errors) >= MOST_ERRORS:
                raise TooManyErrors

    def _parsed(self, number: int, cells: list[Any]) -> ImportRow | None:
        values, errors = {}, []
        for column in self.columns:
            position = self.layout.positions.get(column.name)
            cell = cells[position] if position is not None and position < len(cells) else None
            if cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()):
                values[column.name] = None
                if column.is_required:
                    errors.append(self._error(number, column, "", _("The cell is empty.")))
                continue
            try:
                values[column.name] = column.parse(cell)
            except ValidationError as error:
                errors.append(self._error(number, column, cell, " ".join(error.messages)))
        self.report.errors += errors
        return None if errors else ImportRow(number, values)

    def _error(self, number: int, column, cell: Any, message: str) -> RowError:
        return RowError(number, self.layout.heading(column), written(cell)[:LONGEST_VALUE], message)


def import_file(
    importer: Importer,
    file: File,
    *,
    by,
    name: str = "",
    mapping: Mapping | None = None,
    options: dict[str, Any] | None = None,
    dry_run: bool = False,
    most_rows: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Save the rows of the file, or with ``dry_run`` only say what saving them would do.

    RuleBroken when the file cannot be read at all; whatever is wrong with its cells is in the report.
    """
    mapping = mapping or {}
    cleaned = clean_options(importer, options or {})
    reader = open_reader(importer, file, mapping)
    if reader.report.errors:
        return reader.report
    if most_rows is not None:
        reader.rows = islice(reader.rows, most_rows + 1)
    if progress is not None:
        total = row_count(file)
        reader.progress = lambda done: progress(done, max(done, total))
    source = ImportSource(name=name or file.name, sha256=sha256_of(file), options=cleaned)
    return _save(reader, by=by, source=source, dry_run=dry_run)


def open_reader(importer: Importer, file: File, mapping: Mapping) -> Reader:
    """Reads the headings; a heading that is missing or unclear is an error of the report."""
    rows = read_rows(file)
    head = list(islice(rows, HEADING_ROWS))
    layout = find_layout(head, importer, mapping)
    reader = Reader(importer, layout, chain(head, rows))
    wrong = [*missing_columns(layout, importer, mapping), *unclear_columns(layout, importer)]
    reader.report.errors = [RowError(layout.row, "", "", sentence) for sentence in wrong]
    return reader


def clean_options(importer: Importer, options: dict[str, Any]) -> dict[str, Any]:
    """The importer's options, those not given at their initial value."""
    if importer.options is None:
        return {}
    form = importer.options()
    given = {name: options.get(name) or form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    form = importer.options(given)
    if not form.is_valid():
        sentences = [f"{name}: {' '.join(errors)}" for name, errors in form.errors.items()]
        raise RuleBroken(" ".join(sentences))
    return form.cleaned_data


def _save(reader: Reader, *, by, source: ImportSource, dry_run: bool) -> Report:
    report = reader.report
    with transaction.atomic():
        try:
            outcome = reader.importer.save(iter(reader), by=by, source=source)
        except TooManyErrors:
            outcome = Outcome()
            sentence = _("There are too many errors; the rest of the file was not checked.")
            report.errors.append(RowError(report.errors[-1].row, "", "", sentence))
        except RuleBroken as refusal:
            outcome = Outcome(errors=[RowError(0, "", "", refusal.sentence)])
        report.errors = sorted([*report.errors, *outcome.errors], key=lambda error: error.row)
        if not report.rows and not report.errors:
            report.errors = [RowError(reader.layout.row, "", "", _("There are no rows below the headings."))]
        if dry_run or report.errors:
            transaction.set_rollback(True)
    if not report.errors:
        report.created, report.updated, report.skipped = outcome.created, outcome.updated, outcome.skipped
    return report
