from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.constraints import not_negative, positive
from core.history import tracked
from core.search import Searchable, search_indexes
from dealers.models import ServiceStation
from users.visibility import ReferenceQuerySet


@tracked("price_amount", "handling_percent")
class Part(Searchable):
    class Assembly(models.TextChoices):
        ENGINE = "engine", _("Engine")
        GEARBOX = "gearbox", _("Gearbox")
        STEERING = "steering", _("Steering")
        BRAKES = "brakes", _("Brakes")
        SUSPENSION = "suspension", _("Suspension")
        DRIVELINE = "driveline", _("Driveline")
        EMISSION = "emission", _("Emission control")
        BODY = "body", _("Body")
        ELECTRICS = "electrics", _("Electrics")
        BATTERY = "battery", _("Traction battery")
        MOTOR = "motor", _("Drive motor")
        OTHER = "other", _("Other")

    number = models.CharField(_("Part number"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    assembly = models.CharField(_("Assembly"), max_length=20, choices=Assembly, default=Assembly.OTHER)
    price_amount = models.DecimalField(_("Price (yuan)"), max_digits=12, decimal_places=2)
    handling_percent = models.DecimalField(
        _("Handling surcharge (%)"), max_digits=5, decimal_places=2, default=Decimal(10)
    )
    is_main_part = models.BooleanField(_("Main part"), default=False)
    is_wear_part = models.BooleanField(_("Wear part"), default=False)
    is_special_part = models.BooleanField(_("VIN-coded part"), default=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Part")
        verbose_name_plural = _("Parts")
        ordering = ["number", "pk"]
        indexes = [*search_indexes("part")]
        constraints = [
            not_negative("price_amount", name="part_price_not_negative"),
            not_negative("handling_percent", name="part_handling_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@tracked("standard_hours")
class LabourOperation(Searchable):
    """A piece of work with its standard hours (工时定额)."""

    code = models.CharField(_("Operation code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    standard_hours = models.DecimalField(_("Standard hours"), max_digits=5, decimal_places=2)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Labour operation")
        verbose_name_plural = _("Labour operations")
        ordering = ["code", "pk"]
        indexes = [*search_indexes("labour_operation")]
        constraints = [positive("standard_hours", name="standard_hours_are_positive")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class LabourRateQuerySet(ReferenceQuerySet):
    def valid_on(self, day: date, station_class: str):
        """The latest rate of the class that had begun by the day, first."""
        return self.filter(station_class=station_class, valid_from__lte=day).order_by("-valid_from")


@tracked("station_class", "amount", "valid_from")
class LabourRate(models.Model):
    """Yuan per hour of a class of stations, in force until the next one begins."""

    station_class = models.CharField(_("Station class"), max_length=1, choices=ServiceStation.StationClass)
    amount = models.DecimalField(_("Amount per hour (yuan)"), max_digits=8, decimal_places=2)
    valid_from = models.DateField(_("Valid from"))

    objects = LabourRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Labour rate")
        verbose_name_plural = _("Labour rates")
        ordering = ["station_class", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["station_class", "valid_from"], name="one_labour_rate_per_class_and_day"),
            positive("amount", name="labour_rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_station_class_display()} {self.valid_from:%Y-%m-%d}"
