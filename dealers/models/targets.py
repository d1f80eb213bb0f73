from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month
from core.history import tracked
from dealers.models.network import Dealer
from users.visibility import OwnedQuerySet


class DealerTargetQuerySet(OwnedQuerySet):
    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"

    def in_period(self, period):
        return self.filter(month__gte=period.start, month__lt=period.end)


@tracked("dealer", "month", "target_count")
class DealerTarget(models.Model):
    """The cars agreed in writing for a dealer and a month: what attainment is measured by."""

    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="targets", verbose_name=_("Dealer"))
    month = models.DateField(_("Month"))
    target_count = models.PositiveIntegerField(_("Target (cars)"))

    objects = DealerTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dealer target")
        verbose_name_plural = _("Dealer targets")
        ordering = ["-month", "dealer_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dealer", "month"],
                name="one_target_per_dealer_and_month",
                violation_error_message=_("This dealer has a target for that month already. Change that one."),
            ),
            first_of_month("month", name="dealer_target_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.dealer} {self.month:%Y-%m}"
