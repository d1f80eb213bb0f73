import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.constraints import said_at


class CustomFieldQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CustomFieldQuerySet":
        return self.all() if user.has_perm("core.view_customfield") else self.none()

    def changeable_by(self, user) -> "CustomFieldQuerySet":
        return self.all() if user.has_perm("core.change_customfield") else self.none()


class CustomField(models.Model):
    """A field that the company adds to a kind of record; the values live in the record's ``extra``."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", pgettext_lazy("kind of field", "Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("Choice")
        MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")
        YES_NO = "yes_no", _("Yes or no")

    model_label = models.CharField(_("Kind of record"), max_length=100)
    name = models.CharField(
        _("Name"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Use small letters, digits and _."))],
    )
    label = models.CharField(_("Label"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    choices = models.JSONField(_("Choices"), default=list, blank=True)
    is_required = models.BooleanField(_("Required"), default=False)
    default = models.CharField(_("Default"), max_length=200, blank=True)
    help_text = models.CharField(_("Help"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    is_active = models.BooleanField(_("Active"), default=True)

    objects = CustomFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("Custom field")
        verbose_name_plural = _("Custom fields")
        ordering = ["model_label", "position", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["model_label", "name"], name="one_custom_field_per_name"),
            models.UniqueConstraint(
                fields=["model_label", "label"],
                condition=Q(is_active=True),
                name="one_active_custom_field_per_label",
                violation_error_message=_(
                    "This kind of record has another field with this label. Choose another label."
                ),
                violation_error_code="label",
            ),
            said_at(
                "name",
                _("Use small letters, digits and _."),
                condition=Q(name__regex=r"^[a-z][a-z0-9_]{0,39}$"),
                name="custom_field_name_is_plain",
            ),
        ]
        triggers = [
            # The stored values were written for this kind under this name.
            pgtrigger.ReadOnly(name="keep_kind", fields=["model_label", "name", "kind"]),
        ]

    def __str__(self) -> str:
        return self.label
