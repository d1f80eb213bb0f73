"""Campaigns, the leads they brought and what they cost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before, not_negative, positive
from core.history import tracked
from core.search import Searchable, search_indexes
from customers.models import Lead
from users.models import Owned, User
from users.visibility import OwnedQuerySet


@tracked("status", "owner", "unit", "budget_amount")
class Campaign(Searchable, Owned):
    class Kind(models.TextChoices):
        EXHIBITION = "exhibition", _("Motor show")
        ROADSHOW = "roadshow", _("Roadshow")
        TEST_DRIVE = "test_drive", _("Test drive event")
        ADVERTISING = "advertising", _("Advertising")
        ONLINE = "online", _("Online")
        PROMOTION = "promotion", _("Sales promotion")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")

    CHANGEABLE = (Status.PLANNED, Status.RUNNING)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Last day"))
    place = models.CharField(_("Place"), max_length=80, blank=True)
    budget_amount = models.DecimalField(_("Budget (yuan)"), max_digits=14, decimal_places=2, default=0)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.PLANNED)

    class Meta:
        verbose_name = _("Campaign")
        verbose_name_plural = _("Campaigns")
        ordering = ["-starts_on", "-pk"]
        indexes = [*search_indexes("campaign")]
        constraints = [
            not_before("ends_on", "starts_on", name="campaign_ends_after_it_begins"),
            not_negative("budget_amount", name="budget_not_negative"),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "running", "finished"]), name="campaign_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignLeadQuerySet(OwnedQuerySet):
    """Who sees the lead sees where it came from."""

    owner_field = "lead__owner"
    unit_field = "lead__unit"


class CampaignLead(models.Model):
    """A lead that a campaign brought."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="campaign_leads", verbose_name=_("Campaign"))
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="campaign_leads", verbose_name=_("Lead"))
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Added by"))
    added_at = models.DateTimeField(_("Added at"), auto_now_add=True)

    objects = CampaignLeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Campaign lead")
        verbose_name_plural = _("Campaign leads")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "lead"], name="one_entry_per_campaign_and_lead")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.lead}"


class ExpenseQuerySet(OwnedQuerySet):
    owner_field = "campaign__owner"
    unit_field = "campaign__unit"


@tracked("campaign", "amount", "spent_on")
class Expense(models.Model):
    class Kind(models.TextChoices):
        VENUE = "venue", _("Venue")
        MEDIA = "media", _("Media")
        MATERIAL = "material", _("Material")
        GIFTS = "gifts", _("Gifts")
        STAFF = "staff", _("Staff")
        OTHER = "other", _("Other")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="expenses", verbose_name=_("Campaign"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)
    spent_on = models.DateField(_("Spent on"))
    note = models.CharField(_("Note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Expense")
        verbose_name_plural = _("Expenses")
        ordering = ["-spent_on", "-pk"]
        constraints = [positive("amount", name="expense_is_positive")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
