"""The rebate statement of a dealer as a PDF and as a workbook, each down to the single cars."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from contracts.models import RebateBasis
from contracts.rebate_statements import Statement, basis_of
from core import pdf
from core.capitals import in_capitals
from core.formats import money
from users.models import Unit

ENTRY_WIDTHS = (24, 30, 66, 30, 30)
ACCRUAL_WIDTHS = (28, 46, 38, 14, 22, 32)
BASIS_WIDTHS = (30, 44, 24, 38, 14, 30)


def statement_pdf(statement: Statement) -> bytes:
    """In Chinese whoever prints it."""
    with translation.override("zh-hans"):
        company = Unit.objects.get(kind=Unit.Kind.HEADQUARTERS).name
        title = _("Rebate statement %(dealer)s %(year)s") % {
            "dealer": statement.dealer,
            "year": statement.period.label(),
        }
        story = [
            pdf.text(_("Rebate statement"), pdf.TITLE),
            Spacer(0, 4 * mm),
            pdf.text(f"{statement.dealer.name}（{statement.dealer.code}）　{statement.period.label()}"),
            *_section(_("Rebate account"), _entries(statement), ENTRY_WIDTHS),
            Spacer(0, 2 * mm),
            pdf.text(_("Balance in words: RMB %(capitals)s") % {"capitals": _words(statement)}, pdf.STRONG),
            *_section(_("Rebate accruals"), _accruals(statement), ACCRUAL_WIDTHS),
            *_section(_("Cars they come from"), _basis(statement), BASIS_WIDTHS),
        ]
        return pdf.pdf_of(story, title=title, author=company)


def workbook_headings() -> list[str]:
    return [
        _("Kind"),
        _("Date"),
        _("Number"),
        _("Rebate policy"),
        _("First day"),
        _("Last day"),
        _("VIN"),
        _("Document"),
        _("Cars"),
        _("Value (yuan)"),
        _("Amount (yuan)"),
        _("Status"),
    ]


def workbook_rows(statement: Statement) -> Iterator[list[Any]]:
    """The entries of the account, then each accrual followed by its cars."""
    for posted in statement.entries:
        entry = posted.entry
        label = f"{_('Rebate account')} · {entry.get_kind_display()}"
        yield [label, entry.on, entry.text, "", None, None, "", "", None, None, entry.amount, ""]
    rows: dict[int, list[RebateBasis]] = {}
    for basis in basis_of(statement):
        rows.setdefault(basis.accrual_id, []).append(basis)
    for line in statement.accruals:
        about = [line.number, str(line.policy), line.starts_on, line.ends_on]
        figures = [line.car_count, line.value_amount, line.amount, line.get_status_display()]
        yield [line.get_kind_display(), line.month, *about, "", "", *figures]
        for basis in rows.get(line.pk, ()):
            vin, document, day = _document(basis)
            yield [_("Car"), day, *about, vin, document, basis.car_count, basis.value_amount, None, ""]


def _section(heading: str, rows: list[list[str]], widths: tuple[int, ...]) -> list[Flowable]:
    """The last two columns are figures."""
    if len(rows) == 1:
        return []
    figures = len(widths) - 2
    cells = [
        [pdf.text(text, _style(number, place >= figures)) for place, text in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    return [Spacer(0, 5 * mm), pdf.text(heading, pdf.STRONG), Spacer(0, 1 * mm), pdf.table(cells, widths=widths)]


def _style(row: int, is_figure: bool):
    if row:
        return pdf.FIGURE if is_figure else pdf.BODY
    return pdf.STRONG_FIGURE if is_figure else pdf.STRONG


def _words(statement: Statement) -> str:
    sign = _("minus ") if statement.closing < 0 else ""
    return sign + in_capitals(abs(statement.closing))


def _entries(statement: Statement) -> list[list[str]]:
    rows = [[_("Date"), _("Kind"), _("Text"), _("Amount (yuan)"), _("Balance (yuan)")]]
    rows.append([str(statement.period.start), _("Brought forward"), "", "", money(statement.opening)])
    for posted in statement.entries:
        entry = posted.entry
        kind = str(entry.get_kind_display())
        rows.append([str(entry.on), kind, entry.text, money(entry.amount), money(posted.balance)])
    return rows


def _accruals(statement: Statement) -> list[list[str]]:
    rows = [[_("Number"), _("Rebate policy"), _("Period"), _("Cars"), _("Status"), _("Amount (yuan)")]]
    for line in statement.accruals:
        period = f"{line.starts_on} – {line.ends_on}"
        status = str(line.get_status_display())
        rows.append([line.number, str(line.policy), period, str(line.car_count), status, money(line.amount)])
    return rows


def _basis(statement: Statement) -> list[list[str]]:
    rows = [[_("Rebate accrual"), _("VIN"), _("Date"), _("Document"), _("Cars"), _("Value (yuan)")]]
    for basis in basis_of(statement):
        vin, document, day = _document(basis)
        rows.append([basis.accrual.number, vin, str(day), document, str(basis.car_count), money(basis.value_amount)])
    return rows


def _document(basis: RebateBasis) -> tuple[str, str, date]:
    if basis.invoice_id:
        return basis.invoice.allocation.vehicle.vin, basis.invoice.number, basis.invoice.invoiced_on
    return basis.retail.vehicle.vin, _("Retail sale"), basis.retail.retailed_on
