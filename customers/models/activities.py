from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Binned
from customers.models.customers import Customer, OfCustomerQuerySet
from customers.models.leads import Lead
from customers.models.opportunities import Opportunity
from customers.models.shares import IsAnyOf, SharedQuerySet
from users.models import Owned, User


class ContactRecordQuerySet(SharedQuerySet):
    def by_hand(self):
        """What people logged; the other kinds are entered by the system when a document gets that far."""
        return self.filter(kind__in=ContactRecord.BY_HAND)

    def within(self, user, verb):
        """What a document entered goes with the document alone."""
        rows = super().within(user, verb)
        return rows.by_hand() if verb == "bin" else rows

    def of_source(self, source):
        return self.filter(Q(lead__source=source) | Q(lead=None, customer__source=source))

    def _shared(self, user, verb: str) -> Q:
        """The present owner reads what was spoken before the customer became his."""
        if verb != "view":
            return Q()
        owned = Customer.objects.filter(owner=user.pk).values("pk")
        return super()._shared(user, verb) | Q(IsAnyOf("customer", owned))


class ContactRecord(Binned, Owned):
    """A call, visit, message or test drive, with the day of the next contact; and how far the business got.

    Quotations, orders and deliveries are entered by their documents, once for each ``source_key``.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        VISIT = "visit", _("Visit")
        MESSAGE = "message", _("Message")
        SHOWROOM = "showroom", _("Showroom visit")
        TEST_DRIVE = "test_drive", _("Test drive")
        QUOTATION = "quotation", _("Quotation")
        ORDER = "order", _("Order")
        DELIVERY = "delivery", _("Delivery")

    BY_HAND = (Kind.CALL, Kind.MESSAGE, Kind.VISIT, Kind.SHOWROOM, Kind.TEST_DRIVE)

    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="contact_records", verbose_name=_("Lead")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="contact_records", verbose_name=_("Customer")
    )
    opportunity = models.ForeignKey(
        Opportunity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_records",
        verbose_name=_("Opportunity"),
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("At"), default=timezone.now)
    summary = models.TextField(_("Summary"))
    next_contact_on = models.DateField(_("Next contact on"), null=True, blank=True)
    source_key = models.CharField(max_length=60, blank=True, editable=False)

    objects = ContactRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contact record")
        verbose_name_plural = _("Contact records")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at", "owner", "kind"], name="contacts_by_day_and_person"),
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["owner", "-at"]),
            models.Index(fields=["customer", "-at"]),
            models.Index(fields=["lead", "-at"]),
            models.Index(fields=["opportunity", "-at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(customer__isnull=False),
                name="contact_record_is_about_somebody",
                violation_error_message=_("Name the lead or the customer it is about."),
            ),
            models.UniqueConstraint(fields=["source_key"], condition=~Q(source_key=""), name="one_milestone_per_event"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.at):%Y-%m-%d}"


class TimelineEntry(models.Model):
    """What happened to a customer in the apps above: an order approved, a claim filed. ``message`` is a msgid."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="timeline", verbose_name=_("Customer"))
    at = models.DateTimeField(_("At"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    message = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Timeline entry")
        verbose_name_plural = _("Timeline entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["customer", "-at"])]

    def __str__(self) -> str:
        return self.message
