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

    def of(self, payer: Dealer | Customer):
        return self.filter(**{"buyer_dealer" if isinstance(payer, Dealer) else "buyer_customer": payer})

    def oldest_first(self):
        return self.open().order_by("opened_on", "pk")

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
            models.Index(
                fields=["buyer_dealer", "opened_on"], condition=Q(outstanding_amount__gt=0), name="open_of_dealer"
            ),
            models.Index(
                fields=["buyer_customer", "opened_on"], condition=Q(outstanding_amount__gt=0), name="open_of_customer"
            ),
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
    """Why a receivable has its amount: opened by the approval, lowered by negative rows.

    ``GOODS`` follow the cars; what the other kinds take off is no longer asked for although the cars were invoiced.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("Order approved")
        CHANGED = "changed", _("Order changed")
        CANCELLED = "cancelled", _("Order cancelled")
        RETURNED = "returned", _("Cars returned")
        REBATE = "rebate", _("Rebate taken off")
        WRITTEN_OFF = "written_off", _("Written off")

    GOODS = (Kind.OPENED, Kind.CHANGED, Kind.CANCELLED, Kind.RETURNED)

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="entries", verbose_name=_("Receivable"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    on = models.DateField(_("Date"))
    text = models.CharField(_("Reason"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))

    objects = OfReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receivable entry")
        verbose_name_plural = _("Receivable entries")
        ordering = ["-pk"]
        triggers = [append_only("receivable_entry_append_only")]
        constraints = [
            models.UniqueConstraint(
                fields=["receivable", "kind"],
                condition=Q(kind__in=["opened", "cancelled"]),
                name="receivable_opened_and_cancelled_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="receivable_entry_is_about_money"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
