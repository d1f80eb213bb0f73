"""The accounts a dealer has with the company: what was posted is never changed, what is there is the sum."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import said_at
from core.history import append_only
from dealers.models.network import Dealer
from users.models import User
from users.visibility import OwnedQuerySet


class AccountEntryQuerySet(OwnedQuerySet):
    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"


class AccountEntry(models.Model):
    """Money to (+) or from (−) one account of a dealer; ``source_key`` makes each cause post once."""

    class Account(models.TextChoices):
        CAR = "car", _("Car account")
        REBATE = "rebate", _("Rebate account")
        PARTS = "parts", _("Parts account")
        DEPOSIT = "deposit", _("Deposit account")

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Receipt")
        REFUND = "refund", _("Refund")
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")
        WRITTEN_OFF = "written_off", _("Written off")
        REBATE = "rebate", _("Rebate taken off")
        CREDITED = "credited", _("Rebate credited")
        CONSUMED = "consumed", _("Rebate consumed")
        CLAWED_BACK = "clawed_back", _("Rebate clawed back")
        PAID_IN = "paid_in", _("Paid in")
        PAID_OUT = "paid_out", _("Paid out")
        CORRECTION = "correction", _("Correction")

    BY_HAND = (Account.PARTS, Account.DEPOSIT)
    KINDS_BY_HAND = (Kind.PAID_IN, Kind.PAID_OUT)

    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="account_entries", verbose_name=_("Dealer"))
    account = models.CharField(_("Account"), max_length=10, choices=Account)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    on = models.DateField(_("Date"))
    source_key = models.CharField(_("Source"), max_length=60, unique=True)
    text = models.CharField(_("Text"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))

    objects = AccountEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Account entry")
        verbose_name_plural = _("Account entries")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["dealer", "account", "on", "id"], include=["amount"], name="entries_of_account")
        ]
        triggers = [append_only("account_entry_append_only")]
        constraints = [
            said_at(
                "amount",
                _("Enter an amount other than zero."),
                condition=~Q(amount=0),
                name="account_entry_is_about_money",
            ),
            models.CheckConstraint(
                condition=Q(account__in=["car", "rebate", "parts", "deposit"]), name="account_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_account_display()} {self.on:%Y-%m-%d} {self.amount}"
