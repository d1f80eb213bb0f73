from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.orders import Order
from core.history import append_only, tracked
from customers.models import Customer
from dealers.models import Dealer
from users.models import Unit, User
from users.visibility import OwnedQuerySet


class ReceivableQuerySet(OwnedQuerySet):
    owner_field = "order__owner"

    def open(self):
        return self.filter(outstanding_amount__gt=0)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)


@tracked("amount", "received_amount", "due_on", "unit")
class Receivable(models.Model):
    """What the buyer of an order owes: the sum of its entries, less the receipts."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="receivable", verbose_name=_("Order"))
    buyer_dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="receivables", verbose_name=_("Buying dealer")
    )
    buyer_customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="receivables",
        verbose_name=_("Key account buying direct"),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    received_amount = models.DecimalField(_("Received (yuan)"), max_digits=14, decimal_places=2, default=0)
    outstanding_amount = models.GeneratedField(
        expression=F("amount") - F("received_amount"),
        output_field=models.DecimalField(_("Outstanding (yuan)"), max_digits=14, decimal_places=2),
        db_persist=True,
        verbose_name=_("Outstanding (yuan)"),
    )
    opened_on = models.DateField(_("Opened on"))
    due_on = models.DateField(_("Due on"))

    objects = ReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receivable")
        verbose_name_plural = _("Receivables")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(outstanding_amount__gt=0), name="receivable_open_by_due_day"),
            models.Index(fields=["unit", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_amount__gte=0, received_amount__lte=F("amount")),
                name="received_is_between_nothing_and_all",
            ),
            models.CheckConstraint(
                condition=Q(buyer_dealer__isnull=False, buyer_customer=None)
                | Q(buyer_dealer=None, buyer_customer__isnull=False),
                name="receivable_has_one_debtor",
            ),
        ]

    def __str__(self) -> str:
        return str(self.order)

    @property
    def buyer(self) -> Dealer | Customer:
        return self.buyer_dealer or self.buyer_customer


class OfReceivableQuerySet(OwnedQuerySet):
    owner_field = "receivable__order__owner"
    unit_field = "receivable__unit"


class ReceivableEntry(models.Model):
    """Why a receivable has its amount: opened by the approval, taken back by a negative row."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Order approved")
        CANCELLED = "cancelled", _("Order cancelled")

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="entries", verbose_name=_("Receivable"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    on = models.DateField(_("Date"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))

    objects = OfReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receivable entry")
        verbose_name_plural = _("Receivable entries")
        ordering = ["-pk"]
        triggers = [append_only("receivable_entry_append_only")]
        constraints = [models.UniqueConstraint(fields=["receivable", "kind"], name="receivable_entry_of_a_kind_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Receipt(models.Model):
    """Money that came in. The bank's reference makes each entry happen once."""

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer")
        ACCEPTANCE = "acceptance", _("Bank acceptance")
        CASH = "cash", _("Cash")

    number = models.CharField(_("Number"), max_length=20, unique=True)
    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="receipts", verbose_name=_("Receivable"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    received_on = models.DateField(_("Received on"))
    method = models.CharField(_("Method"), max_length=20, choices=Method, default=Method.TRANSFER)
    reference = models.CharField(_("Bank reference"), max_length=60, unique=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Entered by"))

    objects = OfReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receipt")
        verbose_name_plural = _("Receipts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["received_on"])]
        triggers = [append_only("receipt_append_only")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="receipt_is_positive",
                violation_error_message=_("Enter an amount above zero."),
            )
        ]

    def __str__(self) -> str:
        return self.number
