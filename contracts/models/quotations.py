import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import not_negative, positive, within
from core.history import tracked
from core.models import Binned
from core.search import Searchable, search_indexes
from customers.models import Customer, Opportunity
from products.models import Sku
from users import approvers
from users.approval_triggers import approval_triggers
from users.models import Owned
from users.visibility import OwnedQuerySet


def percent_off(list_amount: str, amount: str) -> Case:
    """How much lower the second column is than the first, in percent with two decimals."""
    share = Round((F(list_amount) - F(amount)) * 100 / F(list_amount), 2)
    return Case(When(**{list_amount: 0}, then=Value(0)), default=share, output_field=percent_field())


def percent_field() -> models.DecimalField:
    return models.DecimalField(max_digits=5, decimal_places=2)


class QuotationQuerySet(OwnedQuerySet):
    def open(self):
        return self.filter(status__in=Quotation.OPEN)

    def lapsed(self, today):
        """Their last day is over and nobody accepted them."""
        return self.filter(status__in=Quotation.LAPSING, valid_until__lt=today)

    def waiting_for(self, user):
        """In this person's inbox of approvals."""
        cases = approvers.waiting_for(user).filter(subject="contracts.quotation")
        return self.filter(pk__in=cases.order_by().values("object_id"))


@tracked("status", "total_amount", "largest_discount_percent", "owner", "unit")
class Quotation(Binned, Searchable, Owned):
    """Prices offered to a customer until a day. A new offer is a new version under the same number."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for approval")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Discount approved")
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        EXPIRED = "expired", _("Expired")
        SUPERSEDED = "superseded", _("Superseded")

    MAIN_LINE = (Status.DRAFT, Status.SENT, Status.ACCEPTED)
    CHANGEABLE = (Status.DRAFT, Status.RETURNED)
    LAPSING = (Status.SUBMITTED, Status.APPROVED, Status.SENT)
    REVISABLE = (Status.APPROVED, Status.SENT, Status.EXPIRED)
    OPEN = (*CHANGEABLE, *LAPSING)
    KEPT_IN = (*LAPSING, Status.ACCEPTED, Status.EXPIRED, Status.SUPERSEDED)
    KEPT_BY = ("revision", "contract", "orders")

    number = models.CharField(_("Number"), max_length=20)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    revises = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revision", verbose_name=_("Revises")
    )
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="quotations", verbose_name=_("Customer"))
    opportunity = models.ForeignKey(
        Opportunity, models.PROTECT, null=True, blank=True, related_name="quotations", verbose_name=_("Opportunity")
    )
    quoted_on = models.DateField(_("Quoted on"), default=timezone.localdate)
    valid_until = models.DateField(_("Valid until"))
    list_amount = models.DecimalField(_("At guide prices (yuan)"), max_digits=14, decimal_places=2, default=0)
    total_amount = models.DecimalField(_("Total (yuan)"), max_digits=14, decimal_places=2, default=0)
    discount_percent = models.GeneratedField(
        expression=percent_off("list_amount", "total_amount"),
        output_field=percent_field(),
        db_persist=True,
        verbose_name=_("Discount on the whole (%)"),
    )
    largest_discount_percent = models.DecimalField(_("Largest discount (%)"), max_digits=5, decimal_places=2, default=0)
    is_below_cost = models.BooleanField(_("Below cost"), default=False)
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.DRAFT)
    note = models.TextField(_("Note"), blank=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quotation")
        verbose_name_plural = _("Quotations")
        ordering = ["-pk"]
        indexes = [
            *search_indexes("quotation"),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["status", "valid_until"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="quotation_version_is_unique"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(status="superseded"), name="one_live_version_of_a_quotation"
            ),
            models.CheckConstraint(
                condition=Q(version=1, revises=None) | Q(version__gt=1, revises__isnull=False),
                name="later_version_revises_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft",
                        "submitted",
                        "returned",
                        "approved",
                        "sent",
                        "accepted",
                        "expired",
                        "superseded",
                    ]
                ),
                name="quotation_status_is_known",
            ),
            not_negative("total_amount", name="quotation_total_not_negative"),
            models.CheckConstraint(
                condition=Q(total_amount__lte=F("list_amount")), name="quotation_not_above_guide_prices"
            ),
        ]
        triggers = [
            *approval_triggers("contracts.quotation", waiting="submitted", approved=("approved", "sent", "accepted")),
            pgtrigger.Protect(
                name="offer_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """OLD.status NOT IN ('draft', 'returned')
                    AND ROW(OLD.number, OLD.version, OLD.quoted_on, OLD.valid_until, OLD.list_amount, OLD.total_amount)
                    IS DISTINCT FROM
                    ROW(NEW.number, NEW.version, NEW.quoted_on, NEW.valid_until, NEW.list_amount, NEW.total_amount)"""
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number if self.version == 1 else f"{self.number} v{self.version}"

    @property
    def end_user_id(self) -> int:
        return self.customer_id


class QuotationLineQuerySet(OwnedQuerySet):
    owner_field = "quotation__owner"
    unit_field = "quotation__unit"


class QuotationLine(models.Model):
    """``list_price_amount`` is the guide price of the day, ``unit_price_amount`` what is offered."""

    quotation = models.ForeignKey(Quotation, models.CASCADE, related_name="lines", verbose_name=_("Quotation"))
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="+", verbose_name=_("SKU"))
    quantity = models.PositiveIntegerField(_("Cars"))
    list_price_amount = models.DecimalField(_("Guide price (yuan)"), max_digits=12, decimal_places=2)
    discount_percent = models.DecimalField(_("Discount (%)"), max_digits=5, decimal_places=2, default=0)
    unit_price_amount = models.DecimalField(_("Unit price (yuan)"), max_digits=12, decimal_places=2)
    amount = models.GeneratedField(
        expression=F("quantity") * F("unit_price_amount"),
        output_field=models.DecimalField(_("Amount (yuan)"), max_digits=14, decimal_places=2),
        db_persist=True,
        verbose_name=_("Amount (yuan)"),
    )

    objects = QuotationLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quotation line")
        verbose_name_plural = _("Quotation lines")
        ordering = ["quotation_id", "pk"]
        constraints = [
            positive("quantity", name="quotation_line_has_cars"),
            models.CheckConstraint(
                condition=Q(unit_price_amount__gte=0, unit_price_amount__lte=F("list_price_amount")),
                name="quotation_price_within_guide_price",
            ),
            within("discount_percent", 0, 100, name="quotation_discount_is_percentage"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="line_of_an_offer_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (
                        SELECT FROM contracts_quotation
                        WHERE id = OLD.quotation_id AND status NOT IN ('draft', 'returned')
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: the lines of quotation % are frozen', OLD.quotation_id;
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.sku} × {self.quantity}"
