from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.contracts import Contract
from contracts.models.quotations import Quotation
from core.constraints import not_negative
from core.history import tracked
from core.search import Searchable, search_indexes
from customers.models import Customer, Opportunity
from dealers.models import Dealer
from products.models import Sku
from users.approval_triggers import approval_triggers
from users.models import Owned
from users.visibility import OwnedQuerySet


class OrderQuerySet(OwnedQuerySet):
    def approved(self):
        """Orders that count: approved and not cancelled."""
        return self.exclude(status__in=Order.NOT_YET).exclude(status=Order.Status.CANCELLED)

    def kept(self):
        """Of these, where not every car came back."""
        return self.approved().exclude(status=Order.Status.TAKEN_BACK)

    def awaiting_cars(self):
        return self.filter(status__in=(Order.Status.APPROVED, Order.Status.ALLOCATED))


@tracked(
    "status",
    "total_amount",
    "largest_discount_percent",
    "owner",
    "unit",
    "contract",
    "buyer_dealer",
    "buyer_customer",
)
class Order(Searchable, Owned):
    """Cars ordered by a buyer, who is invoiced; ``customer`` is the end user.

    From the allocation on, the status follows the cars (``contracts.actions.refresh_order_status``).
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular order")
        URGENT = "urgent", _("Urgent order")
        SPECIAL = "special", _("Special order")
        DEMO = "demo", _("Demo or exhibition car")
        KEY_ACCOUNT = "key_account", _("Key account order")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        HELD = "held", _("Held for money")
        APPROVED = "approved", _("Approved")
        ALLOCATED = "allocated", _("Allocated")
        INVOICED = "invoiced", _("Invoiced")
        SHIPPED = "shipped", _("Shipped")
        RECEIVED = "received", _("Received")
        RETAILED = "retailed", _("Retailed")
        TAKEN_BACK = "taken_back", _("All cars returned")
        CANCELLED = "cancelled", _("Cancelled")

    NOT_YET = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.HELD)
    MAIN_LINE = (
        Status.DRAFT,
        Status.SUBMITTED,
        Status.APPROVED,
        Status.ALLOCATED,
        Status.INVOICED,
        Status.SHIPPED,
        Status.RECEIVED,
        Status.RETAILED,
    )
    AMENDABLE = (Status.APPROVED, Status.ALLOCATED, Status.INVOICED, Status.SHIPPED)
    CHANGEABLE = (Status.DRAFT, Status.RETURNED)
    is_below_cost = False  # nobody may approve that: contracts.actions.approvals.check_prices

    number = models.CharField(_("Number"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.REGULAR)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="orders", verbose_name=_("Contract"))
    buyer_dealer = models.ForeignKey(
        Dealer, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("Buying dealer")
    )
    buyer_customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="direct_orders",
        verbose_name=_("Key account buying direct"),
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("End user")
    )
    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("Opportunity")
    )
    quotation = models.ForeignKey(
        Quotation, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("Quotation")
    )
    ordered_on = models.DateField(_("Ordered on"), default=timezone.localdate)
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    total_amount = models.DecimalField(_("Total (yuan)"), max_digits=14, decimal_places=2, default=0)
    largest_discount_percent = models.DecimalField(_("Largest discount (%)"), max_digits=5, decimal_places=2, default=0)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    note = models.TextField(_("Note"), blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Order")
        verbose_name_plural = _("Orders")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("order"),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["unit", "-id"]),
            models.Index(fields=["status", "-id"]),
            models.Index(fields=["approved_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(buyer_dealer__isnull=False, buyer_customer=None)
                | Q(buyer_dealer=None, buyer_customer__isnull=False),
                name="order_has_one_buyer",
                violation_error_message=_("Name one buyer: the dealer, or the key account that buys without a dealer."),
            ),
            models.UniqueConstraint(
                fields=["quotation"], condition=~Q(status="cancelled"), name="one_live_order_per_quotation"
            ),
            not_negative("total_amount", name="order_total_not_negative"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft",
                        "submitted",
                        "returned",
                        "held",
                        "approved",
                        "allocated",
                        "invoiced",
                        "shipped",
                        "received",
                        "retailed",
                        "taken_back",
                        "cancelled",
                    ]
                ),
                name="order_status_is_known",
            ),
        ]
        triggers = approval_triggers("contracts.order", waiting="submitted", approved=("approved", "held"))

    def __str__(self) -> str:
        return self.number

    @property
    def buyer(self) -> Dealer | Customer:
        return self.buyer_dealer or self.buyer_customer

    @property
    def end_user_id(self) -> int | None:
        """Nobody yet, where a dealer orders for his stock."""
        return self.customer_id or self.buyer_customer_id

    @property
    def is_direct(self) -> bool:
        """Sold to a key account without a dealer."""
        return self.buyer_dealer_id is None

    @property
    def is_fleet(self) -> bool:
        """Of a key account, or under its frame contract."""
        return self.kind == Order.Kind.KEY_ACCOUNT or self.contract.kind == Contract.Kind.KEY_ACCOUNT_FRAME


class OrderLineQuerySet(OwnedQuerySet):
    owner_field = "order__owner"
    unit_field = "order__unit"


class OrderedCars(models.Model):
    """``unit_price_amount`` is invoiced to the buyer, ``retail_price_amount`` is what the end user pays.

    ``price_steps`` keeps how the unit price came about on the day (``contracts.price_conditions``).
    """

    sku = models.ForeignKey(Sku, models.PROTECT, related_name="+", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("Cars"))
    unit_price_amount = models.DecimalField(_("Unit price (yuan)"), max_digits=12, decimal_places=2)
    retail_price_amount = models.DecimalField(_("Retail price (yuan)"), max_digits=12, decimal_places=2)
    price_steps = models.JSONField(default=list, editable=False)
    amount = models.GeneratedField(
        expression=F("quantity") * F("unit_price_amount"),
        output_field=models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2),
        db_persist=True,
        verbose_name=_("Amount (yuan)"),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.sku} × {self.quantity}"


@tracked("quantity", "unit_price_amount", "retail_price_amount", "sku", "returned_count")
class OrderLine(OrderedCars):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", verbose_name=_("Order"))
    returned_count = models.PositiveIntegerField(_("Cars returned"), default=0)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Order line")
        verbose_name_plural = _("Order lines")
        ordering = ["order_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=F("returned_count")), name="order_line_returns_what_it_had"
            ),
            models.CheckConstraint(
                condition=Q(unit_price_amount__gte=0, retail_price_amount__gte=0), name="order_prices_not_negative"
            ),
        ]
