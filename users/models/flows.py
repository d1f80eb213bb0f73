from decimal import Decimal

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import within
from core.history import append_only
from users.models.people import User
from users.roles import LABELS
from users.subjects import APPROVED_BY, subject_label
from users.visibility import ReferenceQuerySet

HIGHEST_LEVEL = 5
LONGEST_WAIT = 24 * 60


class ApprovalFlowQuerySet(ReferenceQuerySet):
    def changeable_by(self, user):
        """The version in force; what was in force before stays as it was."""
        return super().changeable_by(user).filter(is_in_force=True)

    def in_force(self):
        return self.filter(is_in_force=True)


class ApprovalFlow(models.Model):
    """Who approves a kind of record, one after the other. A change is a new version; running cases stay on theirs."""

    subject = models.CharField(_("Approval of"), max_length=60)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    is_in_force = models.BooleanField(_("In force"), default=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Made by"))
    made_at = models.DateTimeField(_("Made at"), auto_now_add=True)

    objects = ApprovalFlowQuerySet.as_manager()

    class Meta:
        verbose_name = _("Approval flow")
        verbose_name_plural = _("Approval flows")
        ordering = ["subject", "-version", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="version_of_a_flow_is_unique"),
            models.UniqueConstraint(fields=["subject"], condition=Q(is_in_force=True), name="one_flow_in_force"),
            models.CheckConstraint(condition=Q(subject__in=sorted(APPROVED_BY)), name="flow_subject_is_known"),
        ]
        triggers = [pgtrigger.ReadOnly(name="flow_is_written_once", fields=["subject", "version", "made_by"])]

    def __str__(self) -> str:
        return f"{subject_label(self.subject)} V{self.version}"


class FlowStep(models.Model):
    """One approval of a flow; asked for only where amount and discount lie within its bands."""

    class Kind(models.TextChoices):
        RIGHT = "right", _("Whoever has the right to approve")
        ROLE = "role", _("A role in the units above the record")
        SUPERIOR = "superior", _("The superior of whoever owns the record")

    class Mode(models.TextChoices):
        ANY = "any", _("One of them")
        ALL = "all", _("All of them")

    flow = models.ForeignKey(ApprovalFlow, models.PROTECT, related_name="steps", verbose_name=_("Approval flow"))
    position = models.PositiveSmallIntegerField(_("Step"))
    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Approved by"), max_length=20, choices=Kind, default=Kind.RIGHT)
    role = models.CharField(_("Role"), max_length=40, choices=list(LABELS.items()), blank=True)
    level = models.PositiveSmallIntegerField(
        _("Levels up"), default=1, validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_LEVEL)]
    )
    mode = models.CharField(_("How many decide"), max_length=10, choices=Mode, default=Mode.ANY)
    min_amount = models.DecimalField(_("From amount (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    max_amount = models.DecimalField(_("Below amount (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    min_discount = models.DecimalField(_("From discount (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    max_discount = models.DecimalField(_("Below discount (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    remind_after_hours = models.PositiveSmallIntegerField(
        _("Remind after (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_WAIT)],
    )
    escalate_after_hours = models.PositiveSmallIntegerField(
        _("Ask the superior after (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_WAIT)],
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Step of an approval flow")
        verbose_name_plural = _("Steps of an approval flow")
        ordering = ["flow_id", "position", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["flow", "position"], name="one_flow_step_per_position"),
            models.CheckConstraint(
                condition=Q(kind="role") & ~Q(role="") | Q(kind__in=["right", "superior"], role=""),
                name="flow_step_by_role_names_it",
            ),
            models.CheckConstraint(condition=Q(mode__in=["any", "all"]), name="flow_step_mode_is_known"),
            within("level", 1, HIGHEST_LEVEL, name="flow_step_level_counts"),
            models.CheckConstraint(
                condition=Q(min_amount=None) | Q(max_amount=None) | Q(min_amount__lt=F("max_amount")),
                name="flow_step_amounts_are_a_band",
            ),
            models.CheckConstraint(
                condition=Q(min_discount=None) | Q(max_discount=None) | Q(min_discount__lt=F("max_discount")),
                name="flow_step_discounts_are_a_band",
            ),
        ]
        triggers = [append_only("flow_step_is_written_once")]

    def __str__(self) -> str:
        return self.name

    def covers(self, *, amount: Decimal, discount: Decimal) -> bool:
        """A band takes in its lower end and ends below its upper one."""
        bands = ((self.min_amount, amount, self.max_amount), (self.min_discount, discount, self.max_discount))
        return all((low is None or low <= value) and (high is None or value < high) for low, value, high in bands)
