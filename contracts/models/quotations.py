from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from customers.models import Customer, Opportunity
from products.models import Sku
from users.models import Owned
from users.visibility import OwnedQuerySet


class QuotationQuerySet(OwnedQuerySet):
    def open(self):
        return self.filter(status__in=(Quotation.Status.DRAFT, Quotation.Status.SENT))


@tracked("status", "total_amount", "owner", "unit")
class Quotation(Binned, Searchable, Owned):
    """Prices offered to a customer until a day; an order can be made from it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        EXPIRED = "expired", _("Expired")

    MAIN_LINE = (Status.DRAFT, Status.SENT, Status.ACCEPTED)
    CHANGEABLE = (Status.DRAFT,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="quotations", verbose_name=_("Customer"))
    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, null=True, blank=True, related_name="quotations", verbose_name=_("Opportunity")
    )
    quoted_on = models.DateField(_("Quoted on"), default=timezone.localdate)
    valid_until = models.DateField(_("Valid until"))
    total_amount = models.DecimalField(_("Total (yuan)"), max_digits=14, decimal_places=2, default=0)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    note = models.TextField(_("Note"), blank=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quotation")
        verbose_name_plural = _("Quotations")
        ordering = ["-pk"]
        indexes = [*search_indexes("quotation"), models.Index(fields=["owner", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "sent", "accepted", "expired"]), name="quotation_status_is_known"
            ),
            models.CheckConstraint(condition=Q(total_amount__gte=0), name="quotation_total_not_negative"),
        ]

    def __str__(self) -> str:
        return self.number


class QuotationLineQuerySet(OwnedQuerySet):
    owner_field = "quotation__owner"
    unit_field = "quotation__unit"


class QuotationLine(models.Model):
    quotation = models.ForeignKey(Quotation, models.CASCADE, related_name="lines", verbose_name=_("Quotation"))
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="+", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("Cars"))
    unit_price_amount = models.DecimalField(_("Unit price (yuan)"), max_digits=12, decimal_places=2)
    amount = models.GeneratedField(
        expression=F("quantity") * F("unit_price_amount"),
        output_field=models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2),
        db_persist=True,
        verbose_name=_("Amount (yuan)"),
    )

    objects = QuotationLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quotation line")
        verbose_name_plural = _("Quotation lines")
        ordering = ["quotation_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="quotation_line_has_cars"),
            models.CheckConstraint(condition=Q(unit_price_amount__gte=0), name="quotation_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} × {self.quantity}"
