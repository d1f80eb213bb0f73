from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self, now: datetime) -> "OutgoingMailQuerySet":
        return self.filter(sent_at=None, next_try_at__lte=now)


class OutgoingMail(models.Model):
    """A letter to be sent: written in the transaction that wants it, sent afterwards, tried again for some hours."""

    address = models.EmailField(_("E-mail"))
    subject = models.CharField(_("Subject"), max_length=200)
    text = models.TextField(_("Text"))
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(_("Sent at"), null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("Outgoing mail")
        verbose_name_plural = _("Outgoing mail")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="mail_waiting")]

    def __str__(self) -> str:
        return self.subject
