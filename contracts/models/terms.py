from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.contracts import Contract
from core.history import tracked
from users.visibility import ReferenceQuerySet


class PaperTermsQuerySet(ReferenceQuerySet):
    def printed_on(self, kind: str, day: date) -> list[str]:
        """The terms of a paper of that day, one by one; none where none hold yet."""
        text = self.filter(kind=kind, valid_from__lte=day).order_by("-valid_from").values_list("text", flat=True)
        return [line.strip() for line in (text.first() or "").splitlines() if line.strip()]


@tracked("kind", "text", "valid_from")
class PaperTerms(models.Model):
    """What is printed below a kind of paper from a day on; a later version replaces an earlier one."""

    class Kind(models.TextChoices):
        QUOTATION = "quotation", _("Quotation")
        ANNUAL_DEALER = Contract.Kind.ANNUAL_DEALER.value, Contract.Kind.ANNUAL_DEALER.label
        KEY_ACCOUNT_FRAME = Contract.Kind.KEY_ACCOUNT_FRAME.value, Contract.Kind.KEY_ACCOUNT_FRAME.label
        SINGLE_SALE = Contract.Kind.SINGLE_SALE.value, Contract.Kind.SINGLE_SALE.label
        ORDER = "order", _("Order")

    kind = models.CharField(_("Paper"), max_length=20, choices=Kind)
    valid_from = models.DateField(_("Valid from"))
    text = models.TextField(_("Terms"), help_text=_("One term in each line; their numbers are printed before them."))

    objects = PaperTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("Terms of a paper")
        verbose_name_plural = _("Terms of papers")
        ordering = ["kind", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"],
                name="one_text_of_terms_per_paper_and_day",
                violation_error_message=_("This paper has terms from that day already. Choose another day."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["quotation", "annual_dealer", "key_account_frame", "single_sale", "order"]
                ),
                name="paper_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from:%Y-%m-%d}"
