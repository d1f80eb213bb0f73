from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import append_only
from customers.models.customers import Customer, OfCustomerQuerySet
from users.models import User


class OwnerChange(models.Model):
    """How a customer came to another owner, or to nobody: one row each time, never changed."""

    class Kind(models.TextChoices):
        TRANSFERRED = "transferred", _("Transferred")
        HANDED_OVER = "handed_over", _("Handed over by a leaver")
        POOLED = "pooled", _("Returned to the public pool")
        CLAIMED = "claimed", _("Claimed from the public pool")
        ASSIGNED = "assigned", _("Assigned from the public pool")
        UNDONE = "undone", _("Transfer undone")

    class Ground(models.TextChoices):
        BY_HAND = "by_hand", _("Returned by hand")
        NO_CONTACT = "no_contact", _("No contact for too long")
        NO_ORDER = "no_order", _("No order for too long")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="owner_changes", verbose_name=_("Customer"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    owner_before = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Previous owner")
    )
    owner_after = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("New owner"))
    ground = models.CharField(_("Ground"), max_length=20, choices=Ground, blank=True)
    days = models.PositiveSmallIntegerField(_("Days of the rule"), null=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    at = models.DateTimeField(_("At"), default=timezone.now)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Change of owner")
        verbose_name_plural = _("Changes of owner")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["customer", "-at"]),
            models.Index(fields=["owner_after", "at"], condition=Q(kind="claimed"), name="claims_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="pooled", owner_after=None)
                | ~Q(kind="pooled") & Q(owner_after__isnull=False)
                | Q(kind="undone"),
                name="only_the_pool_has_no_owner",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["transferred", "handed_over", "pooled", "claimed", "assigned", "undone"]),
                name="owner_change_kind_is_known",
            ),
        ]
        triggers = [append_only("owner_change_append_only")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.customer}"
