from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models.customers import Customer
from users.models import User
from users.visibility import OwnedQuerySet

UNDO_PERIOD = timedelta(days=30)


class CustomerMergeQuerySet(OwnedQuerySet):
    owner_field = "winner__owner"
    unit_field = "winner__unit"


class CustomerMerge(models.Model):
    """Two rows of one customer made into one, with all that is needed to part them again.

    ``moved`` lists the keys of the rows that followed, by "app.model.field"; the other JSON fields hold stored values.
    """

    class Status(models.TextChoices):
        MERGED = "merged", _("Merged")
        UNDONE = "undone", _("Undone")

    winner = models.ForeignKey(Customer, models.PROTECT, related_name="merges", verbose_name=_("Kept"))
    loser = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("Merged into it"))
    loser_number = models.CharField(_("Number merged"), max_length=20)
    loser_name = models.CharField(_("Name merged"), max_length=80)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.MERGED)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("By"))
    at = models.DateTimeField(_("At"), auto_now_add=True)
    undone_at = models.DateTimeField(_("Undone at"), null=True)
    winner_before = models.JSONField()
    winner_after = models.JSONField()
    loser_before = models.JSONField()
    moved = models.JSONField()
    moved_count = models.PositiveIntegerField(_("Records moved"))

    objects = CustomerMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Merge of customers")
        verbose_name_plural = _("Merges of customers")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(winner=F("loser")), name="customer_is_merged_with_another"),
            models.CheckConstraint(condition=Q(status__in=["merged", "undone"]), name="merge_status_is_known"),
            models.UniqueConstraint(fields=["loser"], condition=Q(status="merged"), name="customer_is_merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.loser_number} {self.loser_name}"

    def get_absolute_url(self) -> str:
        return reverse("customers:customermerge_detail", args=[self.pk])
