from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from customers.models.customers import Customer
from customers.models.leads import Lead
from products.models import Series
from users.models import Owned
from users.visibility import OwnedQuerySet


class OpportunityQuerySet(OwnedQuerySet):
    def open(self):
        return self.exclude(stage__in=(Opportunity.Stage.WON, Opportunity.Stage.LOST))

    def closing_in(self, period):
        return self.filter(expected_close_on__gte=period.start, expected_close_on__lt=period.end)


@tracked("stage", "owner", "unit", "amount", "quantity", "expected_close_on")
class Opportunity(Binned, Searchable, Owned):
    class Stage(models.TextChoices):
        QUALIFICATION = "qualification", _("Qualification")
        PROPOSAL = "proposal", _("Proposal")
        NEGOTIATION = "negotiation", _("Negotiation")
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

    MAIN_LINE = (Stage.QUALIFICATION, Stage.PROPOSAL, Stage.NEGOTIATION, Stage.WON)
    CHANGEABLE = (Stage.QUALIFICATION, Stage.PROPOSAL, Stage.NEGOTIATION)

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
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage, default=Stage.QUALIFICATION)
    expected_close_on = models.DateField(_("Expected close"), null=True, blank=True)
    lost_reason = models.CharField(_("Reason of loss"), max_length=20, choices=LostReason, blank=True)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Opportunity")
        verbose_name_plural = _("Opportunities")
        ordering = ["-pk"]
        indexes = [*search_indexes("opportunity"), models.Index(fields=["owner", "stage"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["qualification", "proposal", "negotiation", "won", "lost"]),
                name="opportunity_stage_is_known",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="opportunity_amount_not_negative"),
            models.CheckConstraint(condition=~Q(stage="lost") | ~Q(lost_reason=""), name="lost_opportunity_has_reason"),
        ]

    def __str__(self) -> str:
        return self.title
