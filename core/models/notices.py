from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user) -> "NoticeQuerySet":
        return self.filter(user=user)

    def changeable_by(self, user) -> "NoticeQuerySet":
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """A sentence for one user that leads to a page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    message = models.CharField(max_length=300)
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField(_("Sent at"), auto_now_add=True)
    read_at = models.DateTimeField(_("Read at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="unread_notices"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """In the reader's language: the message is stored as an English msgid with its values beside it."""
        return gettext(self.message) % self.parameters
