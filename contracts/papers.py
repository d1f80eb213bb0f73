"""A contract on paper, in Chinese whoever prints it."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from contracts.models import Contract
from contracts.printing import company_of, partners, signatures
from contracts.queries import version_of
from core import pdf
from core.capitals import in_capitals
from core.formats import money

Status = Contract.Status
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
            KeepTogether(
                [Spacer(0, 6 * mm), *([stamp] if stamp else []), signatures(company, contract.partner.name)],
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
    words = []
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
