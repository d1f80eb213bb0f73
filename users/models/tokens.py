from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from users.models.people import User


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ApiTokenQuerySet":
        return self.filter(user=user)

    def changeable_by(self, user) -> "ApiTokenQuerySet":
        return self.filter(user=user, revoked_at=None)

    def valid(self) -> "ApiTokenQuerySet":
        return self.filter(revoked_at=None, user__is_active=True)


@tracked("user", "name", "revoked_at")
class ApiToken(models.Model):
    """Lets another program act as a person; only a digest is kept, so nobody can read a token later."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name=_("User"))
    name = models.CharField(_("Name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    last_used_on = models.DateField(_("Last used on"), null=True)
    revoked_at = models.DateTimeField(_("Revoked at"), null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("use_api", "Can use the API")]

    def __str__(self) -> str:
        return self.name
