from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import present, within
from core.history import tracked
from core.periods import Period, period_of
from users.access import Role
from users.models import Owned, User
from users.roles import LABELS
from users.visibility import OwnedQuerySet, ReferenceQuerySet


class ReportKind(models.TextChoices):
    """Named as the periods of ``core.periods`` are."""

    DAY = "day", _("Daily report")
    WEEK = "week", _("Weekly report")
    MONTH = "month", _("Monthly report")


class ReportPart(models.TextChoices):
    SUMMARY = "summary", _("Summary of this period")
    PLAN = "plan", _("Plan for the next period")


class ReportTemplate(models.Model):
    """What the people of a role write in a kind of report, and by when they hand it in."""

    REPORTING = (Role.SALESMAN, Role.DEALER_SALESMAN, Role.DEALER_MANAGER, Role.REGIONAL_MANAGER)

    kind = models.CharField(_("Kind"), max_length=10, choices=ReportKind)
    role = models.CharField(_("Role"), max_length=40, choices=[(role, LABELS[role]) for role in REPORTING])
    due_after_days = models.PositiveSmallIntegerField(
        _("Due days after the period"),
        default=0,
        help_text=_(
            "0 is the last day itself, 1 the Monday after a week, 3 the third of the next month; "
            "a day of rest moves it to the next working day."
        ),
    )
    due_at = models.TimeField(_("Due at"), default=time(20, 0))
    is_required = models.BooleanField(
        _("Has to be handed in"), default=True, help_text=_("Otherwise nobody is reminded of it or named as missing.")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Report template")
        verbose_name_plural = _("Report templates")
        ordering = ["role", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "role"],
                name="one_report_template_per_kind_and_role",
                violation_error_message=_("This role has a template of this kind already. Change that one."),
            ),
            models.CheckConstraint(condition=Q(kind__in=["day", "week", "month"]), name="template_kind_is_known"),
            within("due_after_days", 0, 20, name="report_is_due_within_20_days"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_role_display()}"


class ReportSection(models.Model):
    """A heading of a template, with the prompt that stands in the empty box below it."""

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="sections", verbose_name=_("Template"))
    position = models.PositiveSmallIntegerField(_("Position"))
    part = models.CharField(_("Part"), max_length=10, choices=ReportPart)
    title = models.CharField(_("Heading"), max_length=60)
    prompt = models.CharField(_("Prompt"), max_length=200, blank=True)
    is_required = models.BooleanField(_("Must be filled"), default=True)

    class Meta:
        verbose_name = _("Section")
        verbose_name_plural = _("Sections")
        ordering = ["template_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="unique_section_of_template"),
            models.CheckConstraint(condition=Q(part__in=["summary", "plan"]), name="section_part_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


class WorkReportQuerySet(OwnedQuerySet):
    def within(self, user, verb: str):
        """A draft is read by its author alone."""
        return super().within(user, verb).filter(~Q(status=WorkReport.Status.DRAFT) | Q(owner=user))

    def handed_in(self):
        return self.filter(status__in=WorkReport.HANDED_IN)

    def waiting_for(self, reviewer: User):
        return self.filter(status=WorkReport.Status.SUBMITTED, reviewer=reviewer)


@tracked("status", "owner", "unit", "mark", "figures")
class WorkReport(Owned):
    """Summary of a day, week or month and plan for the next one; ``figures`` is what was counted when handed in."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Handed in")
        RETURNED = "returned", _("Returned")
        REVIEWED = "reviewed", _("Reviewed")

    class Mark(models.TextChoices):
        A = "a", _("A · excellent")
        B = "b", _("B · good")
        C = "c", _("C · fair")
        D = "d", _("D · poor")

    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.REVIEWED)
    CHANGEABLE = (Status.DRAFT, Status.RETURNED)
    HANDED_IN = (Status.SUBMITTED, Status.REVIEWED)

    kind = models.CharField(_("Kind"), max_length=10, choices=ReportKind)
    starts_on = models.DateField(_("Period from"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    due_at = models.DateTimeField(_("Due at"))
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("Handed in at"), null=True, blank=True)
    figures = models.JSONField(_("Counted figures"), default=dict, blank=True)
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Reviewer")
    )
    reviewed_at = models.DateTimeField(_("Reviewed at"), null=True, blank=True)
    mark = models.CharField(_("Mark"), max_length=1, choices=Mark, blank=True)
    review = models.TextField(_("Comment of the reviewer"), blank=True)
    answer = models.TextField(_("Answer of the author"), blank=True)

    objects = WorkReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("Work report")
        verbose_name_plural = _("Work reports")
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["kind", "starts_on"]),
            models.Index(fields=["reviewer"], condition=Q(status="submitted"), name="work_report_awaiting_review"),
            models.Index(fields=["unit", "-starts_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "starts_on"], name="one_work_report_per_person_kind_and_period"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "returned", "reviewed"]),
                name="work_report_status_is_known",
            ),
            models.CheckConstraint(condition=Q(kind__in=["day", "week", "month"]), name="work_report_kind_is_known"),
            present("owner", name="work_report_has_an_author"),
            models.CheckConstraint(condition=Q(mark__in=["", "a", "b", "c", "d"]), name="work_report_mark_is_known"),
            models.CheckConstraint(condition=~Q(status="reviewed") | ~Q(mark=""), name="reviewed_report_has_a_mark"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(submitted_at__isnull=False), name="handed_in_report_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period.label()}"

    @property
    def period(self) -> Period:
        return period_of(self.kind, self.starts_on)

    @property
    def is_handed_in(self) -> bool:
        return self.status in self.HANDED_IN

    @property
    def is_late(self) -> bool:
        return self.submitted_at is not None and self.submitted_at > self.due_at


IS_LATE = Q(submitted_at__gt=F("due_at"))


class WorkReportEntry(models.Model):
    """A section of a report, copied from the template when the report was begun, and what the author wrote."""

    report = models.ForeignKey(WorkReport, models.CASCADE, related_name="entries", verbose_name=_("Work report"))
    position = models.PositiveSmallIntegerField(_("Position"))
    part = models.CharField(_("Part"), max_length=10, choices=ReportPart)
    title = models.CharField(_("Heading"), max_length=60)
    prompt = models.CharField(_("Prompt"), max_length=200, blank=True)
    is_required = models.BooleanField(_("Must be filled"), default=True)
    text = models.TextField(_("Text"), blank=True)

    class Meta:
        verbose_name = _("Entry")
        verbose_name_plural = _("Entries")
        ordering = ["report_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="unique_entry_of_work_report")]

    def __str__(self) -> str:
        return self.title
