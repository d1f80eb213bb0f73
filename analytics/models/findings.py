from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models import Retail
from core.history import tracked
from users.visibility import OwnedQuerySet


class RetailFindingQuerySet(OwnedQuerySet):
    owner_field = "retail__sold_by"
    unit_field = "retail__unit"

    def open(self):
        return self.filter(status=RetailFinding.Status.OPEN)


@tracked("status")
class RetailFinding(models.Model):
    """Why a reported retail sale may not be one, with the rows that speak against it; somebody decides."""

    class Kind(models.TextChoices):
        CLAIMED_ELSEWHERE = "claimed_elsewhere", _("Claimed elsewhere")
        OUT_OF_AREA = "out_of_area", _("Customer outside the area")
        SAME_PHONE = "same_phone", _("Same phone on many sales")
        MONTH_END = "month_end", _("Bulge at the end of the month, then returned")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        GENUINE = "genuine", _("Genuine")
        OUT_OF_AREA = "out_of_area", _("Genuine, outside the area")
        FALSE = "false", _("False report")

    MAIN_LINE = (Status.OPEN, Status.GENUINE)

    retail = models.ForeignKey(Retail, models.PROTECT, related_name="findings", verbose_name=_("Retail sale"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    evidence = models.JSONField(default=list)
    found_on = models.DateField(_("Found on"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.OPEN)

    objects = RetailFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Doubtful retail sale")
        verbose_name_plural = _("Doubtful retail sales")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "-id"])]
        constraints = [
            models.UniqueConstraint(fields=["retail", "kind"], name="one_finding_per_retail_and_kind"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "genuine", "out_of_area", "false"]), name="finding_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.retail_id}"
