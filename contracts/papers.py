"""Contracts and orders on paper, in Chinese whoever prints them."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from contracts.models import Contract, Order, PaperTerms
from contracts.printing import company_of, numbered_terms, partners, quoted_cars, signatures
from contracts.queries import version_of
from core import pdf
from core.capitals import in_capitals
from core.formats import money

Status = Contract.Status
ORDER_MARKS = {
    **dict.fromkeys(Order.NOT_YET, gettext_lazy("Not in force yet")),
    Order.Status.CANCELLED: gettext_lazy("Cancelled"),
}
WIDTHS = (8, 80, 14, 28, 32)
MARKS = {
    **dict.fromkeys((Status.DRAFT, Status.SUBMITTED), gettext_lazy("Not signed yet")),
    **dict.fromkeys((Status.TERMINATED, Status.VOID), gettext_lazy("No longer valid")),
}


def contract_pdf(contract: Contract, *, stamp: Flowable | None = None) -> bytes:
    """``stamp`` is set over the signature of the company. Raises RuleBroken where a text cannot be printed."""
    with translation.override("zh-hans"):
        company, kind = seller_of(contract), contract.get_kind_display()
        title = _("%(kind)s %(number)s") % {"kind": kind, "number": contract}
        pdf.text(company + title)
        story = [
            pdf.text(kind, pdf.TITLE),
            Spacer(0, 4 * mm),
            partners(_facts(contract, company)),
            Spacer(0, 5 * mm),
            *_agreed(contract),
            Spacer(0, 4 * mm),
            *numbered_terms(contract.kind, contract.signed_on or timezone.localdate()),
            KeepTogether(
                [
                    Spacer(0, 6 * mm),
                    *([stamp] if stamp else []),
                    signatures(company, contract.partner.name),
                    Spacer(0, 14 * mm),  # the stamp is taller than the row of the signatures
                ]
            ),
        ]
        return pdf.pdf_of(story, title=title, author=company, mark=str(MARKS.get(contract.status, "")))


def seller_of(contract: Contract) -> str:
    """Who sells: the dealer who quoted in his own name, else the company."""
    return company_of(contract.quotation.unit if contract.quotation else None)


def _facts(contract: Contract, company: str) -> list[tuple]:
    return [
        (_("Seller"), company, _("Buyer"), contract.partner.name),
        (_("Contract number"), contract, _("Version"), f"V{version_of(contract)}"),
        (_("First day"), contract.starts_on, _("Last day"), contract.ends_on),
        (_("Signed on"), contract.signed_on or "", _("Payment term (days)"), contract.payment_days),
    ]


def _agreed(contract: Contract) -> list[Flowable]:
    words = [quoted_cars(contract.quotation), Spacer(0, 4 * mm)] if contract.quotation else []
    if contract.agreed_count:
        words.append(pdf.text(_("Agreed cars: %(cars)d") % {"cars": contract.agreed_count}, pdf.STRONG))
    if contract.agreed_amount:
        agreed = {"amount": money(contract.agreed_amount), "capitals": in_capitals(contract.agreed_amount)}
        words.append(pdf.text(_("Agreed amount: %(amount)s yuan (RMB %(capitals)s)") % agreed, pdf.STRONG))
    if contract.deposit_percent:
        deposit = {"percent": contract.deposit_percent, "days": contract.deposit_days}
        words.append(pdf.text(_("Deposit: %(percent)s %% of the price, due after %(days)d days.") % deposit))
    if contract.instalment_count > 1:
        words.append(
            pdf.text(_("The balance is paid in %(count)d monthly parts.") % {"count": contract.instalment_count})
        )
    if contract.note:
        words += [Spacer(0, 3 * mm), pdf.text(_("Note"), pdf.STRONG), pdf.text(contract.note)]
    return words


def order_pdf(order: Order) -> bytes:
    """Raises RuleBroken where a text cannot be printed."""
    with translation.override("zh-hans"):
        company = company_of(None)
        title = _("Order %(number)s") % {"number": order}
        words = [pdf.text(_("Total in words: RMB %(capitals)s") % {"capitals": in_capitals(order.total_amount)})]
        if order.note:
            words += [Spacer(0, 3 * mm), pdf.text(_("Note"), pdf.STRONG), pdf.text(order.note)]
        story = [
            pdf.text(_("Order"), pdf.TITLE),
            Spacer(0, 4 * mm),
            partners(_order_facts(order, company)),
            Spacer(0, 5 * mm),
            _order_lines(order),
            Spacer(0, 4 * mm),
            *words,
            Spacer(0, 4 * mm),
            *numbered_terms(PaperTerms.Kind.ORDER, order.ordered_on),
            KeepTogether([Spacer(0, 6 * mm), signatures(company, order.buyer.name)]),
        ]
        return pdf.pdf_of(story, title=title, author=company, mark=str(ORDER_MARKS.get(order.status, "")))


def _order_facts(order: Order, company: str) -> list[tuple]:
    return [
        (_("Seller"), company, _("Buyer"), order.buyer.name),
        (_("Order number"), order, _("Contract number"), order.contract),
        (_("Kind of order"), order.get_kind_display(), _("Ordered on"), order.ordered_on),
    ]


def _order_lines(order: Order) -> Flowable:
    headings = ("#", _("Car"), _("Cars"), _("Unit price"), _("Amount (yuan)"))
    rows = [_row(headings, pdf.STRONG, pdf.STRONG_FIGURE)]
    lines = order.lines.select_related("sku").order_by("pk")
    for number, line in enumerate(lines, start=1):
        car = f"{line.sku.name}\n{line.sku.code}"
        rows.append(_row((number, car, line.quantity, money(line.unit_price_amount), money(line.amount))))
    cars = sum(line.quantity for line in lines)
    rows.append(_row(("", _("Total"), cars, "", money(order.total_amount)), pdf.STRONG, pdf.STRONG_FIGURE))
    return pdf.table(rows, widths=WIDTHS)


def _row(values: tuple, left: ParagraphStyle = pdf.BODY, right: ParagraphStyle = pdf.FIGURE) -> list[Flowable]:
    return [pdf.text(value, left if place < 2 else right) for place, value in enumerate(values)]
