from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before
from core.history import tracked
from dealers.models.network import Dealer
from users.visibility import OwnedQuerySet

WARNED_BEFORE = timedelta(days=30)


class DealerPaperQuerySet(OwnedQuerySet):
    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"

    def expiring(self, today: date):
        """Those that end within thirty days, or have ended."""
        return self.filter(expires_on__lte=today + WARNED_BEFORE)

    def to_remind_of(self, today: date):
        """Once when thirty days are left and once when the last day has come; of those who are still dealers."""
        first = Q(reminded_on=None) | Q(reminded_on__lt=F("expires_on") - WARNED_BEFORE)
        last = Q(expires_on__lte=today, reminded_on__lt=F("expires_on"))
        return self.expiring(today).filter(first | last).exclude(dealer__state=Dealer.State.EXITED)


@tracked("number", "expires_on")
class DealerPaper(models.Model):
    """A licence or permit of a dealer; its scan is attached."""

    class Kind(models.TextChoices):
        BUSINESS_LICENCE = "business_licence", _("Business licence")
        FILING = "filing", _("Filing of the car dealer")
        BANK_PERMIT = "bank_permit", _("Bank account permit")
        INSURANCE = "insurance", _("Insurance agency licence")
        LEASE = "lease", _("Lease of the showroom")
        OTHER = "other", _("Other")

    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="papers", verbose_name=_("Dealer"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    number = models.CharField(_("Number"), max_length=60)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    expires_on = models.DateField(_("Valid until"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    reminded_on = models.DateField(null=True, editable=False)

    objects = DealerPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("Licence paper")
        verbose_name_plural = _("Licence papers")
        ordering = ["expires_on", "pk"]
        indexes = [models.Index(fields=["expires_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["dealer", "kind", "number"],
                name="dealer_paper_is_entered_once",
                violation_error_message=_("This paper of the dealer is entered already."),
            ),
            not_before("expires_on", "issued_on", name="dealer_paper_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
