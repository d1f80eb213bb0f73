from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.prices import Part
from core.history import tracked
from core.search import Searchable, search_indexes
from dealers.models import ServiceStation
from inventory.models import Vehicle
from users.approval_triggers import approval_triggers
from users.models import Owned
from users.visibility import OwnedQuerySet


class ClaimQuerySet(OwnedQuerySet):
    def handed_in(self):
        """Submitted, or decided in the station's favour: what another claim may double."""
        return self.filter(status__in=Claim.HANDED_IN)


@tracked("status", "claimed_amount", "approved_amount", "owner", "unit", "mileage_km", "repaired_on")
class Claim(Searchable, Owned):
    """A repair under warranty for which a station asks to be paid. ``unit`` is the station's."""

    class Kind(models.TextChoices):
        STANDARD = "standard", _("Standard claim")
        FIRST_SERVICE = "first_service", _("Free first service")
        PREPARATION = "preparation", _("Preparation of a new car")
        GOODWILL = "goodwill", _("Goodwill")
        PARTS = "parts", _("Warranty of a part")
        TRANSPORT = "transport", _("Transport damage")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        PARTIALLY_APPROVED = "partially_approved", _("Partly approved")
        REJECTED = "rejected", pgettext_lazy("claim", "Rejected")

    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED)
    CHANGEABLE = (Status.DRAFT, Status.RETURNED)
    HANDED_IN = (Status.SUBMITTED, Status.APPROVED, Status.PARTIALLY_APPROVED)
    WITHOUT_RETAIL = (Kind.PREPARATION, Kind.TRANSPORT)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    station = models.ForeignKey(
        ServiceStation, models.PROTECT, related_name="claims", verbose_name=_("Service station")
    )
    repair_order_number = models.CharField(_("Repair order of the station"), max_length=40)
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="claims", verbose_name=_("Vehicle"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.STANDARD)
    mileage_km = models.PositiveIntegerField(_("Odometer (km)"))
    repaired_on = models.DateField(_("Repaired on"))
    causal_part = models.ForeignKey(
        Part, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("Causal part")
    )
    complaint = models.TextField(_("Complaint"))
    cause = models.TextField(_("Cause"), blank=True)
    correction = models.TextField(_("Correction"), blank=True)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    submitted_on = models.DateField(_("Submitted on"), null=True, blank=True)
    claimed_amount = models.DecimalField(_("Claimed (yuan)"), max_digits=12, decimal_places=2, default=0)
    approved_amount = models.DecimalField(_("Approved (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("Claim")
        verbose_name_plural = _("Claims")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("claim"),
            models.Index(fields=["unit", "-id"]),
            models.Index(fields=["vehicle", "repaired_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "repair_order_number"],
                condition=~Q(status="rejected"),
                name="one_claim_per_repair_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "submitted", "returned", "approved", "partially_approved", "rejected"]
                ),
                name="claim_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(claimed_amount__gte=0)
                & (Q(approved_amount=None) | Q(approved_amount__gte=0, approved_amount__lte=F("claimed_amount"))),
                name="approved_is_between_nothing_and_the_claim",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "partially_approved"]) | Q(approved_amount__isnull=False),
                name="approved_claim_has_its_amount",
            ),
        ]
        triggers = approval_triggers(
            "aftersales.claim", waiting="submitted", approved=("approved", "partially_approved")
        )

    def __str__(self) -> str:
        return self.number

    @property
    def needs_retail(self) -> bool:
        """A new car is prepared, or damaged in transport, before it is sold."""
        return self.kind not in self.WITHOUT_RETAIL


class ClaimLineQuerySet(OwnedQuerySet):
    owner_field = "claim__owner"
    unit_field = "claim__unit"


@tracked("kind", "code", "quantity", "unit_amount", "approved_amount")
class ClaimLine(models.Model):
    """Hours of labour, pieces of a part, or another cost; prices are those of the day of repair."""

    class Kind(models.TextChoices):
        LABOUR = "labour", _("Labour")
        PART = "part", _("Part")
        OTHER = "other", _("Other")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="lines", verbose_name=_("Claim"))
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    code = models.CharField(_("Code"), max_length=40, blank=True)
    description = models.CharField(_("Description"), max_length=120)
    quantity = models.DecimalField(_("Quantity"), max_digits=8, decimal_places=2)
    unit_amount = models.DecimalField(_("Unit price (yuan)"), max_digits=12, decimal_places=2)
    handling_percent = models.DecimalField(
        _("Handling surcharge (%)"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    standard_hours = models.DecimalField(_("Standard hours"), max_digits=5, decimal_places=2, null=True, blank=True)
    amount = models.GeneratedField(
        expression=Round(
            F("quantity") * F("unit_amount") * (Value(100) + F("handling_percent")) / Value(100), precision=2
        ),
        output_field=models.DecimalField(_("Amount (yuan)"), max_digits=12, decimal_places=2),
        db_persist=True,
        verbose_name=_("Amount (yuan)"),
    )
    approved_amount = models.DecimalField(_("Approved (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)

    objects = ClaimLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Claim line")
        verbose_name_plural = _("Claim lines")
        ordering = ["claim_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_amount__gte=0, handling_percent__gte=0),
                name="claim_line_counts_something",
            ),
            models.CheckConstraint(
                condition=Q(approved_amount=None) | Q(approved_amount__gte=0, approved_amount__lte=F("amount")),
                name="approved_line_is_at_most_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}".strip()
