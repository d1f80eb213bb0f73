"""Figures and look-ups of the customers area."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from customers.models import Customer, PurchaseRecord


@dataclass(frozen=True)
class Twins:
    """Customers with a phone: those the reader sees, and a sentence about them (others stay unnamed)."""

    visible: QuerySet[Customer]
    warning: str


def customers_with_phone(phone: str, *, user) -> Twins:
    visible = Customer.objects.visible_to(user).with_phone(phone)
    names = list(visible.values_list("name", flat=True)[:5])
    if names:
        return Twins(
            visible,
            _("This phone already belongs to: %(names)s. Choose the customer here unless it is somebody else.")
            % {"names": "、".join(names)},
        )
    if Customer.objects.with_phone(phone).exists():
        return Twins(visible, _("A customer with this phone is already registered elsewhere. Ask your manager."))
    return Twins(visible, "")


def purchase_total(customer_id: int) -> Decimal:
    """Everything a customer bought, in yuan: the sum of his purchase record."""
    return PurchaseRecord.objects.filter(customer=customer_id).aggregate(total=Sum("amount"))["total"] or Decimal(
        "0.00"
    )
