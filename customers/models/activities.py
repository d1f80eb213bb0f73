from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Binned
from customers.models.customers import Customer
from customers.models.leads import Lead
from customers.models.opportunities import Opportunity
from users.models import Owned, User


class ContactRecord(Binned, Owned):
    """A call, visit, message or test drive, with the day of the next contact."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        VISIT = "visit", _("Visit")
        MESSAGE = "message", _("Message")
        SHOWROOM = "showroom", _("Showroom visit")
        TEST_DRIVE = "test_drive", _("Test drive")

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

    class Meta:
        verbose_name = _("Contact record")
        verbose_name_plural = _("Contact records")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["owner", "-at"]), models.Index(fields=["customer", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(customer__isnull=False), name="contact_record_is_about_somebody"
            )
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

    class Meta:
        verbose_name = _("Timeline entry")
        verbose_name_plural = _("Timeline entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["customer", "-at"])]

    def __str__(self) -> str:
        return self.message
