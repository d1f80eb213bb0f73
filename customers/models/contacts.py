from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Binned
from customers.models.customers import Customer
from customers.models.shares import SharedQuerySet

YEARS = (MinValueValidator(1900), MaxValueValidator(2100))


class ContactQuerySet(SharedQuerySet):
    is_edited_with_customer = True
    owner_field = "customer__owner"
    unit_field = "customer__unit"


class Contact(Binned):
    """A person to talk to at a customer. A birthday is kept as it is celebrated: many by the lunar calendar."""

    class Calendar(models.TextChoices):
        SOLAR = "solar", _("Solar calendar")
        LUNAR = "lunar", _("Lunar calendar")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts", verbose_name=_("Customer"))
    name = models.CharField(_("Name"), max_length=50)
    role = models.CharField(_("Role"), max_length=40, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    other_phone = models.CharField(_("Other phone"), max_length=20, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    wechat = models.CharField(_("WeChat"), max_length=40, blank=True)
    birth_calendar = models.CharField(
        _("Birthday by"), max_length=10, choices=Calendar, default=Calendar.SOLAR, blank=True
    )
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True, validators=YEARS)
    birth_month = models.PositiveSmallIntegerField(_("Month of birth"), null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(_("Day of birth"), null=True, blank=True)
    is_leap_month = models.BooleanField(_("Leap month"), default=False)
    next_birthday_on = models.DateField(_("Next birthday"), null=True, editable=False)
    is_primary = models.BooleanField(_("Primary contact"), default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contact")
        verbose_name_plural = _("Contacts")
        ordering = ["-is_primary", "name", "pk"]
        indexes = [models.Index(fields=["next_birthday_on"]), models.Index(fields=["phone"])]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(is_primary=True), name="one_primary_contact"),
            models.CheckConstraint(
                condition=Q(birth_month__isnull=True, birth_day__isnull=True, next_birthday_on__isnull=True)
                | Q(
                    birth_month__gte=1,
                    birth_month__lte=12,
                    birth_day__gte=1,
                    birth_day__lte=31,
                    next_birthday_on__isnull=False,
                ),
                name="birthday_has_month_and_day",
            ),
        ]

    def validate_constraints(self, exclude=None) -> None:
        """A new primary contact takes the place of the former one; the action sees to it."""
        super().validate_constraints(exclude={*(exclude or ()), "is_primary"})

    def __str__(self) -> str:
        return self.name
