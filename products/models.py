"""The product hierarchy: brand, series, model, configuration, colour, SKU. Only a SKU can be ordered."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.ranges import DateRange
from core.search import Searchable, search_indexes
from users.visibility import ReferenceQuerySet


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


class PriceQuerySet(ReferenceQuerySet):
    """Cost prices exist only for those who may see them: the rows are withheld, not a column."""

    def visible_to(self, user):
        return super().visible_to(user)._without_hidden_costs(user)

    def changeable_by(self, user):
        return super().changeable_by(user)._without_hidden_costs(user)

    def _without_hidden_costs(self, user):
        return self if user.has_perm("products.see_cost_price") else self.exclude(kind=Price.Kind.COST)

    def valid_on(self, day: date):
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


@tracked("kind", "valid_from", "valid_until", "amount")
class Price(models.Model):
    """A dated price of a configuration in yuan; ``valid_until`` is the first day it no longer holds."""

    class Kind(models.TextChoices):
        GUIDE = "guide", _("Guide price")
        WHOLESALE = "wholesale", _("Wholesale price")
        COST = "cost", _("Cost price")

    configuration = models.ForeignKey(
        Configuration, models.PROTECT, related_name="prices", verbose_name=_("Configuration")
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=12, decimal_places=2)

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Price")
        verbose_name_plural = _("Prices")
        permissions = [("see_cost_price", "Can see cost prices")]
        ordering = ["configuration_id", "kind", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="price_is_positive"),
            models.CheckConstraint(condition=Q(kind__in=["guide", "wholesale", "cost"]), name="price_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="price_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="prices_do_not_overlap",
                expressions=[
                    ("configuration", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @classmethod
    def kinds_seen_by(cls, user) -> list[tuple[str, str]]:
        hidden = () if user.has_perm("products.see_cost_price") else (cls.Kind.COST,)
        return [(value, label) for value, label in cls.Kind.choices if value not in hidden]


class CompetitorModel(models.Model):
    maker = models.CharField(_("Maker"), max_length=60)
    name = models.CharField(_("Name"), max_length=60)
    guide_price_amount = models.DecimalField(
        _("Guide price (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    rival_of = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="rivals", verbose_name=_("Rival of")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Competitor model")
        verbose_name_plural = _("Competitor models")
        ordering = ["maker", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["maker", "name"], name="unique_competitor_model")]

    def __str__(self) -> str:
        return f"{self.maker} {self.name}"
