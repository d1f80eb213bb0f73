from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from core.search import Searchable, search_indexes
from customers.models.customers import Customer
from dealers.models import Dealer
from users.models import Owned
from users.visibility import OwnedQuerySet


class RegistrationQuerySet(OwnedQuerySet):
    def protected(self, today):
        return self.filter(status=KeyAccountRegistration.Status.REGISTERED, protected_until__gte=today)


@tracked("status", "owner", "protected_until")
class KeyAccountRegistration(Searchable, Owned):
    """A project of a key account, registered so that two dealers do not bid for it (报备)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        REGISTERED = "registered", _("Registered")
        REJECTED = "rejected", _("Rejected")

    MAIN_LINE = (Status.DRAFT, Status.SUBMITTED, Status.REGISTERED)
    CHANGEABLE = (Status.DRAFT,)

    number = models.CharField(_("Number"), max_length=20, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="registrations", verbose_name=_("Customer"))
    project_name = models.CharField(_("Project"), max_length=120)
    expected_quantity = models.PositiveIntegerField(_("Expected cars"))
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("Dealer")
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    protected_until = models.DateField(_("Protected until"), null=True, blank=True)
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Key account registration")
        verbose_name_plural = _("Key account registrations")
        ordering = ["-pk"]
        indexes = [*search_indexes("registration")]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "project_name"],
                condition=Q(status="registered"),
                name="one_registration_per_project",
            ),
            models.CheckConstraint(
                condition=~Q(status="registered") | Q(protected_until__isnull=False),
                name="registered_project_is_protected",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "registered", "rejected"]),
                name="registration_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.project_name}"
