"""Warehouses, vehicles with the ledger of their movements, and certificates of conformity."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.constraints import said_at
from core.history import append_only, tracked
from core.search import Searchable, search_indexes
from dealers.models import Dealer
from products.models import Sku
from users.models import Unit, User
from users.visibility import OwnedQuerySet, ReferenceQuerySet


class Warehouse(models.Model):
    class Kind(models.TextChoices):
        FACTORY = "factory", _("Factory warehouse")
        DEALER = "dealer", _("Dealer's warehouse")

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.FACTORY)
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="warehouses", verbose_name=_("Dealer")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Warehouse")
        verbose_name_plural = _("Warehouses")
        ordering = ["code", "pk"]
        constraints = [
            said_at(
                "dealer",
                _("Name the dealer of a dealer's warehouse; a warehouse of the factory has none."),
                condition=Q(kind="factory", dealer=None) | Q(kind="dealer", dealer__isnull=False),
                name="warehouse_of_dealer_names_him",
            )
        ]

    def __str__(self) -> str:
        return self.name


class VehicleQuerySet(OwnedQuerySet):
    owner_field = "unit__people"

    def in_factory(self):
        return self.filter(state=Vehicle.State.IN_FACTORY)

    def in_channel(self):
        """Wholesaled and not yet retailed: on the way to a dealer or in his store (渠道库存)."""
        return self.filter(state__in=(Vehicle.State.IN_TRANSIT, Vehicle.State.AT_DEALER))

    def for_sale(self):
        return self.filter(sale_block="")


@tracked("state", "unit", "dealer", "warehouse", "sale_block")
class Vehicle(Searchable):
    """One car. ``state`` says in which stock it counts (DOMAIN 1.3); an invoiced car is in transit until received.

    ``unit`` holds it: headquarters until the invoice, from then on the dealer's unit, who sees it coming.
    """

    class State(models.TextChoices):
        IN_FACTORY = "in_factory", _("Factory stock")
        IN_TRANSIT = "in_transit", _("In transit")
        AT_DEALER = "at_dealer", _("Dealer stock")
        RETAILED = "retailed", _("Retailed")

    vin = models.CharField(_("VIN"), max_length=17, unique=True)
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="vehicles", verbose_name=_("SKU"))
    engine_number = models.CharField(_("Engine number"), max_length=30, blank=True)
    produced_on = models.DateField(_("Produced on"))
    warehoused_on = models.DateField(_("Warehoused on"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=20, choices=State, default=State.IN_FACTORY)
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, null=True, blank=True, related_name="vehicles", verbose_name=_("Warehouse")
    )
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="vehicles", verbose_name=_("Dealer")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Held by"))
    invoiced_on = models.DateField(_("Invoiced on"), null=True, blank=True)
    shipped_on = models.DateField(_("Shipped on"), null=True, blank=True)
    received_on = models.DateField(pgettext_lazy("car", "Received on"), null=True, blank=True)
    retailed_on = models.DateField(_("Retailed on"), null=True, blank=True)
    sale_block = models.CharField(_("Sale block"), max_length=200, blank=True)

    objects = VehicleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Vehicle")
        verbose_name_plural = _("Vehicles")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("vehicle"),
            models.Index(fields=["sku", "produced_on", "id"], condition=Q(state="in_factory"), name="factory_stock"),
            models.Index(fields=["dealer", "state"]),
            models.Index(fields=["unit", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(vin__regex=r"^[0-9A-HJ-NPR-Z]{17}$"), name="vin_has_legal_form"),
            models.CheckConstraint(
                condition=Q(state="in_factory", invoiced_on=None, shipped_on=None, received_on=None, retailed_on=None)
                | Q(state="in_transit", invoiced_on__isnull=False, received_on=None, retailed_on=None)
                | Q(state="at_dealer", invoiced_on__isnull=False, received_on__isnull=False, retailed_on=None)
                | Q(state="retailed", invoiced_on__isnull=False, retailed_on__isnull=False),
                name="vehicle_dates_match_state",
            ),
        ]

    def __str__(self) -> str:
        return self.vin


class MovementQuerySet(OwnedQuerySet):
    owner_field = "vehicle__unit__people"
    unit_field = "vehicle__unit"


class Movement(models.Model):
    """The ledger of a vehicle: every change of its state, never changed afterwards. ``on`` is the business day."""

    class Kind(models.TextChoices):
        PRODUCED = "produced", _("Produced")
        INVOICED = "invoiced", _("Invoiced")
        SHIPPED = "shipped", _("Shipped")
        RECEIVED = "received", _("Received")
        RETAILED = "retailed", _("Retailed")
        RETURNED = "returned", _("Returned")

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="movements", verbose_name=_("Vehicle"))
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    on = models.DateField(_("Date"))
    at = models.DateTimeField(_("Entered at"), default=timezone.now)
    from_state = models.CharField(_("From"), max_length=20, choices=Vehicle.State, blank=True)
    to_state = models.CharField(_("To"), max_length=20, choices=Vehicle.State)
    dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Dealer")
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    note = models.CharField(_("Note"), max_length=200, blank=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Movement")
        verbose_name_plural = _("Movements")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "on"])]
        triggers = [append_only("movement_append_only")]
        constraints = [
            models.UniqueConstraint(fields=["vehicle"], condition=Q(kind="produced"), name="vehicle_is_produced_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%Y-%m-%d}"


class CertificateQuerySet(OwnedQuerySet):
    owner_field = "vehicle__unit__people"
    unit_field = "vehicle__unit"


@tracked("holder", "held_since_on")
class Certificate(models.Model):
    """The certificate of conformity (合格证): one per car, often pledged to a bank; without it no car is shipped."""

    class Holder(models.TextChoices):
        FACTORY = "factory", _("Factory")
        BANK = "bank", _("Bank")
        DEALER = "dealer", _("Dealer")
        CUSTOMER = "customer", _("Customer")

    number = models.CharField(_("Number"), max_length=30, unique=True)
    vehicle = models.OneToOneField(Vehicle, models.PROTECT, related_name="certificate", verbose_name=_("Vehicle"))
    holder = models.CharField(_("Held by"), max_length=20, choices=Holder, default=Holder.FACTORY)
    held_since_on = models.DateField(_("Held since"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Certificate")
        verbose_name_plural = _("Certificates")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number
