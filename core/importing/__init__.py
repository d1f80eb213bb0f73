"""Rows from Excel and text files into the system: read, mapped to columns, parsed, checked, saved all or nothing.

An app describes what it takes in its ``imports.py``; ``hafei_crm/wiring.py`` lists it in IMPORTERS:

    SALES_HISTORY = Importer(
        name="sales_history",
        label=_("Sales history"),
        permission="analytics.import_saleshistory",
        columns=(
            ImportColumn("month", _("Month"), parse_month, is_required=True, synonyms=("月份", "年月")),
            ImportColumn("quantity", _("Quantity"), parse_whole_number, is_required=True, synonyms=("销量", "sales")),
        ),
        save=save_sales_history,
        options=SalesHistoryOptions,
    )

    def save_sales_history(rows: Iterator[ImportRow], *, by, source: ImportSource) -> Outcome: ...
"""

from core.importing.description import ImportColumn, Importer, ImportRow, ImportSource, Outcome, RowError
from core.importing.parsing import (
    choice_of,
    parse_date,
    parse_decimal,
    parse_month,
    parse_phone,
    parse_text,
    parse_whole_number,
    parse_yes_no,
)
from core.importing.running import Report, import_file

__all__ = [
    "ImportColumn",
    "ImportRow",
    "ImportSource",
    "Importer",
    "Outcome",
    "Report",
    "RowError",
    "choice_of",
    "import_file",
    "parse_date",
    "parse_decimal",
    "parse_month",
    "parse_phone",
    "parse_text",
    "parse_whole_number",
    "parse_yes_no",
]
