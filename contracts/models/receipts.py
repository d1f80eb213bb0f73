"""Money that came in, what it was used for, and what went back."""

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.receivables import OfReceivableQuerySet, Receivable
from core.constraints import positive
from core.history import append_only
from customers.models import Customer
from dealers.models import Dealer
from users.access import Scope
from users.models import Unit, User
from users.visibility import OwnedQuerySet


class ReceiptQuerySet(OwnedQuerySet):
    def prepaid(self):
        """Not used up yet: the rest is a prepayment."""
        return self.filter(prepaid_amount__gt=0)

    def _condition(self, user, scope: Scope) -> Q:
        """One's own are those that paid for one's orders."""
        if scope is Scope.OWN:
            return Q(Exists(Settlement.objects.filter(receipt=OuterRef("pk"), receivable__order__owner=user.pk)))
        return super()._condition(user, scope)


class Receipt(models.Model):
    """Money of a payer. The bank's reference makes each entry happen once; only ``used_amount`` ever changes."""

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer")
        ACCEPTANCE = "acceptance", _("Bank acceptance")
        CASH = "cash", _("Cash")

    number = models.CharField(_("Number"), max_length=20, unique=True)
    payer_dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name=_("Paying dealer")
    )
    payer_customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name=_("Paying key account")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    used_amount = models.DecimalField(_("Used (yuan)"), max_digits=14, decimal_places=2, default=0)
    prepaid_amount = models.GeneratedField(
        expression=F("amount") - F("used_amount"),
        output_field=models.DecimalField(_("Prepayment left (yuan)"), max_digits=14, decimal_places=2),
        db_persist=True,
        verbose_name=_("Prepayment left (yuan)"),
    )
    received_on = models.DateField(_("Received on"))
    method = models.CharField(_("Method"), max_length=20, choices=Method, default=Method.TRANSFER)
    reference = models.CharField(_("Bank reference"), max_length=60, unique=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Entered by"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receipt")
        verbose_name_plural = _("Receipts")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["received_on"]),
            models.Index(fields=["unit", "-id"]),
            models.Index(fields=["payer_dealer", "received_on"]),
            models.Index(fields=["payer_customer", "received_on"]),
            models.Index(fields=["payer_dealer"], condition=Q(prepaid_amount__gt=0), name="prepaid_by_dealer"),
            models.Index(fields=["payer_customer"], condition=Q(prepaid_amount__gt=0), name="prepaid_by_customer"),
        ]
        triggers = [
            pgtrigger.Protect(name="receipt_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="receipt_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["used_amount", "prepaid_amount"]),
            ),
        ]
        constraints = [
            positive("amount", name="receipt_is_positive"),
            models.CheckConstraint(
                condition=Q(used_amount__gte=0, used_amount__lte=F("amount")), name="used_is_between_nothing_and_all"
            ),
            models.CheckConstraint(
                condition=Q(payer_dealer__isnull=False, payer_customer=None)
                | Q(payer_dealer=None, payer_customer__isnull=False),
                name="receipt_has_one_payer",
                violation_error_message=_("Name one payer: the dealer or the key account."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def payer(self) -> Dealer | Customer:
        return self.payer_dealer or self.payer_customer.merged_into or self.payer_customer


class Settlement(models.Model):
    """A part of a receipt that pays a receivable; a negative row gives it back to the prepayment."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="settlements", verbose_name=_("Receipt"))
    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="settlements", verbose_name=_("Receivable"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    on = models.DateField(_("Date"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))

    objects = OfReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("Settlement")
        verbose_name_plural = _("Settlements")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["on"])]
        triggers = [append_only("settlement_append_only")]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="settlement_is_about_money")]

    def __str__(self) -> str:
        return f"{self.receipt} → {self.receivable}"


class OfReceiptQuerySet(OwnedQuerySet):
    unit_field = "receipt__unit"

    def _condition(self, user, scope: Scope) -> Q:
        if scope is Scope.OWN:
            paid = Settlement.objects.filter(receipt=OuterRef("receipt"), receivable__order__owner=user.pk)
            return Q(Exists(paid))
        return super()._condition(user, scope)


class Refund(models.Model):
    """Prepaid money that goes back the way it came (原路退回)."""

    number = models.CharField(_("Number"), max_length=20, unique=True)
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="refunds", verbose_name=_("Receipt"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    refunded_on = models.DateField(_("Refunded on"))
    reference = models.CharField(_("Bank reference"), max_length=60, unique=True)
    reason = models.CharField(_("Reason"), max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Entered by"))

    objects = OfReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("Refund")
        verbose_name_plural = _("Refunds")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["refunded_on"])]
        triggers = [append_only("refund_append_only")]
        constraints = [positive("amount", name="refund_is_positive")]

    def __str__(self) -> str:
        return self.number
