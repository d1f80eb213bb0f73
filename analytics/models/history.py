"""Sales of the years before this system, and of the market, as files brought them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month
from users.visibility import ReferenceQuerySet


class HistorySource(models.Model):
    """Where a history came from. Sources are never added to one another: the market contains the company."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        MARKET = "market", _("Market")

    name = models.CharField(_("Name"), max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.COMPANY)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("History source")
        verbose_name_plural = _("History sources")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["company", "market"]), name="history_source_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class SalesHistory(models.Model):
    """Cars sold in one month; area, maker, model and colour are the words of the file, known here or not."""

    source = models.ForeignKey(HistorySource, models.PROTECT, related_name="rows", verbose_name=_("History source"))
    month = models.DateField(_("Month"))
    area = models.CharField(_("Area"), max_length=60)
    maker = models.CharField(_("Maker"), max_length=60, blank=True)
    model = models.CharField(_("Model"), max_length=60)
    colour = models.CharField(_("Colour"), max_length=40, blank=True)
    price_amount = models.DecimalField(_("Price (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True)
    quantity = models.IntegerField(_("Quantity"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=20, decimal_places=2, null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sales history")
        verbose_name_plural = _("Sales history")
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "month", "area", "model", "maker", "colour", "price_amount"],
                nulls_distinct=False,
                name="one_history_row_per_key",
            ),
            first_of_month("month", name="history_month_is_its_first_day"),
        ]
        indexes = [models.Index(fields=["source", "area", "model", "month"], name="history_of_a_series")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.area} {self.model}"
