from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.orders import Order, OrderLine
from inventory.models import Vehicle
from products.models import Series
from users.models import User
from users.visibility import ReferenceQuerySet


class AllocationProposal(models.Model):
    """Which free car should go to which open order line (配车方案): made at once, read, corrected, then taken over."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPLIED = "applied", _("Taken over")
        DROPPED = "dropped", _("Dropped")

    MAIN_LINE = (Status.PROPOSED, Status.APPLIED)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.PROPOSED)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Series")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("Order")
    )
    open_count = models.PositiveIntegerField(_("Cars needed"), default=0)
    proposed_count = models.PositiveIntegerField(_("Cars proposed"), default=0)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Made by"))
    made_at = models.DateTimeField(_("Made at"), default=timezone.now)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Allocation proposal")
        verbose_name_plural = _("Allocation proposals")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "applied", "dropped"]), name="allocation_proposal_status_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def short_count(self) -> int:
        return self.open_count - self.proposed_count


class ProposedCar(models.Model):
    """One car for one line, with the reason that the system found; ``note`` is what a person changed, and why."""

    class Outcome(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        CHANGED = "changed", _("Changed by hand")
        LEFT_OUT = "left_out", _("Left out")
        ALLOCATED = "allocated", _("Allocated")
        LAPSED = "lapsed", _("No longer possible")

    WAITING = (Outcome.PROPOSED, Outcome.CHANGED)

    proposal = models.ForeignKey(
        AllocationProposal, models.CASCADE, related_name="cars", verbose_name=_("Allocation proposal")
    )
    order_line = models.ForeignKey(OrderLine, models.CASCADE, related_name="+", verbose_name=_("Order line"))
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="+", verbose_name=_("Vehicle"))
    position = models.PositiveIntegerField(_("Position"))
    reason = models.CharField(_("Reason"), max_length=200)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, default=Outcome.PROPOSED)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Proposed car")
        verbose_name_plural = _("Proposed cars")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["proposal", "position"])]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "vehicle"],
                condition=Q(outcome__in=["proposed", "changed", "allocated"]),
                name="car_is_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["proposed", "changed", "left_out", "allocated", "lapsed"]),
                name="proposed_car_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.vehicle)


class ShortLine(models.Model):
    """A line that the proposal cannot serve in full, and why."""

    proposal = models.ForeignKey(
        AllocationProposal, models.CASCADE, related_name="short_lines", verbose_name=_("Allocation proposal")
    )
    order_line = models.ForeignKey(OrderLine, models.CASCADE, related_name="+", verbose_name=_("Order line"))
    open_count = models.PositiveIntegerField(_("Cars needed"))
    proposed_count = models.PositiveIntegerField(_("Cars proposed"))
    reason = models.CharField(_("Reason"), max_length=200)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Line that stays short")
        verbose_name_plural = _("Lines that stay short")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.order_line)
