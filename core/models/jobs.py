from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

RESULT_KEPT = timedelta(days=7)
KIND_LABELS = {
    "export": gettext_noop("Export"),
    "bulk": gettext_noop("Work on many records"),
    "import": gettext_noop("Import"),
    "nightly": gettext_noop("Nightly work"),
}


class JobQuerySet(models.QuerySet):
    def visible_to(self, user) -> "JobQuerySet":
        """One's own jobs; those nobody started (the nightly work) are for who may view all jobs."""
        own = Q(owner=user)
        return self.filter(own | Q(owner=None) if user.has_perm("core.view_job") else own)

    def changeable_by(self, user) -> "JobQuerySet":
        return self.filter(owner=user)

    def live(self) -> "JobQuerySet":
        return self.filter(status__in=(Job.Status.QUEUED, Job.Status.RUNNING))


class Job(models.Model):
    """One piece of background work: who asked for it, how far it is, what came out."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("Kind"), max_length=60)
    key = models.CharField(max_length=120, blank=True, help_text=_("Work with the same kind and key is done once."))
    task = models.CharField(max_length=200)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    business_date = models.DateField(_("Business date"), null=True)
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    message = models.TextField(_("Message"), blank=True)
    result = models.FileField(upload_to="jobs", max_length=200, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("Asked for at"), auto_now_add=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(_("Started at"), null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("Finished at"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("Job")
        verbose_name_plural = _("Jobs")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="one_job_per_key"),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running", "done", "failed", "cancelled"]), name="job_status_known"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="jobs_of_owner"),
            models.Index(fields=["heartbeat_at"], condition=Q(status__in=["queued", "running"]), name="live_jobs"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("core:job_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The title is stored as an English msgid and read in the reader's language."""
        return gettext(self.title or KIND_LABELS.get(self.kind, self.kind))

    @property
    def is_live(self) -> bool:
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def percent(self) -> int:
        return min(100, self.progress_done * 100 // self.progress_total) if self.progress_total else 0

    @property
    def result_until(self):
        return self.finished_at + RESULT_KEPT if self.finished_at else None
