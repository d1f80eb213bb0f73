from datetime import datetime

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import append_only
from core.targets import TargetedQuerySet
from users.models.flows import ApprovalFlow, FlowStep
from users.models.people import Owned, User
from users.roles import LABELS
from users.visibility import OwnedQuerySet


class ApprovalCaseQuerySet(TargetedQuerySet, OwnedQuerySet):
    def running(self):
        return self.filter(state=ApprovalCase.State.RUNNING)

    def asked_by(self, user):
        return self.filter(asked_by=user)

    def decided_by(self, user):
        """What somebody approved or returned, also where a deputy did so in his name."""
        decided = ApprovalDecision.objects.filter(Q(by=user) | Q(in_name_of=user))
        return self.filter(pk__in=decided.values("case"))

    def to_remind(self, now: datetime):
        return self.running().filter(remind_at__lte=now)

    def to_escalate(self, now: datetime):
        return self.running().filter(escalate_at__lte=now)


class ApprovalCase(Owned):
    """One time that a record was handed in for approval; owner and unit follow those of the record.

    ``snapshot`` is what is approved: the record and its lines as they were handed in.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ENDED = "ended", _("Ended")

    subject = models.CharField(_("Approval of"), max_length=60)
    flow = models.ForeignKey(ApprovalFlow, models.PROTECT, related_name="cases", verbose_name=_("Approval flow"))
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    target = GenericForeignKey()
    title = models.CharField(_("Record"), max_length=200)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2, default=0)
    discount = models.DecimalField(_("Discount (%)"), max_digits=5, decimal_places=2, default=0)
    snapshot = models.JSONField(default=dict)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.RUNNING)
    step = models.ForeignKey(FlowStep, models.PROTECT, null=True, related_name="+", verbose_name=_("Step"))
    position = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Asked by"))
    asked_at = models.DateTimeField(_("Asked at"))
    waiting_since = models.DateTimeField(_("Waiting since"))
    remind_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True)

    objects = ApprovalCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Approval")
        verbose_name_plural = _("Approvals")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["waiting_since", "id"], condition=Q(state="running"), name="running_approvals"),
            models.Index(fields=["asked_by", "-id"], name="approvals_asked_by"),
            models.Index(fields=["content_type", "object_id", "-id"], name="approvals_of_record"),
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="approvals_to_remind"),
            models.Index(fields=["escalate_at"], condition=Q(escalate_at__isnull=False), name="approvals_to_escalate"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "object_id"], condition=Q(state="running"), name="one_running_approval_per_record"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None)
                | Q(state__in=["approved", "returned", "withdrawn", "ended"], ended_at__isnull=False),
                name="approval_ends_once_it_is_decided",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_is_approved_stays",
                fields=["subject", "flow", "content_type", "object_id", "amount", "discount", "snapshot", "asked_by"],
            ),
            pgtrigger.Protect(
                name="a_decided_approval_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state IN ('approved', 'returned', 'withdrawn')"),
            ),
            pgtrigger.Protect(name="approvals_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalSeat(models.Model):
    """Whose decision a running case waits for: a person, a role in the units above it, or whoever has the right.

    One decision settles a ``group`` of seats; a step is passed when none of its seats is open.
    """

    class Origin(models.TextChoices):
        FLOW = "flow", _("By the flow")
        ADDED = "added", _("Added as a signer")
        ESCALATED = "escalated", _("As the superior, because it took too long")
        VACATED = "vacated", _("By the right, because nobody else is left")

    case = models.ForeignKey(ApprovalCase, models.PROTECT, related_name="seats")
    subject = models.CharField(max_length=60, help_text="That of the case, so that an inbox is found by one index.")
    position = models.PositiveSmallIntegerField()
    group = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Person"))
    role = models.CharField(_("Role"), max_length=40, choices=list(LABELS.items()), blank=True)
    origin = models.CharField(_("Origin"), max_length=20, choices=Origin, default=Origin.FLOW)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Added by"))
    is_open = models.BooleanField(default=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Seat of an approval")
        verbose_name_plural = _("Seats of approvals")
        ordering = ["case_id", "position", "group", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "case"], condition=Q(is_open=True), name="open_seats_of_person"),
            models.Index(fields=["role", "case"], condition=Q(is_open=True, person=None), name="open_seats_of_role"),
            models.Index(
                fields=["subject", "case"], condition=Q(is_open=True, person=None, role=""), name="open_seats_by_right"
            ),
            models.Index(fields=["case", "position"], name="seats_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "position", "person"], condition=Q(person__isnull=False), name="one_seat_per_person"
            ),
            models.CheckConstraint(condition=Q(person=None) | Q(role=""), name="seat_is_a_persons_or_a_roles"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.position}.{self.group}"

    @property
    def is_by_right(self) -> bool:
        """Open to whoever may take the step by the table of access."""
        return self.person_id is None and not self.role


class ApprovalDecision(models.Model):
    """What somebody decided, for himself or in the name of whom he stands in for."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        PASSED = "passed", _("Approved with an earlier step")
        RETURNED = "returned", _("Returned")

    case = models.ForeignKey(ApprovalCase, models.PROTECT, related_name="decisions", verbose_name=_("Approval"))
    position = models.PositiveSmallIntegerField(_("Step"))
    group = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Step"), max_length=60, blank=True)
    verdict = models.CharField(_("Decision"), max_length=20, choices=Verdict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("By"))
    in_name_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("In the name of"))
    note = models.TextField(_("Note"), blank=True)
    at = models.DateTimeField(_("At"), auto_now_add=True)

    class Meta:
        verbose_name = _("Decision on an approval")
        verbose_name_plural = _("Decisions on approvals")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["by", "-id"], name="decisions_by"),
            models.Index(fields=["in_name_of", "-id"], condition=Q(in_name_of__isnull=False), name="decisions_for"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "position", "group"], name="one_decision_per_seat"),
            models.UniqueConstraint(
                fields=["case", "by"], condition=~Q(verdict="passed"), name="nobody_decides_twice_on_a_case"
            ),
            models.CheckConstraint(
                condition=Q(in_name_of=None) | ~Q(in_name_of=models.F("by")), name="deputy_is_somebody_else"
            ),
        ]
        triggers = [append_only("decisions_stay")]

    def __str__(self) -> str:
        return f"{self.by} {self.get_verdict_display()}"
