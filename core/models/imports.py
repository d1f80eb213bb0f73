from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models.jobs import Job


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ImportBatchQuerySet":
        """One's own: a file and its error report hold rows that others may not see."""
        return self.filter(by=user)

    def changeable_by(self, user) -> "ImportBatchQuerySet":
        return self.filter(by=user)


class ImportBatch(models.Model):
    """One file on its way in: uploaded, mapped and checked, then imported by a job."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        PREVIEWED = "previewed", _("Checked")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    importer = models.CharField(max_length=60)
    file = models.FileField(upload_to="imports", max_length=200)
    original_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.UPLOADED)
    report = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Uploaded at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("Finished at"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["importer", "sha256"], name="imports_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["uploaded", "previewed", "running", "done", "failed"]),
                name="import_status_known",
            )
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("imports:batch", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """It may be mapped anew and started: also when its job was cancelled or broke off."""
        if self.status == self.Status.RUNNING:
            return self.job is not None and not self.job.is_live
        return self.status != self.Status.DONE
