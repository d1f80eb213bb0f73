from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from dealers.models import Dealer
from products.models import Series
from users.models import Owned
from users.visibility import OwnedQuerySet, ReferenceQuerySet


class Source(models.Model):
    """Where a lead came from: walk-in, website, exhibition, referral."""

    code = models.SlugField(_("Code"), max_length=30, unique=True)
    name = models.CharField(_("Name"), max_length=40)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Source")
        verbose_name_plural = _("Sources")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class IntentLevel(models.TextChoices):
    """By expected purchase time; days and intervals of H to N are in ``IntentLevelRule``, the rest follows orders."""

    H = "h", _("Level H")
    A = "a", _("Level A")
    B = "b", _("Level B")
    C = "c", _("Level C")
    N = "n", _("Level N (new contact)")
    O = "o", _("Level O (ordered)")  # noqa: E741
    D = "d", _("Level D (delivered)")
    T = "t", _("Level T (order cancelled)")


class LeadQuerySet(OwnedQuerySet):
    def open(self):
        return self.filter(status__in=Lead.OPEN, binned_at=None)

    def overdue(self, today):
        """Open leads whose promised follow-up day has passed."""
        return self.open().filter(next_contact_on__lt=today)

    def with_phone(self, phone: str):
        return self.filter(phone=phone)


@tracked("status", "owner", "unit", "intent_level", "phone")
class Lead(Binned, Searchable, Owned):
    """Somebody who may buy: recorded by a dealer or salesman, assigned, qualified, converted."""

    class Status(models.TextChoices):
        CONTESTED = "contested", _("To be arbitrated")
        NEW = "new", _("New")
        ASSIGNED = "assigned", _("Assigned")
        QUALIFIED = "qualified", _("Qualified")
        CONVERTED = "converted", _("Converted")
        INVALID = "invalid", _("Invalid")

    IntentLevel = IntentLevel
    BY_HAND = (IntentLevel.H, IntentLevel.A, IntentLevel.B, IntentLevel.C, IntentLevel.N)

    OPEN = (Status.NEW, Status.ASSIGNED, Status.QUALIFIED)
    MAIN_LINE = (Status.NEW, Status.ASSIGNED, Status.QUALIFIED, Status.CONVERTED)
    CHANGEABLE = OPEN
    KEPT_IN = (Status.CONVERTED,)
    KEPT_BY = ("opportunity",)

    name = models.CharField(_("Name"), max_length=80)
    phone = models.CharField(_("Mobile phone"), max_length=20)
    city = models.CharField(_("City"), max_length=40, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="leads", verbose_name=_("Source"))
    intent_level = models.CharField(_("Intent level"), max_length=1, choices=IntentLevel, default=IntentLevel.N)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Series of interest")
    )
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("Dealer")
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.NEW)
    next_contact_on = models.DateField(_("Next contact on"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True)
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("Customer")
    )
    is_phone_verified = models.BooleanField(_("Phone verified"), default=False)
    score = models.SmallIntegerField(_("Lead score"), default=0, editable=False)
    contests = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="rivals", verbose_name=_("Contests")
    )
    recorded_by = models.ForeignKey(
        "users.User", models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by")
    )
    recorded_at = models.DateTimeField(_("Recorded at"), auto_now_add=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lead")
        verbose_name_plural = _("Leads")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("lead"),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["phone"]),
            models.Index(fields=["recorded_at"]),
            models.Index(
                fields=["next_contact_on"],
                condition=Q(status__in=("new", "assigned", "qualified")),
                name="lead_open_by_next_contact",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["contested", "new", "assigned", "qualified", "converted", "invalid"]),
                name="lead_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="contested") | Q(contests__isnull=False), name="contested_lead_names_the_other"
            ),
            models.CheckConstraint(
                condition=~Q(status="converted") | Q(customer__isnull=False), name="converted_lead_has_customer"
            ),
        ]

    def __str__(self) -> str:
        return self.name
