from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.orders import Order, OrderedCars
from core.history import tracked
from users.approval_triggers import approval_triggers
from users.models import Unit, User
from users.visibility import OwnedQuerySet


class OrderVersionQuerySet(OwnedQuerySet):
    owner_field = "order__owner"
    unit_field = "order__unit"


@tracked("status", "total_amount", "largest_discount_percent")
class OrderVersion(models.Model):
    """The lines of an order as they were, are, or are asked to become after its approval (订单变更).

    The first version is written when a change is asked for; the approved one is what the order's lines say.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        SUPERSEDED = "superseded", _("Superseded")
        REJECTED = "rejected", _("Rejected")

    MAIN_LINE = (Status.SUBMITTED, Status.APPROVED)
    is_below_cost = Order.is_below_cost

    order = models.ForeignKey(Order, models.PROTECT, related_name="versions", verbose_name=_("Order"))
    version = models.PositiveSmallIntegerField(_("Version"))
    status = models.CharField(_("Status"), max_length=20, choices=Status, default=Status.SUBMITTED)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    total_amount = models.DecimalField(_("Total (yuan)"), max_digits=14, decimal_places=2)
    largest_discount_percent = models.DecimalField(_("Largest discount (%)"), max_digits=5, decimal_places=2, default=0)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Made by"))
    made_at = models.DateTimeField(_("Made at"), default=timezone.now)

    objects = OrderVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Order version")
        verbose_name_plural = _("Order versions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "version"], name="order_version_once"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(status="submitted"), name="one_change_of_an_order_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["submitted", "approved", "superseded", "rejected"]),
                name="order_version_status_is_known",
            ),
        ]
        triggers = approval_triggers(
            "contracts.orderversion", waiting="submitted", approved=("approved",), moves_with=()
        )

    def __str__(self) -> str:
        return f"{self.order} V{self.version}"

    @property
    def owner(self) -> User | None:
        return self.order.owner

    @property
    def owner_id(self) -> int | None:
        """Whose order it is does not decide on its change."""
        return self.order.owner_id

    @property
    def unit(self) -> Unit:
        return self.order.unit

    @property
    def end_user_id(self) -> int | None:
        return self.order.end_user_id


class OfVersionQuerySet(OwnedQuerySet):
    owner_field = "version__order__owner"
    unit_field = "version__order__unit"


class OrderVersionLine(OrderedCars):
    version = models.ForeignKey(OrderVersion, models.CASCADE, related_name="lines", verbose_name=_("Order version"))

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Line of an order version")
        verbose_name_plural = _("Lines of an order version")
        ordering = ["pk"]
