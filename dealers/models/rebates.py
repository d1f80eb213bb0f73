"""What the company promises its dealers beside the price (返利): dated versions of policies with their tiers."""

from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.constraints import not_before, not_negative, positive, within
from core.history import tracked
from core.ranges import DateRange, NoOverlap
from dealers.models.network import Dealer
from products.models import Configuration, Series
from users.models import Unit, User
from users.visibility import ReferenceQuerySet

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class RebatePolicyQuerySet(ReferenceQuerySet):
    """A draft is the business of those who write policies; a dealer reads what was published."""

    def visible_to(self, user):
        rows = super().visible_to(user)
        writes = user.scope_of(self.model, "change") is not None
        return rows if writes else rows.exclude(status=RebatePolicy.Status.DRAFT)

    def published(self):
        return self.filter(status=RebatePolicy.Status.PUBLISHED)

    def draft_of(self, policy: "RebatePolicy"):
        """The version of it that is being drawn up."""
        return self.filter(number=policy.number, status=RebatePolicy.Status.DRAFT)

    def settled_by_target(self, month):
        """Those that have been paid by the targets of a month."""
        by_target = self.filter(kind=RebatePolicy.Kind.ATTAINMENT)
        return by_target.filter(valid_from__lte=month, settled_until__gte=month)


@tracked("status", "valid_from", "valid_until", "amount_per_car", "dealer_cap_amount", "total_cap_amount")
class RebatePolicy(models.Model):
    """One version of a policy. Published, it is frozen; the next version takes over on its first day."""

    class Kind(models.TextChoices):
        PER_CAR = "per_car", _("Per car invoiced")
        ATTAINMENT = "attainment", _("Attainment of the target")
        CLEARANCE = "clearance", _("Clearance of old stock")
        SUBSIDY = "subsidy", _("Retail subsidy")

    class Cadence(models.TextChoices):
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        YEAR = "year", _("Year")

    class Measure(models.TextChoices):
        WHOLESALE = "wholesale", _("Cars invoiced to the dealer")
        RETAIL = "retail", _("Cars retailed")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", pgettext_lazy("rebate policy", "Published")
        SUPERSEDED = "superseded", _("Superseded")

    MAIN_LINE = (Status.DRAFT, Status.PUBLISHED)
    CHANGEABLE = (Status.DRAFT,)
    TIERED = (Kind.ATTAINMENT, Kind.CLEARANCE)

    number = models.CharField(_("Number"), max_length=20)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    cadence = models.CharField(_("Settled by"), max_length=10, choices=Cadence, default=Cadence.MONTH)
    measure = models.CharField(_("Measured by"), max_length=10, choices=Measure, default=Measure.WHOLESALE)
    valid_from = models.DateField(_("First day"))
    valid_until = models.DateField(_("Last day"))
    amount_per_car = models.DecimalField(_("Per car (yuan)"), max_digits=10, decimal_places=2, default=0)
    series = models.ManyToManyField(Series, related_name="+", blank=True, verbose_name=_("Series"))
    configurations = models.ManyToManyField(
        Configuration, related_name="+", blank=True, verbose_name=_("Configurations")
    )
    levels = ArrayField(
        models.CharField(max_length=1, choices=Dealer.Level), verbose_name=_("Dealer levels"), default=list, blank=True
    )
    regions = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("Regions"))
    counts_fleet = models.BooleanField(_("Counts fleet sales"), default=False)
    counts_out_of_area = models.BooleanField(_("Counts sales outside the area"), default=False)
    dealer_cap_amount = models.DecimalField(
        _("Most per dealer (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    total_cap_amount = models.DecimalField(
        _("Most in total (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    claw_back_percent = models.DecimalField(
        _("Taken back for a returned car or a false report (%)"),
        max_digits=5,
        decimal_places=2,
        default=100,
        validators=PERCENT,
    )
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Drawn up by"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    note = models.TextField(_("Note"), blank=True)
    settled_until = models.DateField(_("Settled until"), null=True, blank=True, editable=False)

    objects = RebatePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rebate policy")
        verbose_name_plural = _("Rebate policies")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="rebate_policy_version_is_unique"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(status="draft"), name="one_draft_version_of_a_rebate_policy"
            ),
            not_before("valid_until", "valid_from", name="rebate_policy_ends_later"),
            not_negative("amount_per_car", name="rebate_per_car_not_negative"),
            positive("dealer_cap_amount", name="rebate_dealer_cap_is_positive"),
            positive("total_cap_amount", name="rebate_total_cap_is_positive"),
            within("claw_back_percent", 0, 100, name="rebate_claw_back_is_a_share"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "superseded"]), name="rebate_policy_status_is_known"
            ),
            NoOverlap(
                name="published_versions_do_not_overlap",
                expressions=[
                    ("number", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status="published"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} V{self.version}"

    @property
    def is_by_retail(self) -> bool:
        """Whether its rows are retail sales; otherwise they are invoices."""
        if self.kind == self.Kind.ATTAINMENT:
            return self.measure == self.Measure.RETAIL
        return self.kind in (self.Kind.CLEARANCE, self.Kind.SUBSIDY)


class RebateTierQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(policy__in=RebatePolicy.objects.visible_to(user))


class RebateTier(models.Model):
    """From this threshold on: percent of the target, or days in stock. The boundary belongs to the upper tier."""

    policy = models.ForeignKey(RebatePolicy, models.CASCADE, related_name="tiers", verbose_name=_("Rebate policy"))
    threshold = models.DecimalField(_("From (% of the target, or days in stock)"), max_digits=6, decimal_places=2)
    rate_percent = models.DecimalField(
        _("Share of the invoiced value (%)"), max_digits=5, decimal_places=2, default=0, validators=PERCENT
    )
    amount_per_car = models.DecimalField(_("Per car (yuan)"), max_digits=10, decimal_places=2, default=0)

    objects = RebateTierQuerySet.as_manager()

    class Meta:
        verbose_name = _("Rebate tier")
        verbose_name_plural = _("Rebate tiers")
        ordering = ["threshold", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "threshold"], name="one_rebate_tier_per_threshold"),
            models.CheckConstraint(
                condition=Q(threshold__gte=0, rate_percent__gte=0, rate_percent__lte=100, amount_per_car__gte=0),
                name="rebate_tier_gives",
            ),
        ]

    def __str__(self) -> str:
        return f"≥ {self.threshold}"
