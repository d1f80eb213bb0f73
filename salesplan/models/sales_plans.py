from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import first_of_month, positive
from core.history import tracked
from dealers.models import Dealer
from products.models import Sku
from users.approval_triggers import approval_triggers
from users.models import Owned
from users.visibility import OwnedQuerySet


class SalesPlanQuerySet(OwnedQuerySet):
    def published(self):
        return self.filter(status=SalesPlan.Status.PUBLISHED)

    def of_month(self, month):
        return self.filter(month=month)


@tracked("month", "version", "status", "owner", "unit")
class SalesPlan(Owned):
    """A version of the plan of one month; publishing it supersedes the version published before."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.PUBLISHED)
    CHANGEABLE = (Status.DRAFT,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    month = models.DateField(_("Month"))
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    note = models.TextField(_("Note"), blank=True)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = SalesPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sales plan")
        verbose_name_plural = _("Sales plans")
        ordering = ["-month", "-version", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["month", "version"], name="unique_version_of_sales_plan"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(status="published"), name="one_published_sales_plan_per_month"
            ),
            first_of_month("month", name="sales_plan_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "approved", "published", "superseded"]),
                name="sales_plan_status_is_known",
            ),
        ]
        triggers = approval_triggers("salesplan.salesplan", waiting="submitted", approved=("approved", "published"))

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} V{self.version}"


class SalesPlanLineQuerySet(OwnedQuerySet):
    """A line belongs to the dealer who is to sell the cars."""

    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"

    def published(self):
        return self.filter(plan__status=SalesPlan.Status.PUBLISHED)

    def in_period(self, period):
        return self.filter(plan__month__gte=period.start, plan__month__lt=period.end)


@tracked("dealer", "sku", "quantity")
class SalesPlanLine(models.Model):
    plan = models.ForeignKey(SalesPlan, models.CASCADE, related_name="lines", verbose_name=_("Sales plan"))
    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="plan_lines", verbose_name=_("Dealer"))
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="plan_lines", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("Planned cars"))

    objects = SalesPlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sales plan line")
        verbose_name_plural = _("Sales plan lines")
        ordering = ["plan_id", "dealer_id", "sku_id", "pk"]
        indexes = [models.Index(fields=["dealer", "sku"])]
        constraints = [
            models.UniqueConstraint(fields=["plan", "dealer", "sku"], name="unique_line_of_sales_plan"),
            positive("quantity", name="sales_plan_line_has_cars"),
        ]

    def __str__(self) -> str:
        return f"{self.dealer} · {self.sku} × {self.quantity}"
