"""The product hierarchy: brand, series, model, configuration, colour, SKU. Only a SKU can be ordered."""

from django.db import models
from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Greatest, Least, Now, TruncDate
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _

from core.models import Attachment
from core.search import Searchable, search_indexes
from users.visibility import ReferenceQuerySet


class SaleState(models.TextChoices):
    COMING = "coming", _("Not launched yet")
    ON_SALE = "on_sale", _("On sale")
    ENDED = "ended", _("Sale ended")


def _sale_state(series: str, *below: str) -> Case:
    """Between the latest launch and the earliest end of sale of all levels; both days belong to the sale."""
    today = TruncDate(Now())
    launch = Greatest(f"{series}launched_on", *(f"{level}launched_on" for level in below))
    end = Least(f"{series}ended_on", *(f"{level}end_of_sale_on" for level in below))
    return Case(
        When(GreaterThan(launch, today), then=Value(SaleState.COMING)),
        When(LessThan(end, today), then=Value(SaleState.ENDED)),
        default=Value(SaleState.ON_SALE),
        output_field=CharField(choices=SaleState.choices),
    )


MODEL_SALE_STATE = _sale_state("series__", "")
CONFIGURATION_SALE_STATE = _sale_state("vehicle_model__series__", "vehicle_model__", "")
SKU_SALE_STATE = _sale_state(
    "configuration__vehicle_model__series__", "configuration__vehicle_model__", "configuration__"
)


class Brand(models.Model):
    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=40)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Brand")
        verbose_name_plural = _("Brands")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="series", verbose_name=_("Brand"))
    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=40)
    body = models.CharField(_("Body"), max_length=40, blank=True)
    launched_on = models.DateField(_("Launched on"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    main_picture = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Main picture")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Series")
        verbose_name_plural = _("Series")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class VehicleModel(models.Model):
    """The announcement model (公告型号) that stands on certificate and invoice; the sales name differs from it."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="models", verbose_name=_("Series"))
    code = models.CharField(_("Announcement model"), max_length=30, unique=True)
    sales_name = models.CharField(_("Sales name"), max_length=60)
    launched_on = models.DateField(_("Launched on"), null=True, blank=True)
    end_of_sale_on = models.DateField(_("End of sale"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("Predecessor")
    )
    main_picture = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Main picture")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Model")
        verbose_name_plural = _("Models")
        ordering = ["code", "pk"]

    def __str__(self) -> str:
        return f"{self.sales_name} {self.code}"


class Configuration(models.Model):
    vehicle_model = models.ForeignKey(
        VehicleModel, models.PROTECT, related_name="configurations", verbose_name=_("Model")
    )
    code = models.CharField(_("Code"), max_length=30)
    name = models.CharField(_("Name"), max_length=80)
    model_year = models.PositiveSmallIntegerField(_("Model year"))
    engine = models.CharField(_("Engine"), max_length=40, blank=True)
    gearbox = models.CharField(_("Gearbox"), max_length=40, blank=True)
    emission_standard = models.CharField(_("Emission standard"), max_length=20, blank=True)
    launched_on = models.DateField(_("Launched on"), null=True, blank=True)
    end_of_sale_on = models.DateField(_("End of sale"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("Predecessor")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Configuration")
        verbose_name_plural = _("Configurations")
        ordering = ["vehicle_model__code", "-model_year", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["vehicle_model", "model_year", "code"], name="unique_configuration")
        ]

    def __str__(self) -> str:
        return self.name


class Colour(models.Model):
    class Kind(models.TextChoices):
        EXTERIOR = "exterior", _("Exterior")
        INTERIOR = "interior", _("Interior")

    code = models.CharField(_("Code"), max_length=10, unique=True)
    name = models.CharField(_("Name"), max_length=30)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Colour")
        verbose_name_plural = _("Colours")
        ordering = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class SkuQuerySet(ReferenceQuerySet):
    def orderable(self):
        return self.filter(is_orderable=True)

    def on_sale(self):
        return self.alias(sale_state=SKU_SALE_STATE).filter(sale_state=SaleState.ON_SALE)


class Sku(Searchable):
    """Model x configuration x exterior x interior colour (整车物料): what orders, plans and stock count."""

    code = models.CharField(_("SKU"), max_length=40, unique=True)
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, related_name="skus", verbose_name=_("Configuration")
    )
    exterior = models.ForeignKey(Colour, models.PROTECT, related_name="+", verbose_name=_("Exterior colour"))
    interior = models.ForeignKey(Colour, models.PROTECT, related_name="+", verbose_name=_("Interior colour"))
    name = models.CharField(_("Name"), max_length=120)
    is_orderable = models.BooleanField(_("Can be ordered"), default=True)

    objects = SkuQuerySet.as_manager()

    class Meta:
        verbose_name = _("SKU")
        verbose_name_plural = _("SKUs")
        ordering = ["code", "pk"]
        indexes = [*search_indexes("sku")]
        constraints = [models.UniqueConstraint(fields=["configuration", "exterior", "interior"], name="unique_sku")]

    def __str__(self) -> str:
        return self.name
