"""What dealers earn by the rebate policies: accrued line by line, reviewed, credited; nothing is changed afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contracts.models.allocations import Invoice
from contracts.models.retails import Retail
from core.constraints import first_of_month, positive
from core.history import append_only, tracked
from dealers.models import Dealer, RebatePolicy
from users.approval_triggers import approval_triggers
from users.models import User
from users.visibility import OwnedQuerySet


class RebateAccrualQuerySet(OwnedQuerySet):
    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"

    def standing(self):
        """Credited, or still on the way there."""
        return self.exclude(status=RebateAccrual.Status.REJECTED)

    def of_year(self, year: int):
        return self.filter(month__year=year)


@tracked("status", "amount")
class RebateAccrual(models.Model):
    """What one version of a policy gives a dealer for a period, or takes back: a line of the run of ``month``.

    ``computed_amount`` is what the rule says of the rows, ``amount`` what caps and the share taken back leave of it.
    """

    class Kind(models.TextChoices):
        EARNED = "earned", pgettext_lazy("rebate", "Earned")
        CLAWED_BACK = "clawed_back", _("Clawed back")

    class Status(models.TextChoices):
        ACCRUED = "accrued", _("Accrued")
        REVIEWED = "reviewed", pgettext_lazy("rebate", "Reviewed")
        CREDITED = "credited", _("Credited")
        REJECTED = "rejected", _("Rejected")
        NOTHING = "nothing", _("Nothing to pay")

    MAIN_LINE = (Status.ACCRUED, Status.REVIEWED, Status.CREDITED)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    policy = models.ForeignKey(RebatePolicy, models.PROTECT, related_name="accruals", verbose_name=_("Rebate policy"))
    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="rebates", verbose_name=_("Dealer"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.EARNED)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    month = models.DateField(_("Month of the run"))
    car_count = models.IntegerField(_("Cars"))
    value_amount = models.DecimalField(_("Invoiced value (yuan)"), max_digits=16, decimal_places=2)
    counted_count = models.IntegerField(_("Cars by the target"), null=True)
    target_count = models.IntegerField(_("Target (cars)"), null=True)
    computed_amount = models.DecimalField(_("By the rule (yuan)"), max_digits=14, decimal_places=2)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.ACCRUED)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Reviewed by"))

    objects = RebateAccrualQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rebate accrual")
        verbose_name_plural = _("Rebate accruals")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["policy", "dealer", "starts_on"]),
            models.Index(fields=["dealer", "-id"]),
            models.Index(fields=["month", "status"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="earned", amount__gte=0) | Q(kind="clawed_back", amount__lte=0),
                name="rebate_is_earned_or_taken_back",
            ),
            first_of_month("month", name="rebate_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(status__in=["accrued", "reviewed", "credited", "rejected"]) | Q(status="nothing", amount=0),
                name="rebate_status_is_known",
            ),
        ]
        triggers = approval_triggers(
            "contracts.rebateaccrual", waiting="reviewed", approved=("credited",), moves_with=()
        )

    def __str__(self) -> str:
        return self.number


class RebateBasisQuerySet(OwnedQuerySet):
    owner_field = "accrual__dealer__unit__people"
    unit_field = "accrual__dealer__unit"


class RebateBasis(models.Model):
    """An invoice or a retail sale that an accrual pays for (+1), or no longer pays for (−1)."""

    accrual = models.ForeignKey(RebateAccrual, models.PROTECT, related_name="basis", verbose_name=_("Rebate accrual"))
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, related_name="rebate_basis", verbose_name=_("Invoice")
    )
    retail = models.ForeignKey(
        Retail, models.PROTECT, null=True, related_name="rebate_basis", verbose_name=_("Retail sale")
    )
    car_count = models.SmallIntegerField(_("Cars"))
    value_amount = models.DecimalField(_("Value (yuan)"), max_digits=14, decimal_places=2)

    objects = RebateBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rebate basis")
        verbose_name_plural = _("Rebate basis")
        ordering = ["pk"]
        triggers = [append_only("rebate_basis_append_only")]
        constraints = [
            models.CheckConstraint(
                condition=Q(invoice__isnull=False, retail=None) | Q(invoice=None, retail__isnull=False),
                name="rebate_basis_is_one_row",
            ),
            models.CheckConstraint(condition=Q(car_count__in=[1, -1]), name="rebate_basis_counts_one_car"),
            models.UniqueConstraint(fields=["accrual", "invoice"], name="one_basis_per_accrual_and_invoice"),
            models.UniqueConstraint(fields=["accrual", "retail"], name="one_basis_per_accrual_and_retail"),
        ]

    def __str__(self) -> str:
        return str(self.invoice or self.retail)


class RebateUseQuerySet(OwnedQuerySet):
    owner_field = "invoice__order__owner"
    unit_field = "invoice__order__unit"


class RebateUse(models.Model):
    """What of an invoice was paid out of the rebate account instead of with money."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="rebate_use", verbose_name=_("Invoice"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))

    objects = RebateUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rebate used")
        verbose_name_plural = _("Rebates used")
        ordering = ["-pk"]
        triggers = [append_only("rebate_use_append_only")]
        constraints = [positive("amount", name="rebate_use_is_positive")]

    def __str__(self) -> str:
        return str(self.amount)
