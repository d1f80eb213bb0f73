from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ListPreference(models.Model):
    """What a user chose for one list: the columns in his order, the order of the views, the view it opens with."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=80)
    columns = models.JSONField(default=list)
    view_order = models.JSONField(default=list)
    default_view = models.ForeignKey("SavedView", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "list_name"], name="one_preference_per_list")]

    def __str__(self) -> str:
        return self.list_name


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SavedViewQuerySet":
        """One's own, those for everybody, and those that somebody of a unit at or above one's own gave his team."""
        units = user.unit.line if user.unit_id else []
        for_team = Q(audience=SavedView.Audience.TEAM, owner__unit__in=units)
        return self.filter(Q(owner=user) | Q(audience=SavedView.Audience.ALL) | for_team)

    def changeable_by(self, user) -> "SavedViewQuerySet":
        return self.filter(owner=user)


class SavedView(models.Model):
    """A filter, a sorting and columns of a list under a name, for oneself, for one's team or for everybody."""

    class Audience(models.TextChoices):
        PRIVATE = "private", _("Only for me")
        TEAM = "team", _("For my unit and those below")
        ALL = "all", _("For everybody")

    list_name = models.CharField(max_length=80)
    name = models.CharField(_("Name"), max_length=40)
    query = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    audience = models.CharField(_("For whom"), max_length=10, choices=Audience, default=Audience.PRIVATE)
    is_pinned = models.BooleanField(_("Pinned as a tab"), default=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Owner"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("Saved view")
        verbose_name_plural = _("Saved views")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["list_name"], name="saved_views_of_list")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "list_name", "name"], name="one_view_per_name"),
            models.CheckConstraint(condition=Q(audience__in=["private", "team", "all"]), name="view_audience_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The query string that opens it."""
        return f"?{self.query}&view={self.pk}" if self.query else f"?view={self.pk}"


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
        permissions = [
            ("export_rows", "Can export lists"),
            ("see_phones", "Can see phone numbers in full"),
            ("publish_views", "Can save views for everybody"),
        ]

    def __str__(self) -> str:
        return f"{self.list_name} {self.at:%Y-%m-%d}"
