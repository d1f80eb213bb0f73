from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.history import tracked
from core.search import Searchable, search_indexes
from customers.models import Customer
from inventory.models import Vehicle
from users.models import Owned
from users.visibility import OwnedQuerySet


class ServiceRequestQuerySet(OwnedQuerySet):
    def open(self):
        return self.filter(status=ServiceRequest.Status.OPEN)


@tracked("status", "owner", "unit")
class ServiceRequest(Searchable, Owned):
    """A call or letter of a customer about his car, until it is answered and closed."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", pgettext_lazy("service request", "Closed")

    CHANGEABLE = (Status.OPEN,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    caller_name = models.CharField(_("Caller"), max_length=50)
    phone = models.CharField(_("Phone"), max_length=20)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="service_requests", verbose_name=_("Customer")
    )
    vehicle = models.ForeignKey(
        Vehicle, models.PROTECT, null=True, blank=True, related_name="service_requests", verbose_name=_("Vehicle")
    )
    complaint = models.TextField(pgettext_lazy("service request", "Complaint"))
    answer = models.TextField(_("Answer"), blank=True)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField(_("Opened at"), auto_now_add=True)

    objects = ServiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service request")
        verbose_name_plural = _("Service requests")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("service_request"),
            models.Index(fields=["unit", "-id"], name="service_request_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered", "closed"]), name="service_request_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | ~Q(answer=""), name="answered_request_has_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.caller_name}"
