from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month
from core.history import tracked
from products.models import Sku
from salesplan.models.sales_plans import SalesPlan
from users.visibility import ReferenceQuerySet


@tracked("month", "status")
class ProductionPlan(models.Model):
    """The cars to be built for a published sales plan, beyond what stands unsold in the factory's yard."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RELEASED = "released", _("Released")
        COMPLETED = "completed", _("Completed")

    number = models.CharField(_("Number"), max_length=20, unique=True)
    month = models.DateField(_("Month"))
    sales_plan = models.OneToOneField(
        SalesPlan, models.PROTECT, related_name="production_plan", verbose_name=_("Sales plan")
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Production plan")
        verbose_name_plural = _("Production plans")
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(status__in=["draft", "released"]),
                name="one_open_production_plan_per_month",
            ),
            first_of_month("month", name="production_plan_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "released", "completed"]), name="production_plan_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ProductionPlanLineQuerySet(ReferenceQuerySet):
    def unfinished(self):
        return self.filter(produced_count__lt=F("quantity"))


@tracked("quantity", "produced_count")
class ProductionPlanLine(models.Model):
    """``quantity`` = ``demand_count`` - ``stock_count`` at the time of derivation, not below zero."""

    plan = models.ForeignKey(ProductionPlan, models.CASCADE, related_name="lines", verbose_name=_("Production plan"))
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="production_lines", verbose_name=_("SKU"))
    demand_count = models.PositiveIntegerField(_("Planned sales"))
    stock_count = models.PositiveIntegerField(_("Free factory stock"))
    quantity = models.PositiveIntegerField(_("Cars to build"))
    produced_count = models.PositiveIntegerField(_("Built"), default=0)

    objects = ProductionPlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Production plan line")
        verbose_name_plural = _("Production plan lines")
        ordering = ["plan_id", "sku_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "sku"], name="unique_line_of_production_plan"),
            models.CheckConstraint(
                condition=Q(produced_count__lte=F("quantity")), name="never_more_built_than_planned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku} × {self.quantity}"

    @property
    def open_count(self) -> int:
        return self.quantity - self.produced_count
