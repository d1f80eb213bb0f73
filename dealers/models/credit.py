from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_negative
from core.history import tracked
from dealers.models.network import Dealer
from users.approval_triggers import approval_triggers
from users.models import User
from users.visibility import OwnedQuerySet


class CreditLineChangeQuerySet(OwnedQuerySet):
    unit_field = "dealer__unit"


@tracked("status", "wanted_amount")
class CreditLineChange(models.Model):
    """Asks for another credit line of a dealer; it holds once somebody else has approved it."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MAIN_LINE = (Status.SUBMITTED, Status.APPROVED)
    CHANGEABLE = ()

    number = models.CharField(_("Number"), max_length=20, unique=True)
    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="credit_changes", verbose_name=_("Dealer"))
    former_amount = models.DecimalField(_("Credit line before (yuan)"), max_digits=14, decimal_places=2)
    wanted_amount = models.DecimalField(_("Credit line wanted (yuan)"), max_digits=14, decimal_places=2)
    reason = models.TextField(_("Reason"))
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Asked by"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.SUBMITTED)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = CreditLineChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Credit line change")
        verbose_name_plural = _("Credit line changes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dealer"], condition=Q(status="submitted"), name="one_open_credit_change_per_dealer"
            ),
            not_negative("wanted_amount", name="wanted_credit_line_not_negative"),
            models.CheckConstraint(
                condition=Q(status__in=["submitted", "approved", "rejected", "withdrawn"]),
                name="credit_change_status_is_known",
            ),
        ]
        triggers = approval_triggers(
            "dealers.creditlinechange", waiting="submitted", approved=("approved",), moves_with=()
        )

    def __str__(self) -> str:
        return self.number
