from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.contracts import Contract
from core.constraints import not_negative
from core.history import tracked
from users.approval_triggers import approval_triggers
from users.models import User
from users.visibility import OwnedQuerySet


class AmendmentQuerySet(OwnedQuerySet):
    owner_field = "contract__owner"
    unit_field = "contract__unit"


@tracked("status")
class ContractAmendment(models.Model):
    """The terms a signed contract is to have, beside those it had when the change was asked for (合同变更)."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    TERMS = ("ends_on", "agreed_count", "agreed_amount", "payment_days")
    MAIN_LINE = (Status.SUBMITTED, Status.APPROVED)

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="amendments", verbose_name=_("Contract"))
    version = models.PositiveSmallIntegerField(_("Version"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.SUBMITTED)
    reason = models.CharField(_("Reason"), max_length=200)
    former_ends_on = models.DateField(_("Last day before"))
    ends_on = models.DateField(_("Last day"))
    former_agreed_count = models.PositiveIntegerField(_("Agreed cars before"))
    agreed_count = models.PositiveIntegerField(_("Agreed cars"))
    former_agreed_amount = models.DecimalField(_("Agreed amount before (yuan)"), max_digits=14, decimal_places=2)
    agreed_amount = models.DecimalField(_("Agreed amount (yuan)"), max_digits=14, decimal_places=2)
    former_payment_days = models.PositiveSmallIntegerField(_("Payment term before (days)"))
    payment_days = models.PositiveSmallIntegerField(_("Payment term (days)"))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Made by"))
    made_at = models.DateTimeField(_("Made at"), default=timezone.now)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contract amendment")
        verbose_name_plural = _("Contract amendments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "version"], name="contract_amendment_once"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(status="submitted"), name="one_amendment_of_a_contract_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["submitted", "approved", "rejected"]), name="amendment_status_is_known"
            ),
            not_negative("agreed_amount", name="amended_amount_not_negative"),
        ]
        triggers = approval_triggers(
            "contracts.contractamendment", waiting="submitted", approved=("approved",), moves_with=()
        )

    def __str__(self) -> str:
        return f"{self.contract} V{self.version}"

    @property
    def owner(self) -> User | None:
        return self.contract.owner

    @property
    def owner_id(self) -> int | None:
        """Whose contract it is does not decide on its change."""
        return self.contract.owner_id
