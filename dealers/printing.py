"""A statement of account on paper, in Chinese whoever prints it, and as a workbook."""

from collections.abc import Callable
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from core import pdf
from core.capitals import in_capitals
from core.errors import RuleBroken
from core.export import write_workbook
from core.formats import labelled, money
from dealers.statements import Statement, StatementRow
from users.models import Unit

MOST_ROWS = 1_500
WIDTHS = (18, 22, 40, 26, 26, 28)


def statement_pdf(statement_in: Callable[[], Statement]) -> bytes:
    """``statement_in()`` makes the statement once the language is Chinese. Raises RuleBroken for unprintable texts."""
    with translation.override("zh-hans"):
        statement = statement_in()
        if len(statement.rows) > MOST_ROWS:
            raise RuleBroken(
                _("%(count)d rows are too many to print. Choose a shorter period, or take the Excel file.")
                % {"count": len(statement.rows)}
            )
        company = Unit.objects.get(kind=Unit.Kind.HEADQUARTERS).name
        title = _("Statement of account %(first)s – %(last)s") % {"first": statement.first, "last": statement.last}
        story = [
            pdf.text(_("Statement of account"), pdf.TITLE),
            Spacer(0, 4 * mm),
            _about(statement, company),
            Spacer(0, 4 * mm),
            _rows(statement),
            Spacer(0, 4 * mm),
            *_ending(statement, company),
        ]
        return pdf.pdf_of(story, title=title, author=company)


def write_statement(path: Path, statement: Statement, notes: list[tuple[str, str]]) -> int:
    """The same as a workbook: opening balance, rows, closing balance."""
    lines = [
        [row.move.on, row.move.kind, row.move.text, row.paid_in, row.charged, row.balance] for row in statement.rows
    ]
    opening = [statement.first, _("Opening balance"), "", None, None, statement.opening]
    closing = [statement.last, _("Closing balance"), "", statement.paid_in, statement.charged, statement.closing]
    about = [
        (_("Account holder"), statement.holder),
        (_("Account"), statement.account),
        (statement.verdict, capitals(statement)),
    ]
    return write_workbook(
        path,
        title=_("Statement of account"),
        headings=headings(),
        rows=[opening, *lines, closing],
        notes=[*about, *notes],
    )


def headings() -> list[str]:
    return [_("Date"), _("Kind"), _("Document"), _("Paid in (yuan)"), _("Charged (yuan)"), _("Balance (yuan)")]


def capitals(statement: Statement) -> str:
    return _("RMB %(capitals)s") % {"capitals": in_capitals(abs(statement.closing))}


def _about(statement: Statement, company: str) -> Table:
    facts = [
        (_("Account holder"), statement.holder, _("Issued by"), company),
        (_("Account"), statement.account, _("Period"), f"{statement.first} – {statement.last}"),
    ]
    rows = [
        [pdf.text(value, pdf.BODY if column % 2 else pdf.SMALL) for column, value in enumerate(row)] for row in facts
    ]
    shares = (16, 74, 16, 68)
    return Table(
        rows,
        colWidths=[share * pdf.WIDTH / sum(shares) for share in shares],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)],
    )


def _rows(statement: Statement) -> Flowable:
    rows = [[pdf.text(word, pdf.STRONG if place < 3 else pdf.STRONG_FIGURE) for place, word in enumerate(headings())]]
    rows.append(_line(statement.first, _("Opening balance"), "", "", "", money(statement.opening)))
    rows += [_row(row) for row in statement.rows]
    sums = (money(statement.paid_in), money(statement.charged), money(statement.closing))
    rows.append(_line(statement.last, _("Closing balance"), "", *sums, is_strong=True))
    return pdf.table(rows, widths=WIDTHS)


def _row(row: StatementRow) -> list[Flowable]:
    amounts = (money(amount) if amount is not None else "" for amount in (row.paid_in, row.charged))
    return _line(row.move.on, row.move.kind, row.move.text, *amounts, money(row.balance))


def _line(*values: object, is_strong: bool = False) -> list[Flowable]:
    left, right = (pdf.STRONG, pdf.STRONG_FIGURE) if is_strong else (pdf.BODY, pdf.FIGURE)
    return [pdf.text(value, left if place < 3 else right) for place, value in enumerate(values)]


def _ending(statement: Statement, company: str) -> list[Flowable]:
    """The closing balance in words; the confirmations are not parted from one another."""
    amount = labelled(statement.verdict, money(abs(statement.closing)))
    words = [pdf.text(amount, pdf.STRONG), pdf.text(capitals(statement), pdf.STRONG)]
    request = pdf.text(_("Please compare it with your books and confirm it, or tell us within ten days what differs."))
    signatures = Table(
        [
            [
                pdf.text(_("%(company)s (seal)") % {"company": company}),
                pdf.text(_("%(holder)s (seal, date)") % {"holder": statement.holder}),
            ]
        ],
        colWidths=[pdf.WIDTH / 2] * 2,
        rowHeights=[28 * mm],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)],
    )
    return [*words, Spacer(0, 3 * mm), KeepTogether([request, Spacer(0, 6 * mm), signatures])]
