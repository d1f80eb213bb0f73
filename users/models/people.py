"""People and the tree of units they belong to."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.constraints import said_at
from core.history import tracked
from users.access import Scope, scope_of
from users.visibility import OwnedQuerySet, UnitQuerySet, UserQuerySet


@tracked("path")
class Unit(models.Model):
    """A node of the sales organisation. ``path`` lists the keys from the root: /1/4/9/."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Headquarters")
        REGION = "region", _("Region")
        DEALER = "dealer", _("Dealer")
        STATION = "station", _("Service station")

    name = models.CharField(_("Name"), max_length=80)
    code = models.CharField(_("Code"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Above")
    )
    path = models.CharField(max_length=200, editable=False, unique=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Unit")
        verbose_name_plural = _("Units")
        ordering = ["path", "pk"]
        indexes = [models.Index(fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="headquarters"),
                name="one_headquarters",
                violation_error_message=_("There is one headquarters already. Choose another kind."),
                violation_error_code="kind",
            ),
            said_at(
                "parent",
                _("Choose the unit above; only the headquarters has none."),
                condition=Q(kind="headquarters", parent=None) | (~Q(kind="headquarters") & Q(parent__isnull=False)),
                name="only_headquarters_has_nothing_above",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> list[int]:
        """The keys of the headquarters, of each unit below it that leads here, and of this one."""
        return [int(key) for key in self.path.strip("/").split("/")]

    def contains(self, other: "Unit") -> bool:
        return other.path.startswith(self.path)


def region_path(path: str) -> str:
    """ "/1/4/" of "/1/4/9/": the second level of the tree holds the regions; who sits above them is among all."""
    return "/".join(path.rstrip("/").split("/")[:3]) + "/"


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    pass


@dataclass(frozen=True)
class Rights:
    roles: frozenset[str]
    permissions: frozenset[str]


@tracked("username", "name", "unit", "is_active")
class User(AbstractUser):
    class Theme(models.TextChoices):
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    first_name = last_name = None
    name = models.CharField(_("Name"), max_length=50)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="people", verbose_name=_("Unit"))
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans"
    )
    wants_mail = models.BooleanField(_("Reminders by e-mail too"), default=True)
    theme = models.CharField(_("Theme"), max_length=10, choices=Theme, default=Theme.LIGHT)

    groups = models.ManyToManyField(
        Group,
        through="Membership",
        related_name="user_set",
        related_query_name="user",
        blank=True,
        verbose_name=_("Roles"),
    )

    objects = PeopleManager()

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def rights(self) -> "Rights":
        """Roles and what they permit, asked once per request."""
        rows = self.groups.values_list("name", "permissions__content_type__app_label", "permissions__codename")
        rows = list(rows.order_by())
        permitted = frozenset(f"{app}.{codename}" for _name, app, codename in rows if codename)
        return Rights(frozenset(name for name, _app, _codename in rows), permitted)

    @property
    def role_names(self) -> frozenset[str]:
        """The keys of this person's roles."""
        return self.rights.roles

    def scope_of(self, model: type[models.Model], verb: str = "view") -> Scope | None:
        """The widest scope that any role of an active person gives over the rows of a model; None gives no row."""
        return scope_of(self.role_names, model._meta.label_lower, verb) if self.is_active else None


@tracked("user", "group")
class Membership(models.Model):
    """Who holds which role; its history says who held it and since when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("User"))
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", verbose_name=_("Role"))

    class Meta:
        verbose_name = _("Role of a user")
        verbose_name_plural = _("Roles of users")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="role_is_held_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.group}"


class Owned(models.Model):
    """A row that belongs to a person and to a unit; without an owner it is unassigned."""

    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Owner"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
