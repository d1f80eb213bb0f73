from decimal import Decimal

from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before, not_negative, within
from core.history import append_only, tracked
from core.ranges import DateRange, NoOverlap
from core.search import Searchable, search_indexes
from customers.models.customers import Customer
from dealers.models import Dealer
from users.approval_triggers import approval_triggers
from users.models import Owned, User
from users.visibility import OwnedQuerySet


class RegistrationQuerySet(OwnedQuerySet):
    def protected(self, today):
        return self.filter(status=KeyAccountRegistration.Status.REGISTERED, protected_until__gte=today)

    def claiming(self, today):
        """Protected, or handed in and not yet decided."""
        return self.protected(today) | self.filter(status=KeyAccountRegistration.Status.SUBMITTED)


@tracked("status", "owner", "protected_until")
class KeyAccountRegistration(Searchable, Owned):
    """A project of a key account, registered so that two dealers do not bid for it (报备)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        REGISTERED = "registered", _("Registered")
        REJECTED = "rejected", _("Rejected")
        EXPIRED = "expired", _("Expired")

    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.REGISTERED)
    CHANGEABLE = (Status.DRAFT,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="registrations", verbose_name=_("Customer"))
    project_name = models.CharField(_("Project"), max_length=120)
    expected_quantity = models.PositiveIntegerField(_("Expected cars"))
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("Dealer")
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    protected_until = models.DateField(_("Protected until"), null=True, blank=True)
    reminded_of = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Key account registration")
        verbose_name_plural = _("Key account registrations")
        ordering = ["-pk"]
        indexes = [*search_indexes("registration"), models.Index(fields=["status", "protected_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "project_name"],
                condition=Q(status="registered"),
                name="one_registration_per_project",
            ),
            models.CheckConstraint(
                condition=~Q(status="registered") | Q(protected_until__isnull=False),
                name="registered_project_is_protected",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "registered", "rejected", "expired"]),
                name="registration_status_is_known",
            ),
        ]
        triggers = approval_triggers("customers.keyaccountregistration", waiting="submitted", approved=("registered",))

    def __str__(self) -> str:
        return f"{self.number} {self.project_name}"


class ArbitrationQuerySet(OwnedQuerySet):
    """Both sides see how it was decided."""

    def _condition(self, user, scope) -> Q:
        seen = KeyAccountRegistration.objects.visible_to(user)
        return Q(winner__in=seen) | Q(loser__in=seen)


class Arbitration(models.Model):
    """A manager's decision which of two claims to one project holds."""

    winner = models.ForeignKey(
        KeyAccountRegistration, models.PROTECT, related_name="arbitrations_won", verbose_name=_("Holds the project")
    )
    loser = models.ForeignKey(
        KeyAccountRegistration, models.PROTECT, related_name="arbitrations_lost", verbose_name=_("Gives way")
    )
    reason = models.TextField(_("Reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("By"))
    at = models.DateTimeField(_("At"), auto_now_add=True)

    objects = ArbitrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Arbitration")
        verbose_name_plural = _("Arbitrations")
        ordering = ["-pk"]
        triggers = [append_only("arbitration_append_only")]
        constraints = [models.CheckConstraint(condition=~Q(winner=F("loser")), name="arbitration_has_two_sides")]

    def __str__(self) -> str:
        return f"{self.winner_id} > {self.loser_id}"


class OfKeyAccount(OwnedQuerySet):
    owner_field = "customer__owner"
    unit_field = "customer__unit"

    def on(self, day):
        return self.filter(valid_from__lte=day, valid_until__gte=day)


def discount_field(**options) -> models.DecimalField:
    below = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
    return models.DecimalField(_("Discount (%)"), max_digits=5, decimal_places=2, validators=below, **options)


@tracked("discount_percent", "valid_from", "valid_until")
class PricePolicy(models.Model):
    """What a key account gets off the guide price, more from certain numbers of cars on; its subsidiaries too."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="price_policies", verbose_name=_("Customer"))
    valid_from = models.DateField(_("First day"))
    valid_until = models.DateField(_("Last day"))
    discount_percent = discount_field()
    note = models.CharField(_("Note"), max_length=200, blank=True)

    objects = OfKeyAccount.as_manager()

    class Meta:
        verbose_name = _("Price policy")
        verbose_name_plural = _("Price policies")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            not_before("valid_until", "valid_from", name="price_policy_ends_later"),
            within("discount_percent", 0, 100, name="price_policy_is_a_share"),
            NoOverlap(
                name="one_price_policy_per_day",
                violation_error_message=_("Another price policy of this customer holds on one of these days."),
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_until}"


class PolicyTier(models.Model):
    """From this number of cars in one order on, this discount instead."""

    policy = models.ForeignKey(PricePolicy, models.CASCADE, related_name="tiers")
    from_quantity = models.PositiveIntegerField(_("From cars"))
    discount_percent = discount_field()

    class Meta:
        ordering = ["from_quantity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "from_quantity"], name="one_tier_per_quantity"),
            within("discount_percent", 0, 100, name="policy_tier_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.from_quantity}+"


@tracked("agreed_count", "agreed_amount", "valid_from", "valid_until")
class AnnualFrame(models.Model):
    """What a key account, with its subsidiaries, means to buy in a period; fulfilled by their purchase records."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="annual_frames", verbose_name=_("Customer"))
    valid_from = models.DateField(_("First day"))
    valid_until = models.DateField(_("Last day"))
    agreed_count = models.PositiveIntegerField(_("Agreed cars"))
    agreed_amount = models.DecimalField(_("Agreed amount (yuan)"), max_digits=14, decimal_places=2)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    objects = OfKeyAccount.as_manager()

    class Meta:
        verbose_name = _("Annual frame")
        verbose_name_plural = _("Annual frames")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            not_before("valid_until", "valid_from", name="annual_frame_ends_later"),
            not_negative("agreed_amount", name="annual_frame_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_until}"
