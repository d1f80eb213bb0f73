from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.quotations import Quotation
from contracts.rules import LARGEST_DEPOSIT_PERCENT
from core.constraints import not_before, not_negative, within
from core.history import tracked
from core.search import Searchable, search_indexes
from customers.models import Customer
from dealers.models import Dealer
from users.approval_triggers import approval_triggers
from users.models import Owned
from users.visibility import OwnedQuerySet


class ContractQuerySet(OwnedQuerySet):
    def in_force(self):
        return self.filter(status__in=Contract.IN_FORCE)

    def covering(self, day):
        """In force on that day; the last day belongs to the contract."""
        return self.in_force().filter(starts_on__lte=day, ends_on__gte=day)

    def to_be_renewed(self, today):
        """In force, about to end, and nobody has been reminded of it."""
        last = today + Contract.RENEWED_BEFORE
        return self.in_force().filter(ends_on__gte=today, ends_on__lte=last, reminded_on=None)


@tracked("status", "agreed_amount", "agreed_count", "starts_on", "ends_on", "owner", "unit")
class Contract(Searchable, Owned):
    """What a dealer or a key account agreed to buy in a period; orders are placed under it."""

    class Kind(models.TextChoices):
        ANNUAL_DEALER = "annual_dealer", _("Annual dealer contract")
        KEY_ACCOUNT_FRAME = "key_account_frame", _("Key account frame contract")
        SINGLE_SALE = "single_sale", _("Single sale")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SIGNED = "signed", _("Signed")
        FULFILLING = "fulfilling", _("In fulfilment")
        COMPLETED = "completed", _("Completed")
        SUSPENDED = "suspended", _("Suspended")
        TERMINATED = "terminated", _("Terminated")
        VOID = "void", _("Void")

    IN_FORCE = (Status.SIGNED, Status.FULFILLING)
    KEEPS_WON = (*IN_FORCE, Status.SUSPENDED, Status.COMPLETED)
    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.SIGNED, Status.FULFILLING, Status.COMPLETED)
    RENEWED_BEFORE = timedelta(days=60)
    CHANGEABLE = (Status.DRAFT,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name=_("Dealer")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name=_("Customer")
    )
    quotation = models.OneToOneField(
        Quotation, models.PROTECT, null=True, blank=True, related_name="contract", verbose_name=_("Quotation")
    )
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    agreed_count = models.PositiveIntegerField(_("Agreed cars"), default=0)
    agreed_amount = models.DecimalField(_("Agreed amount (yuan)"), max_digits=14, decimal_places=2, default=0)
    deposit_percent = models.DecimalField(
        _("Deposit (%)"),
        max_digits=4,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(LARGEST_DEPOSIT_PERCENT)],
        help_text=_("At most 20 % of the price: what is above that is no deposit by law (Civil Code, article 586)."),
    )
    deposit_days = models.PositiveSmallIntegerField(_("Deposit due after (days)"), default=3)
    payment_days = models.PositiveSmallIntegerField(_("Payment term (days)"), default=30)
    instalment_count = models.PositiveSmallIntegerField(
        _("Instalments"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Equal parts of the balance: the first at the end of the payment term, the others a month apart."),
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    reminded_on = models.DateField(_("Reminded of renewal on"), null=True, blank=True, editable=False)
    note = models.TextField(_("Note"), blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contract")
        verbose_name_plural = _("Contracts")
        ordering = ["-pk"]
        indexes = [*search_indexes("contract"), models.Index(fields=["dealer", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(dealer__isnull=False, customer=None) | Q(dealer=None, customer__isnull=False),
                name="contract_has_one_partner",
                violation_error_message=_("Name either the dealer or the customer of the contract."),
            ),
            not_before("ends_on", "starts_on", name="contract_ends_after_it_begins"),
            not_negative("agreed_amount", name="contract_amount_not_negative"),
            within("deposit_percent", 0, LARGEST_DEPOSIT_PERCENT, name="deposit_within_the_law"),
            within("instalment_count", 1, 60, name="contract_has_instalments"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft",
                        "submitted",
                        "signed",
                        "fulfilling",
                        "completed",
                        "suspended",
                        "terminated",
                        "void",
                    ]
                ),
                name="contract_status_is_known",
            ),
        ]
        triggers = approval_triggers("contracts.contract", waiting="submitted", approved=("signed", "fulfilling"))

    def __str__(self) -> str:
        return self.number

    def ends_soon(self, today) -> bool:
        return self.status in self.IN_FORCE and today <= self.ends_on <= today + self.RENEWED_BEFORE

    @property
    def partner(self) -> Dealer | Customer:
        return self.dealer or self.customer
