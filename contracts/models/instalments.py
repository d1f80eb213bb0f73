from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.receivables import OfReceivableQuerySet, Receivable
from contracts.schedules import BALANCE, DEPOSIT, INSTALMENT, Part
from core.constraints import positive
from core.history import tracked


class InstalmentQuerySet(OfReceivableQuerySet):
    def unpaid(self):
        """What was received pays the parts in their order."""
        return self.filter(receivable__outstanding_amount__gt=0, through_amount__gt=F("receivable__received_amount"))

    def overdue(self, today: date):
        return self.unpaid().filter(due_on__lt=today)


@tracked("amount", "due_on")
class Instalment(models.Model):
    """A part of a receivable with its own due day; ``through_amount`` is what has to be paid until then in all."""

    class Kind(models.TextChoices):
        DEPOSIT = DEPOSIT, _("Deposit")
        BALANCE = BALANCE, _("Balance")
        INSTALMENT = INSTALMENT, _("Instalment")

    receivable = models.ForeignKey(Receivable, models.CASCADE, related_name="instalments", verbose_name=_("Receivable"))
    number = models.PositiveSmallIntegerField(_("Number"))
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    through_amount = models.DecimalField(_("Due in all until then (yuan)"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("Due on"))
    told_days = models.SmallIntegerField(_("Reminded at (days late)"), null=True, blank=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Instalment")
        verbose_name_plural = _("Instalments")
        ordering = ["receivable_id", "number", "pk"]
        indexes = [models.Index(fields=["due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["receivable", "number"], name="instalment_number_is_unique"),
            positive("amount", name="instalment_is_positive"),
            models.CheckConstraint(condition=Q(through_amount__gte=F("amount")), name="instalments_add_up"),
        ]

    def __str__(self) -> str:
        return f"{self.receivable} {self.number}"

    @property
    def part(self) -> Part:
        return Part(self.kind, self.amount, self.due_on)

    @property
    def open_amount(self) -> Decimal:
        """What of it is not paid yet."""
        return min(self.amount, max(Decimal(0), self.through_amount - self.receivable.received_amount))
