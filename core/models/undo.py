from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UndoOfferQuerySet(models.QuerySet):
    def visible_to(self, user) -> "UndoOfferQuerySet":
        return self.filter(by=user)

    def changeable_by(self, user) -> "UndoOfferQuerySet":
        return self.filter(by=user)

    def open(self, now) -> "UndoOfferQuerySet":
        return self.filter(undone_at=None, expires_at__gte=now)


class UndoOffer(models.Model):
    """Something that can be taken back for a while; ``parameters`` tell the handler of its kind what to put back."""

    kind = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("By"))
    message = models.CharField(max_length=200)
    words = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    offered_at = models.DateTimeField(_("Done at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("Can be undone until"))
    undone_at = models.DateTimeField(_("Undone at"), null=True)

    objects = UndoOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("Undo")
        verbose_name_plural = _("Undo")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["by", "-id"], name="undo_offers_of_user")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What was done, in the reader's language: stored as an English msgid with its values beside it."""
        return gettext(self.message) % self.words
