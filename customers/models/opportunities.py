from datetime import timedelta
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When, Window
from django.db.models.functions import Coalesce, Extract, Now, Round
from django.db.models.functions import Lead as NextRow
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import not_negative, within
from core.history import append_only, tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from customers.models.customers import Customer
from customers.models.leads import Lead
from customers.models.pipelines import Pipeline, Stage
from customers.models.shares import SharedQuerySet
from products.models import CompetitorModel, Configuration, Series
from users.approval_triggers import approval_triggers
from users.models import Owned, User
from users.visibility import OwnedQuerySet

DAYS = models.DecimalField(max_digits=8, decimal_places=1)
MONEY = models.DecimalField(max_digits=16, decimal_places=2)


class OpportunityQuerySet(SharedQuerySet):
    def open(self):
        """Not decided yet; a loss that is only asked for leaves it open."""
        return self.filter(status__in=Opportunity.OPEN, binned_at=None)

    def of_source(self, source):
        return self.filter(Q(lead__source=source) | Q(lead=None, customer__source=source))


def probability() -> Case:
    """Won 100, lost 0; else what was set by hand, else what the stage says."""
    return Case(
        When(status="won", then=Value(100)),
        When(status="lost", then=Value(0)),
        default=Coalesce("manual_probability", "stage__probability"),
        output_field=models.PositiveSmallIntegerField(),
    )


def weighted_amount() -> Round:
    """A lost one is worth nothing, a won one all of its amount."""
    return Round(
        ExpressionWrapper(F("amount") * probability() / Decimal(100), output_field=MONEY),
        2,
        output_field=MONEY,
    )


@tracked("status", "stage", "manual_probability", "owner", "unit", "amount", "quantity", "expected_close_on")
class Opportunity(Binned, Searchable, Owned):
    """A deal in the making. ``stage`` says how far it is, ``status`` whether it is decided."""

    class Status(models.TextChoices):
        OPEN = "open", _("In progress")
        LOSING = "losing", _("Loss to be confirmed")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")

    class LostReason(models.TextChoices):
        PRICE = "price", _("Price")
        PRODUCT = "product", _("Product")
        STOCK = "stock", _("No stock")
        FINANCE = "finance", _("Finance")
        SERVICE = "service", _("Service")
        COMPETITOR = "competitor", _("Bought from a competitor")
        GAVE_UP = "gave_up", _("Gave up buying")

    OPEN = (Status.OPEN, Status.LOSING)
    KEPT_IN = (Status.LOSING,)
    CHANGEABLE = (Status.OPEN,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="opportunities", verbose_name=_("Customer"))
    lead = models.OneToOneField(
        Lead, models.PROTECT, null=True, blank=True, related_name="opportunity", verbose_name=_("Lead")
    )
    title = models.CharField(_("Title"), max_length=120)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Series of interest")
    )
    quantity = models.PositiveIntegerField(_("Cars"), default=1)
    amount = models.DecimalField(_("Expected amount (yuan)"), max_digits=14, decimal_places=2, default=0)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.OPEN)
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="+", verbose_name=_("Pipeline"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="opportunities", verbose_name=_("Stage"))
    stage_since = models.DateTimeField(_("In this stage since"), default=timezone.now)
    manual_probability = models.PositiveSmallIntegerField(
        _("Own estimate (%)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Empty: by the stage. It falls away with the next stage."),
    )
    expected_close_on = models.DateField(_("Expected close"), null=True, blank=True)
    lost_reason = models.CharField(_("Reason of loss"), max_length=20, choices=LostReason, blank=True)
    lost_to = models.ForeignKey(
        CompetitorModel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Lost to")
    )
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Opportunity")
        verbose_name_plural = _("Opportunities")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("opportunity"),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["stage", "-stage_since", "-id"]),
            models.Index(fields=["customer", "-id"]),
            models.Index(fields=["created_at"]),
            models.Index(
                fields=["expected_close_on"],
                condition=Q(status__in=("open", "losing")),
                name="opportunity_open_by_close_day",
            ),
            models.Index(
                fields=["pipeline", "stage"],
                include=["status", "closed_at", "amount", "manual_probability"],
                condition=Q(binned_at=None),
                name="opportunities_summed_on_board",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "losing", "won", "lost"]), name="opportunity_status_is_known"
            ),
            not_negative("amount", name="opportunity_amount_not_negative"),
            models.CheckConstraint(
                condition=~Q(status__in=["losing", "lost"]) | ~Q(lost_reason=""), name="lost_opportunity_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(lost_reason="competitor") | Q(lost_to__isnull=False),
                name="opportunity_lost_to_a_competitor_names_it",
            ),
            within("manual_probability", 0, 100, name="opportunity_probability_is_a_percentage"),
        ]
        triggers = approval_triggers("customers.opportunity", waiting="losing", approved=("lost",))

    def __str__(self) -> str:
        return self.title


class OfOpportunityQuerySet(OwnedQuerySet):
    """Rows that belong to an opportunity: whoever sees it sees them."""

    owner_field = "opportunity__owner"
    unit_field = "opportunity__unit"

    def within(self, user, verb: str) -> Self:
        return super().within(user, verb).filter(opportunity__binned_at=None)


class OpportunityLine(models.Model):
    """What the customer wants: a series or one configuration of it, how many, at which price."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="lines", verbose_name=_("Opportunity"))
    series = models.ForeignKey(Series, models.PROTECT, related_name="+", verbose_name=_("Series"))
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Configuration")
    )
    quantity = models.PositiveIntegerField(_("Cars"), default=1)
    unit_price_amount = models.DecimalField(_("Unit price (yuan)"), max_digits=12, decimal_places=2, default=0)

    objects = OfOpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Product of an opportunity")
        verbose_name_plural = _("Products of opportunities")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="opportunity_line_has_cars"),
            not_negative("unit_price_amount", name="opportunity_line_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.series} × {self.quantity}"


class MetCompetitor(models.Model):
    """A competitor's car the customer looks at as well, with what is asked for it and by whom."""

    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, related_name="competitors", verbose_name=_("Opportunity")
    )
    model = models.ForeignKey(CompetitorModel, models.PROTECT, related_name="+", verbose_name=_("Competitor model"))
    price_amount = models.DecimalField(_("Price asked (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    dealer_name = models.CharField(_("Dealer of the competitor"), max_length=80, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    objects = OfOpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Competitor met")
        verbose_name_plural = _("Competitors met")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "model"], name="competitor_met_once_per_opportunity"),
            not_negative("price_amount", name="price_of_competitor_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.model)


def days_in_stage() -> Round:
    """Days from one change to the next; the last stage is stayed in until now."""
    left_at = Window(NextRow("at"), partition_by=F("opportunity"), order_by=("at", "pk"))
    stay = ExpressionWrapper(Coalesce(left_at, Now()) - F("at"), output_field=models.DurationField())
    return Round(Extract(stay, "epoch") / timedelta(days=1).total_seconds(), 1, output_field=DAYS)


class StageChange(models.Model):
    """When an opportunity came into a stage, out of which, and who put it there."""

    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, related_name="stage_changes", verbose_name=_("Opportunity")
    )
    before = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="+", verbose_name=_("Stage before"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name=_("Stage"))
    at = models.DateTimeField(_("Entered at"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))

    objects = OfOpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stage change")
        verbose_name_plural = _("Stage changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["opportunity", "at"])]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.stage)
