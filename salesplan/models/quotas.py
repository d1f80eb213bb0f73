from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month, not_negative
from core.history import tracked
from users.models import User
from users.visibility import OwnedQuerySet


class QuotaQuerySet(OwnedQuerySet):
    owner_field = "user"
    unit_field = "user__unit"

    def in_period(self, period):
        return self.filter(month__gte=period.start, month__lt=period.end)


@tracked("user", "month", "target_count", "target_amount")
class Quota(models.Model):
    """What one person is to sell in a month."""

    user = models.ForeignKey(User, models.PROTECT, related_name="quotas", verbose_name=_("Salesperson"))
    month = models.DateField(_("Month"))
    target_count = models.PositiveIntegerField(_("Target (cars)"))
    target_amount = models.DecimalField(_("Target (yuan)"), max_digits=14, decimal_places=2, default=0)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quota")
        verbose_name_plural = _("Quotas")
        ordering = ["-month", "user_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "month"], name="one_quota_per_person_and_month"),
            first_of_month("month", name="quota_month_is_its_first_day"),
            not_negative("target_amount", name="quota_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.month:%Y-%m}"
