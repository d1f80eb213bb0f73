"""What an administrator sets about leads: levels, scores, who gets them, how long they are protected."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from core.constraints import not_before
from core.history import tracked
from customers.divisions import plain_city
from customers.models.leads import IntentLevel, Source
from dealers.models import Dealer
from products.models import Series
from users.models import Unit, User
from users.visibility import OwnedQuerySet, ReferenceQuerySet


class LeadPolicy(models.Model):
    """One row for the company."""

    protection_days = models.PositiveSmallIntegerField(
        _("Protected for (days)"),
        default=30,
        help_text=_("So long another dealer who records the same mobile waits for a manager's decision."),
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lead policy")
        verbose_name_plural = _("Lead policy")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_lead_policy")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class IntentLevelRule(models.Model):
    """When somebody of a level is expected to buy, and how soon he is to be contacted again."""

    level = models.CharField(_("Intent level"), max_length=1, choices=IntentLevel, unique=True)
    purchase_days = models.PositiveSmallIntegerField(_("Buys within (days)"), null=True, blank=True)
    follow_up_days = models.PositiveSmallIntegerField(
        _("Contact again within (days)"), null=True, blank=True, help_text=_("Empty: no contact is due.")
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Intent level")
        verbose_name_plural = _("Intent levels")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_level_display()


class ScoreRule(models.Model):
    """Points for a lead that fulfils a condition; the score of a lead is the sum of all that apply."""

    class Criterion(models.TextChoices):
        SOURCE = "source", _("Source")
        LEVEL = "level", _("Intent level")
        VERIFIED = "verified", _("Phone verified")
        RECENT = "recent", _("Recorded within (days)")
        CONTACTS = "contacts", _("Contacts, at least")

    criterion = models.CharField(_("Criterion"), max_length=20, choices=Criterion)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Source")
    )
    level = models.CharField(_("Intent level"), max_length=1, choices=IntentLevel, blank=True)
    number = models.PositiveSmallIntegerField(_("Days or contacts"), null=True, blank=True)
    points = models.SmallIntegerField(_("Points"))
    is_active = models.BooleanField(_("Active"), default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Score rule")
        verbose_name_plural = _("Score rules")
        ordering = ["criterion", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(criterion="source", source__isnull=False) & Q(level="", number=None))
                | (Q(criterion="level", source=None, number=None) & ~Q(level=""))
                | Q(criterion="verified", source=None, level="", number=None)
                | Q(criterion__in=["recent", "contacts"], source=None, level="", number__isnull=False),
                name="score_rule_has_what_its_criterion_needs",
                violation_error_message=_(
                    "Enter the source, the level or the number that the criterion needs, only that."
                ),
            )
        ]

    def __str__(self) -> str:
        about = self.source or self.get_level_display() or self.number
        return f"{self.get_criterion_display()} {about}" if about is not None else self.get_criterion_display()


class AssignmentRuleQuerySet(ReferenceQuerySet):
    def for_lead(self, lead):
        """The active rules a lead fulfils, in their order; what a rule leaves empty fits every lead."""
        cities = self.alias(plain=Replace("city", Value("市")), of_lead=Value(plain_city(lead.city)))
        return cities.filter(
            Q(city="") | Q(of_lead__startswith=F("plain")),
            Q(dealer=None) | Q(dealer=lead.dealer_id),
            Q(series=None) | Q(series=lead.series_id),
            Q(source=None) | Q(source=lead.source_id),
            is_active=True,
        ).order_by("position", "pk")


class AssignmentRule(models.Model):
    """Which team gets a new lead; its people take turns. ``last_person`` had the last turn."""

    position = models.PositiveSmallIntegerField(_("Order"), default=1, help_text=_("The first rule that fits decides."))
    name = models.CharField(_("Name"), max_length=60, unique=True)
    city = models.CharField(_("City"), max_length=40, blank=True)
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Dealer")
    )
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Series of interest")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Source")
    )
    team = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Team"), help_text=_("Its salesmen take turns.")
    )
    capacity = models.PositiveSmallIntegerField(
        _("Open leads a person, at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    is_active = models.BooleanField(_("Active"), default=True)
    last_person = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Last turn")
    )

    objects = AssignmentRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Assignment rule")
        verbose_name_plural = _("Assignment rules")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class AbsenceQuerySet(OwnedQuerySet):
    owner_field = "person"
    unit_field = "person__unit"

    def on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day, status=Absence.Status.ACTIVE)


@tracked("starts_on", "ends_on", "note", "status")
class Absence(models.Model):
    """Days on which somebody is not on duty: new leads go to others."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("In force")
        CANCELLED = "cancelled", _("Called off")

    CHANGEABLE = (Status.ACTIVE,)

    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("Person"))
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    note = models.CharField(_("Note"), max_length=100, blank=True)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.ACTIVE, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Absence")
        verbose_name_plural = _("Absences")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["person", "ends_on"])]
        constraints = [
            not_before("ends_on", "starts_on", name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(status__in=["active", "cancelled"]), name="absence_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_on} – {self.ends_on}"
