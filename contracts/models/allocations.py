from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contracts.models.orders import Order, OrderLine
from core.history import append_only, tracked
from inventory.models import Vehicle
from users.models import User
from users.visibility import OwnedQuerySet


class OfOrderQuerySet(OwnedQuerySet):
    owner_field = "order__owner"
    unit_field = "order__unit"


class Delivery(models.Model):
    """A transport of the cars of an order to the buyer."""

    number = models.CharField(_("Number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="deliveries", verbose_name=_("Order"))
    carrier = models.CharField(_("Carrier"), max_length=80, blank=True)
    shipped_on = models.DateField(_("Shipped on"))
    received_on = models.DateField(pgettext_lazy("car", "Received on"), null=True, blank=True)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delivery")
        verbose_name_plural = _("Deliveries")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class AllocationQuerySet(OwnedQuerySet):
    owner_field = "order_line__order__owner"
    unit_field = "order_line__order__unit"

    def live(self):
        return self.filter(status__in=Allocation.LIVE)

    def delivered(self):
        """In the buyer's yard, or sold from there."""
        return self.filter(status__in=(Allocation.Status.RECEIVED, Allocation.Status.RETAILED))


@tracked("status", "vehicle", "order_line", "reserved_until", "damage")
class Allocation(models.Model):
    """A car given to an order line; at most one live allocation per car."""

    class Status(models.TextChoices):
        RESERVED = "reserved", _("Reserved")
        INVOICED = "invoiced", _("Invoiced")
        SHIPPED = "shipped", _("Shipped")
        RECEIVED = "received", _("Received")
        RETAILED = "retailed", _("Retailed")
        CANCELLED = "cancelled", _("Cancelled")
        RETURNED = "returned", _("Returned")

    LIVE = (Status.RESERVED, Status.INVOICED, Status.SHIPPED, Status.RECEIVED, Status.RETAILED)

    WHOLESALED = (Status.INVOICED, Status.SHIPPED, Status.RECEIVED, Status.RETAILED)

    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="allocations", verbose_name=_("Order line"))
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="allocations", verbose_name=_("Vehicle"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.RESERVED)
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name=_("Delivery")
    )
    reserved_until = models.DateField(_("Reserved until"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    damage = models.CharField(_("Transport damage"), max_length=200, blank=True)
    allocated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Allocated by"))
    allocated_at = models.DateTimeField(_("Allocated at"), default=timezone.now)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Allocation")
        verbose_name_plural = _("Allocations")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["order_line", "status"])]
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle"],
                condition=Q(status__in=["reserved", "invoiced", "shipped", "received", "retailed"]),
                name="one_live_allocation_per_vehicle",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["reserved", "invoiced", "shipped", "received", "retailed", "cancelled", "returned"]
                ),
                name="allocation_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.vehicle)


class Invoice(models.Model):
    """The wholesale invoice of one car: who invoices, counts wholesale. A negative row takes it back."""

    number = models.CharField(_("Number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices", verbose_name=_("Order"))
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="invoices", verbose_name=_("Allocation"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=12, decimal_places=2)
    invoiced_on = models.DateField(_("Invoiced on"))

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Invoice")
        verbose_name_plural = _("Invoices")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["invoiced_on"])]
        triggers = [append_only("invoice_append_only")]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation"], condition=Q(amount__gt=0), name="one_invoice_per_allocation"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="invoice_is_about_money"),
        ]

    def __str__(self) -> str:
        return self.number
