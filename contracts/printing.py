"""What a customer gets on paper, in Chinese whoever prints it."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from contracts.models import PaperTerms, Quotation
from core import pdf
from core.capitals import in_capitals
from core.formats import money
from users.models import Unit

Status = Quotation.Status
MARKS = {
    **dict.fromkeys((Status.DRAFT, Status.SUBMITTED, Status.RETURNED), gettext_lazy("Not an offer yet")),
    **dict.fromkeys((Status.EXPIRED, Status.SUPERSEDED), gettext_lazy("No longer valid")),
}
PLAIN = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
WIDTHS = (8, 62, 12, 24, 16, 24, 28)


def quotation_pdf(quotation: Quotation) -> bytes:
    """Raises RuleBroken where a text cannot be printed."""
    with translation.override("zh-hans"):
        company = company_of(quotation.unit)
        title = _("Quotation %(number)s") % {"number": quotation}
        pdf.text(company + title)
        story = [
            pdf.text(_("Quotation"), pdf.TITLE),
            Spacer(0, 4 * mm),
            partners(_facts(quotation, company)),
            Spacer(0, 5 * mm),
            quoted_cars(quotation),
            Spacer(0, 4 * mm),
            *_ending(quotation, company),
        ]
        mark = str(MARKS.get(quotation.status, ""))
        return pdf.pdf_of(story, title=title, author=company, mark=mark)


def company_of(unit: Unit | None) -> str:
    """A dealer quotes in his own name, everybody else in that of the company."""
    if unit and unit.kind == Unit.Kind.DEALER:
        return unit.name
    return Unit.objects.get(kind=Unit.Kind.HEADQUARTERS).name


def _facts(quotation: Quotation, company: str) -> list[tuple]:
    seller = quotation.owner
    return [
        (_("Customer"), quotation.customer.name, _("Quoted by"), company),
        (_("Quotation number"), quotation, _("Contact"), f"{seller.name} {seller.phone}" if seller else ""),
        (_("Quoted on"), quotation.quoted_on, _("Valid until"), quotation.valid_until),
    ]


def partners(facts: list[tuple]) -> Table:
    """Two columns of names and values: who deals with whom, and when."""
    rows = [
        [pdf.text(value, pdf.BODY if column % 2 else pdf.SMALL) for column, value in enumerate(row)] for row in facts
    ]
    shares = (20, 70, 20, 64)
    return Table(
        rows,
        colWidths=[share * pdf.WIDTH / sum(shares) for share in shares],
        style=PLAIN,
    )


def quoted_cars(quotation: Quotation) -> Flowable:
    headings = ("#", _("Car"), _("Cars"), _("Guide price"), _("Discount"), _("Unit price"), _("Amount (yuan)"))
    rows = [
        [pdf.text(heading, pdf.STRONG if place < 2 else pdf.STRONG_FIGURE) for place, heading in enumerate(headings)]
    ]
    cars = 0
    for number, line in enumerate(quotation.lines.select_related("sku").order_by("pk"), start=1):
        cars += line.quantity
        figures = (
            line.quantity,
            money(line.list_price_amount),
            f"{line.discount_percent}%" if line.discount_percent else "–",
            money(line.unit_price_amount),
            money(line.amount),
        )
        car = pdf.text(f"{line.sku.name}\n{line.sku.code}")
        rows.append([pdf.text(number), car, *(pdf.text(figure, pdf.FIGURE) for figure in figures)])
    sums = ("", _("Total"), cars, "", "", "", money(quotation.total_amount))
    rows.append([pdf.text(word, pdf.STRONG if place < 2 else pdf.STRONG_FIGURE) for place, word in enumerate(sums)])
    return pdf.table(rows, widths=WIDTHS)


def _ending(quotation: Quotation, company: str) -> list[Flowable]:
    """The amount in words, the note and the terms; the signatures are not parted from one another."""
    saved = quotation.list_amount - quotation.total_amount
    words = [
        pdf.text(_("Total in words: RMB %(capitals)s") % {"capitals": in_capitals(quotation.total_amount)}, pdf.STRONG)
    ]
    if saved:
        words.append(pdf.text(_("You save %(amount)s yuan on the guide prices.") % {"amount": money(saved)}))
    if quotation.note:
        words += [Spacer(0, 3 * mm), pdf.text(_("Note"), pdf.STRONG), pdf.text(quotation.note)]
    terms = numbered_terms(PaperTerms.Kind.QUOTATION, quotation.quoted_on)
    signed = signatures(company, _("The customer"))
    return [*words, Spacer(0, 4 * mm), KeepTogether([*terms, Spacer(0, 6 * mm), signed])]


def numbered_terms(kind: str, day: date) -> list[Flowable]:
    """The terms that hold for papers of that day."""
    terms = PaperTerms.objects.printed_on(kind, day)
    return [pdf.text(f"{number}. {term}", pdf.SMALL) for number, term in enumerate(terms, start=1)]


def signatures(company: str, partner: str) -> Table:
    return Table(
        [
            [
                pdf.text(_("%(company)s (seal)") % {"company": company}),
                pdf.text(_("%(partner)s (signature, date)") % {"partner": partner}),
            ]
        ],
        colWidths=[pdf.WIDTH / 2] * 2,
        rowHeights=[28 * mm],
        style=PLAIN,
    )
