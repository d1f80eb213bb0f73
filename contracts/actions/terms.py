from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import PaperTerms
from core import pdf
from core.errors import RuleBroken
from users.models import User

Kind = PaperTerms.Kind
BEGINNING = date(2000, 1, 1)
_WITH_TAX = gettext_lazy(
    "Prices are in yuan and include VAT; purchase tax, insurance and registration are not included."
)
_IN_WRITING = gettext_lazy("What is agreed here is changed by an amendment that both sides have signed.")
STANDARD_TERMS = {
    Kind.QUOTATION: (
        _WITH_TAX,
        gettext_lazy("The offer binds us until the day named above; after it, ask for a new quotation."),
        gettext_lazy(
            "Delivery and payment are agreed in the contract, which comes about when both sides have signed it."
        ),
    ),
    Kind.ANNUAL_DEALER: (
        gettext_lazy(
            "Cars are ordered by single orders, each at the prices of its day, for the dealer and his outlets."
        ),
        gettext_lazy("Cars are invoiced and shipped once money, rebate and credit line of the dealer cover them."),
        _IN_WRITING,
    ),
    Kind.KEY_ACCOUNT_FRAME: (
        gettext_lazy("Single orders under this contract name the cars, their prices and the days of delivery."),
        _WITH_TAX,
        _IN_WRITING,
    ),
    Kind.SINGLE_SALE: (
        _WITH_TAX,
        gettext_lazy("Repair, replacement and return follow the statutory rules for household cars."),
        _IN_WRITING,
    ),
    Kind.ORDER: (
        gettext_lazy("The prices are those of the day of the order, in yuan, and include VAT."),
        gettext_lazy("Cars are inspected when they arrive; damage in transport is noted on the same day."),
    ),
}


def add_standard_terms() -> None:
    """For each kind of paper that has none yet; in Chinese, as the papers are."""
    present = set(PaperTerms.objects.values_list("kind", flat=True))
    with translation.override("zh-hans"):
        PaperTerms.objects.bulk_create(
            PaperTerms(kind=kind, valid_from=BEGINNING, text="\n".join(map(str, terms)))
            for kind, terms in STANDARD_TERMS.items()
            if kind not in present
        )


def add_paper_terms(*, by: User, kind: str, valid_from: date, text: str) -> PaperTerms:
    _check(valid_from, text)
    return PaperTerms.objects.create(kind=kind, valid_from=valid_from, text=text)


@transaction.atomic
def change_paper_terms(terms_id: int, *, by: User, **fields) -> PaperTerms:
    """Terms that hold already stand on papers and are replaced by later ones, not changed."""
    terms = PaperTerms.objects.select_for_update(of=("self",)).get(pk=terms_id)
    if terms.valid_from <= timezone.localdate():
        raise RuleBroken(
            _("“%(terms)s” stands on papers already. Add the new terms with the day from which they hold.")
            % {"terms": terms}
        )
    for name, value in fields.items():
        setattr(terms, name, value)
    _check(terms.valid_from, terms.text)
    terms.save(update_fields=list(fields))
    return terms


def _check(valid_from: date, text: str) -> None:
    """Also that it can be printed at all: better now than when a salesman needs the paper."""
    if valid_from < timezone.localdate():
        raise RuleBroken({"valid_from": _("Papers of past days stay as they are. Choose today or later.")})
    try:
        pdf.text(text)
    except RuleBroken as refusal:
        raise RuleBroken({"text": refusal.sentence}) from None
