from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before
from core.history import tracked
from dealers.models import Dealer
from products.models import Configuration, Price, Series
from users.models import Unit
from users.visibility import ReferenceQuerySet


class PriceConditionQuerySet(ReferenceQuerySet):
    def in_force(self, day: date):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


@tracked("kind", "price_kind", "region", "dealer_level", "percent", "amount", "valid_from", "valid_until")
class PriceCondition(models.Model):
    """What comes off the price list: for a region, for dealers of a level, or as a promotion; the last day counts.

    A surcharge (加急费) is added instead, to urgent orders only.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("Region price")
        LEVEL = "level", _("Dealer level price")
        PROMOTION = "promotion", _("Promotion")
        SURCHARGE = "surcharge", _("Urgent surcharge")

    PRICE_KINDS = [(kind.value, kind.label) for kind in (Price.Kind.WHOLESALE, Price.Kind.GUIDE)]

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    name = models.CharField(_("Name"), max_length=60)
    price_kind = models.CharField(_("Price"), max_length=10, choices=PRICE_KINDS, default=Price.Kind.WHOLESALE)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Series")
    )
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Configuration")
    )
    region = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Region"))
    dealer_level = models.CharField(_("Dealer level"), max_length=1, choices=Dealer.Level, blank=True)
    valid_from = models.DateField(_("First day"))
    valid_until = models.DateField(_("Last day"), null=True, blank=True)
    percent = models.DecimalField(
        _("Percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    amount = models.DecimalField(_("Yuan per car"), max_digits=12, decimal_places=2, null=True, blank=True)
    is_combinable = models.BooleanField(_("Combinable"), default=True)

    objects = PriceConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Price condition")
        verbose_name_plural = _("Price conditions")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=False, percent__gt=0, percent__lte=100, amount=None)
                | Q(amount__isnull=False, amount__gt=0, percent=None),
                name="condition_is_in_percent_or_yuan",
                violation_error_message=_("Enter either percent or yuan."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="region") | Q(region__isnull=False),
                name="region_price_names_its_region",
                violation_error_message=_("Name the region of a region price."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="level") | ~Q(dealer_level=""),
                name="level_price_names_its_level",
                violation_error_message=_("Name the dealer level of a level price."),
            ),
            models.CheckConstraint(
                condition=Q(series=None) | Q(configuration=None),
                name="condition_is_for_series_or_configuration",
                violation_error_message=_("Choose a series or a configuration, not both."),
            ),
            not_before("valid_until", "valid_from", name="condition_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["region", "level", "promotion", "surcharge"], price_kind__in=["wholesale", "guide"]
                ),
                name="condition_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
