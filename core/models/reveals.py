from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import append_only


class RevealLogQuerySet(models.QuerySet):
    def visible_to(self, user) -> "RevealLogQuerySet":
        return self.all() if user.has_perm("core.view_reveallog") else self.none()

    def changeable_by(self, user) -> "RevealLogQuerySet":
        return self.none()


class RevealLog(models.Model):
    """Who had which masked number shown in full, and when. The number itself stands nowhere here."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("By"))
    at = models.DateTimeField(_("At"), auto_now_add=True)
    model_label = models.CharField(_("Kind of record"), max_length=100)
    record_id = models.BigIntegerField(_("Key of the record"))
    column = models.CharField(_("What was shown"), max_length=100)

    objects = RevealLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("Number shown in full")
        verbose_name_plural = _("Numbers shown in full")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("reveal_numbers", "Can have masked numbers shown in full")]
        indexes = [models.Index(fields=["model_label", "record_id"])]
        triggers = [append_only("reveal_log_append_only")]

    def __str__(self) -> str:
        return f"{self.model_label} {self.record_id}"
