"""Dealers, service stations and the contracts that authorise them."""

from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.constraints import after, not_negative
from core.history import tracked
from core.ranges import DateRange, NoOverlap
from core.search import Searchable, search_indexes
from users.models import Unit, User
from users.visibility import OwnedQuerySet


class DealerQuerySet(OwnedQuerySet):
    owner_field = "unit__people"

    def trading(self):
        return self.filter(state__in=(Dealer.State.TRIAL, Dealer.State.FORMAL))

    def first_tier(self):
        """Who contracts with the company, orders from it and is invoiced by it."""
        return self.filter(parent=None)

    def outlets_of(self, dealer: "Dealer | None"):
        """Those that may hand cars over for a dealer; a sale without a dealer has none."""
        return self.filter(parent=dealer).exclude(state=Dealer.State.EXITED) if dealer else self.none()


@tracked("state", "credit_limit_amount", "level", "unit")
class Dealer(Searchable):
    """A dealer of the first tier, or an outlet of the second tier below its ``parent``, who is invoiced for it."""

    class State(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        BUILDING = "building", _("Building the store")
        TRIAL = "trial", _("Trial operation")
        FORMAL = "formal", _("Formal operation")
        RECTIFYING = "rectifying", _("Rectifying")
        SUSPENDED = "suspended", pgettext_lazy("dealer", "Suspended")
        EXITED = "exited", _("Left the network")

    class Level(models.TextChoices):
        A = "a", _("Level A")
        B = "b", _("Level B")
        C = "c", _("Level C")

    MAIN_LINE = (State.PROSPECT, State.BUILDING, State.TRIAL, State.FORMAL)

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="dealer", verbose_name=_("Unit"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="outlets", verbose_name=_("First-tier dealer")
    )
    level = models.CharField(_("Level"), max_length=1, choices=Level, default=Level.C)
    province = models.CharField(_("Province"), max_length=40, blank=True)
    city = models.CharField(_("City"), max_length=40)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.PROSPECT)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    credit_limit_amount = models.DecimalField(_("Credit line (yuan)"), max_digits=14, decimal_places=2, default=0)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)

    objects = DealerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dealer")
        verbose_name_plural = _("Dealers")
        ordering = ["code", "pk"]
        indexes = [*search_indexes("dealer")]
        constraints = [
            not_negative("credit_limit_amount", name="credit_line_not_negative"),
            models.CheckConstraint(
                condition=Q(state__in=["prospect", "building", "trial", "formal", "rectifying", "suspended", "exited"]),
                name="dealer_state_is_known",
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="dealer_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceStationQuerySet(OwnedQuerySet):
    owner_field = "unit__people"


@tracked("state", "station_class", "unit")
class ServiceStation(Searchable):
    """A workshop that repairs under warranty; its class decides the labour rate."""

    class StationClass(models.TextChoices):
        A = "a", _("Class A")
        B = "b", _("Class B")
        C = "c", _("Class C")

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", pgettext_lazy("dealer", "Suspended")
        EXITED = "exited", _("Left the network")

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="station", verbose_name=_("Unit"))
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("Dealer")
    )
    station_class = models.CharField(_("Class"), max_length=1, choices=StationClass, default=StationClass.B)
    city = models.CharField(_("City"), max_length=40, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.ACTIVE)

    objects = ServiceStationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service station")
        verbose_name_plural = _("Service stations")
        ordering = ["code", "pk"]
        indexes = [*search_indexes("station")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["active", "suspended", "exited"]), name="station_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AuthorisationQuerySet(OwnedQuerySet):
    owner_field = "dealer__unit__people"
    unit_field = "dealer__unit"

    def valid_on(self, day):
        return self.filter(status=Authorisation.Status.SIGNED, starts_on__lte=day, ends_on__gt=day)


@tracked("status", "annual_target_count", "ends_on")
class Authorisation(models.Model):
    """The contract that authorises a dealer for a period [starts_on, ends_on), with the yearly target agreed in it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SIGNED = "signed", _("Signed")
        TERMINATED = "terminated", _("Terminated")
        EXPIRED = "expired", _("Expired")

    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.SIGNED, Status.EXPIRED)
    CHANGEABLE = (Status.DRAFT,)

    dealer = models.ForeignKey(Dealer, models.PROTECT, related_name="authorisations", verbose_name=_("Dealer"))
    number = models.CharField(_("Number"), max_length=20, unique=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Drawn up by"))
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"))
    annual_target_count = models.PositiveIntegerField(_("Yearly target (cars)"), default=0)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Authorisation contract")
        verbose_name_plural = _("Authorisation contracts")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            after("ends_on", "starts_on", name="authorisation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "signed", "terminated", "expired"]),
                name="authorisation_status_is_known",
            ),
            NoOverlap(
                name="signed_authorisations_do_not_overlap",
                expressions=[
                    ("dealer", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="signed"),
            ),
        ]

    def __str__(self) -> str:
        return self.number
