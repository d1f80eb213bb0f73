from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PICTURE = "image/"


class AttachmentQuerySet(models.QuerySet):
    def of(self, *targets: models.Model) -> "AttachmentQuerySet":
        """What hangs on the records now; who may see a record may see these."""
        wanted = Q(pk__in=[])
        for target in targets:
            wanted |= Q(content_type=ContentType.objects.get_for_model(target), object_id=target.pk)
        return self.filter(wanted, hidden_at=None)

    def pictures(self) -> "AttachmentQuerySet":
        return self.filter(media_type__startswith=PICTURE)

    def visible_to(self, user) -> "AttachmentQuerySet":
        """Those on records the user may see; narrow the rows down first, each kind of record costs a query."""
        kinds = self.order_by().values_list("content_type", flat=True).distinct()
        allowed = Q(pk__in=[])
        for kind in ContentType.objects.filter(pk__in=list(kinds)):
            rows = visible_records(kind.model_class(), user)
            if rows is not None:
                allowed |= Q(content_type=kind, object_id__in=rows.values("pk"))
        return self.filter(allowed, hidden_at=None)

    def changeable_by(self, user) -> "AttachmentQuerySet":
        """Only who uploaded a file takes it away again."""
        return self.filter(uploaded_by=user)


class Attachment(models.Model):
    """A file on a record: stored under a random name, never deleted, at most hidden."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    target = GenericForeignKey()
    file = models.FileField(upload_to="attachments", max_length=200)
    original_name = models.CharField(_("Name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("Uploaded at"), auto_now_add=True)
    hidden_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="attachments_of_record")]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("core:attachment_download", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith(PICTURE)


def visible_records(model: type[models.Model] | None, user) -> models.QuerySet | None:
    """The rows of a model that the user may see; None when the model does not say, so nothing hangs on it."""
    manager = getattr(model, "_default_manager", None)
    if manager is None or not hasattr(manager, "visible_to"):
        return None
    if not user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        return None
    return manager.visible_to(user)
