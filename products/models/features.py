"""The specification sheet: what cars, ours and competitors', measure and have on board, and what may be added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_negative
from core.history import tracked
from products.models.catalogue import Configuration
from products.models.competitors import CompetitorModel
from users.visibility import ReferenceQuerySet


class Feature(models.Model):
    """One line of the sheet: a measure with its unit, or equipment that is there or not."""

    class Group(models.TextChoices):
        DIMENSIONS = "dimensions", _("Dimensions and weight")
        ENGINE = "engine", _("Engine and gearbox")
        CHASSIS = "chassis", _("Chassis")
        SAFETY = "safety", _("Safety")
        COMFORT = "comfort", _("Comfort")
        EXTERIOR = "exterior", _("Exterior")

    class Kind(models.TextChoices):
        MEASURE = "measure", _("Measure or text")
        EQUIPMENT = "equipment", _("Equipment")

    group = models.CharField(_("Group"), max_length=20, choices=Group)
    name = models.CharField(_("Name"), max_length=60, unique=True)
    measure = models.CharField(_("Unit of measure"), max_length=20, blank=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.MEASURE)
    position = models.PositiveSmallIntegerField(_("Position"), default=100)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Feature")
        verbose_name_plural = _("Features")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Availability(models.TextChoices):
    STANDARD = "standard", _("● standard")
    OPTIONAL = "optional", _("○ optional")
    ABSENT = "absent", _("– not available")


class FeatureValueQuerySet(ReferenceQuerySet):
    def of(self, *subjects: Configuration | CompetitorModel):
        ours = [one.pk for one in subjects if isinstance(one, Configuration)]
        theirs = [one.pk for one in subjects if isinstance(one, CompetitorModel)]
        return self.filter(Q(configuration__in=ours) | Q(competitor_model__in=theirs))


class FeatureValue(models.Model):
    """What a configuration or a competitor's model has of one feature."""

    feature = models.ForeignKey(Feature, models.PROTECT, related_name="values", verbose_name=_("Feature"))
    configuration = models.ForeignKey(
        Configuration, models.CASCADE, null=True, blank=True, related_name="feature_values"
    )
    competitor_model = models.ForeignKey(
        CompetitorModel, models.CASCADE, null=True, blank=True, related_name="feature_values"
    )
    availability = models.CharField(max_length=10, choices=Availability, blank=True)
    text = models.CharField(max_length=60, blank=True)

    objects = FeatureValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("Feature of a car")
        verbose_name_plural = _("Features of cars")
        ordering = ["feature", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(configuration=None, competitor_model__isnull=False)
                | Q(configuration__isnull=False, competitor_model=None),
                name="feature_value_has_one_subject",
            ),
            models.CheckConstraint(condition=~Q(availability="", text=""), name="feature_value_says_something"),
            models.UniqueConstraint(fields=["feature", "configuration"], name="one_value_per_configuration"),
            models.UniqueConstraint(fields=["feature", "competitor_model"], name="one_value_per_competitor"),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The sign of the availability, and the text where there is one."""
        sign = Availability(self.availability).label.split()[0] if self.availability else ""
        return f"{sign} {self.text}".strip()


@tracked("price_amount", "is_offered")
class Option(models.Model):
    """What may be ordered on top of a configuration (选装), at its own price."""

    configuration = models.ForeignKey(
        Configuration, models.PROTECT, related_name="options", verbose_name=_("Configuration")
    )
    name = models.CharField(_("Name"), max_length=60)
    feature = models.ForeignKey(
        Feature, models.PROTECT, null=True, blank=True, related_name="options", verbose_name=_("Feature")
    )
    price_amount = models.DecimalField(_("Guide price (yuan)"), max_digits=10, decimal_places=2)
    is_offered = models.BooleanField(_("Offered"), default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Option")
        verbose_name_plural = _("Options")
        ordering = ["configuration", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["configuration", "name"], name="unique_option"),
            not_negative("price_amount", name="option_price_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name
