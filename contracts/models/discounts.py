from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import within
from core.history import tracked
from users.models import User
from users.roles import LABELS
from users.visibility import ReferenceQuerySet


class DiscountLimitQuerySet(ReferenceQuerySet):
    def in_force(self, day: date):
        """The newest limit of each role that has begun."""
        return self.filter(valid_from__lte=day).order_by("role", "-valid_from").distinct("role")

    def limit_of(self, user: User, day: date) -> Decimal:
        """The highest of somebody's roles; without a limit nothing may be given."""
        limits = (limit.percent for limit in self.in_force(day) if limit.role in user.role_names)
        return max(limits, default=Decimal("0.00"))


@tracked("role", "percent", "valid_from")
class DiscountLimit(models.Model):
    """What people of a role may take off the guide price without asking; a later line replaces an earlier one."""

    role = models.CharField(_("Role"), max_length=40, choices=list(LABELS.items()))
    percent = models.DecimalField(
        _("Discount limit (%)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    valid_from = models.DateField(_("Valid from"))

    objects = DiscountLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Discount limit")
        verbose_name_plural = _("Discount limits")
        ordering = ["role", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "valid_from"],
                name="one_discount_limit_per_role_and_day",
                violation_error_message=_("This role has a limit from that day already. Change that one."),
            ),
            within("percent", 0, 100, name="discount_limit_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.percent} %"
