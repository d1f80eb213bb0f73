from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import append_only, tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from dealers.models import Dealer
from users.models import Owned
from users.visibility import OwnedQuerySet


class CustomerQuerySet(OwnedQuerySet):
    def with_phone(self, phone: str):
        return self.filter(phone=phone)


@tracked("owner", "unit", "stage", "name", "phone")
class Customer(Binned, Searchable, Owned):
    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COMPANY = "company", _("Company")
        GOVERNMENT = "government", _("Government")
        TAXI = "taxi", _("Taxi company")
        LEASING = "leasing", _("Leasing company")
        LOGISTICS = "logistics", _("Logistics company")
        GROUP_BUYER = "group_buyer", _("Group buyer")

    class Stage(models.TextChoices):
        """Potential before the first purchase, base while owning a car, lost when gone."""

        POTENTIAL = "potential", _("Potential customer")
        BASE = "base", _("Base customer")
        LOST = "lost", _("Lost customer")

    KEPT_BY = ("purchases", "registrations", "opportunities")

    number = models.CharField(_("Number"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.PERSON)
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage, default=Stage.POTENTIAL)
    phone = models.CharField(_("Phone"), max_length=20)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    province = models.CharField(_("Province"), max_length=40, blank=True)
    city = models.CharField(_("City"), max_length=40, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    industry = models.CharField(_("Industry"), max_length=40, blank=True)
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="customers", verbose_name=_("Dealer")
    )
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    last_contact_at = models.DateTimeField(_("Last contact"), null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Customer")
        verbose_name_plural = _("Customers")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("customer"),
            models.Index(fields=["owner"]),
            models.Index(fields=["phone"]),
            models.Index(fields=["unit", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=["potential", "base", "lost"]), name="customer_stage_is_known")
        ]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(OwnedQuerySet):
    owner_field = "customer__owner"
    unit_field = "customer__unit"


class Contact(Binned):
    """A person to talk to at a customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts", verbose_name=_("Customer"))
    name = models.CharField(_("Name"), max_length=50)
    role = models.CharField(_("Role"), max_length=40, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    birthday_on = models.DateField(_("Birthday"), null=True, blank=True)
    is_primary = models.BooleanField(_("Primary contact"), default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("Contact")
        verbose_name_plural = _("Contacts")
        ordering = ["-is_primary", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(is_primary=True), name="one_primary_contact")
        ]

    def __str__(self) -> str:
        return self.name


class PurchaseRecordQuerySet(OwnedQuerySet):
    owner_field = "customer__owner"
    unit_field = "customer__unit"


class PurchaseRecord(models.Model):
    """What a customer bought: a row per event, negative when taken back. ``source_key`` makes it happen once."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="purchases", verbose_name=_("Customer"))
    source_key = models.CharField(max_length=60, unique=True)
    text = models.CharField(_("Document"), max_length=120)
    on = models.DateField(_("Date"))
    amount = models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2)

    objects = PurchaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("Purchase record")
        verbose_name_plural = _("Purchase records")
        ordering = ["-on", "-pk"]
        triggers = [append_only("purchase_record_append_only")]

    def __str__(self) -> str:
        return self.text
