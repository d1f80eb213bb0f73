from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.allocations import Allocation
from core.constraints import positive
from core.history import tracked
from customers.models import Customer
from dealers.models import Dealer
from inventory.models import Vehicle
from users.access import Scope
from users.models import Unit, User
from users.visibility import OwnedQuerySet


class RetailQuerySet(OwnedQuerySet):
    owner_field = "sold_by"

    def believed(self):
        """Not found to be a false report (虚报)."""
        return self.exclude(verification=Retail.Verification.FALSE)

    def counted(self):
        """What every figure counts: a false report was no sale, but in a month that is over it stays, undone later."""
        return self.exclude(verification=Retail.Verification.FALSE, stays_reported=False)

    def credited_to(self, user_id: int):
        """The sales of a person: handed over by himself, or made on what was an order of his that day."""
        return self.filter(_credit(user_id))

    def _condition(self, user, scope: Scope) -> Q:
        """Whoever sees the sales of an outlet's unit sees what that outlet sold for its dealer."""
        if scope is Scope.OWN:
            return _credit(user.pk)
        own = super()._condition(user, scope)
        dealer = getattr(user.unit, "dealer", None)
        return own | Q(outlet=dealer) if dealer and dealer.parent_id else own

    def in_period(self, period):
        return self.filter(retailed_on__gte=period.start, retailed_on__lt=period.end)


def _credit(user_id: int) -> Q:
    return Q(sold_by=user_id) | Q(ordered_by=user_id)


@tracked("verification", "quantity", "price_amount")
class Retail(models.Model):
    """A car handed to its end user (零售): it starts the warranty. ``quantity`` -1 takes a sale back.

    ``dealer`` was invoiced for the car; ``outlet`` is the second-tier outlet of his that handed it over, if one did.
    ``stays_reported``: found false when its month was over, so that month keeps it and a later one takes it back.
    """

    class UsageKind(models.TextChoices):
        HOUSEHOLD = "household", _("Household")
        TAXI = "taxi", _("Taxi")
        GOVERNMENT = "government", _("Government")
        COMPANY = "company", _("Company")

    class Verification(models.TextChoices):
        TO_VERIFY = "to_verify", _("To be verified")
        GENUINE = "genuine", _("Genuine")
        FALSE = "false", _("False report")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="retails", verbose_name=_("Allocation"))
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="retails", verbose_name=_("Vehicle"))
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="retails", verbose_name=_("Dealer")
    )
    outlet = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="outlet_retails", verbose_name=_("Selling outlet")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="retails", verbose_name=_("Customer"))
    sold_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="retails", verbose_name=_("Sold by"))
    ordered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Owner of the order")
    )
    retailed_on = models.DateField(_("Retailed on"))
    delivered_on = models.DateField(_("Delivered on"))
    warranty_starts_on = models.DateField(_("Warranty starts on"))
    price_amount = models.DecimalField(_("Retail price (yuan)"), max_digits=12, decimal_places=2)
    quantity = models.SmallIntegerField(_("Cars"), default=1)
    usage_kind = models.CharField(_("Use"), max_length=20, choices=UsageKind, default=UsageKind.HOUSEHOLD)
    verification = models.CharField(
        _("Verification"), max_length=20, choices=Verification, default=Verification.TO_VERIFY
    )
    is_out_of_area = models.BooleanField(_("Sold outside the area"), default=False)
    is_fleet = models.BooleanField(_("Fleet sale"), default=False)
    stays_reported = models.BooleanField(_("Stays in the month reported"), default=False, editable=False)

    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name=_("Takes back")
    )
    taken_back_on = models.DateField(_("Taken back on"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    MAIN_LINE = (Verification.TO_VERIFY, Verification.GENUINE)

    objects = RetailQuerySet.as_manager()

    class Meta:
        verbose_name = _("Retail sale")
        verbose_name_plural = _("Retail sales")
        ordering = ["-retailed_on", "-pk"]
        indexes = [
            models.Index(fields=["retailed_on"]),
            models.Index(fields=["dealer", "retailed_on"]),
            models.Index(fields=["unit", "-id"]),
            models.Index(fields=["sold_by", "retailed_on"]),
            models.Index(fields=["ordered_by", "retailed_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation"],
                condition=Q(quantity=1, taken_back_on=None),
                name="one_retail_per_allocation",
            ),
            models.CheckConstraint(
                condition=Q(quantity=1, reverses=None) | Q(quantity=-1, reverses__isnull=False),
                name="retail_counts_one_car",
            ),
            positive("price_amount", name="retail_price_is_positive"),
            models.CheckConstraint(
                condition=Q(verification__in=["to_verify", "genuine", "false"]), name="retail_verification_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} {self.retailed_on:%Y-%m-%d}"

    @property
    def is_live(self) -> bool:
        """A sale that was not taken back."""
        return self.quantity == 1 and self.taken_back_on is None
