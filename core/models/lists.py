from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ListPreference(models.Model):
    """The columns a user chose for one list, in his order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=80)
    columns = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "list_name"], name="one_preference_per_list")]

    def __str__(self) -> str:
        return self.list_name


class ExportLogQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ExportLogQuerySet":
        return self.all() if user.has_perm("core.view_exportlog") else self.none()

    def changeable_by(self, user) -> "ExportLogQuerySet":
        return self.none()


class ExportLog(models.Model):
    """Who took which rows out of the system, and when (PIPL articles 54 and 57)."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("By"))
    at = models.DateTimeField(_("At"), auto_now_add=True)
    list_name = models.CharField(_("List"), max_length=80)
    query = models.TextField(_("Filter"), blank=True)
    columns = models.JSONField(_("Columns"), default=list)
    row_count = models.PositiveIntegerField(_("Rows"))

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("Export")
        verbose_name_plural = _("Exports")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("export_rows", "Can export lists"), ("see_phones", "Can see phone numbers in full")]

    def __str__(self) -> str:
        return f"{self.list_name} {self.at:%Y-%m-%d}"
