"""Figures and look-ups of the customers area."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from customers.models import Customer, IntentLevel, IntentLevelRule, Lead, PurchaseRecord
from users.access import Role
from users.models import Unit, User


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


def next_contact_due(intent_level: str, today: date) -> date | None:
    """The latest day of the next follow-up for an intent level; None where the level asks for none."""
    days = IntentLevelRule.objects.filter(level=intent_level).values_list("follow_up_days", flat=True).first()
    return None if days is None else today + timedelta(days=days)


def level_choices() -> list[tuple[str, str]]:
    """The levels that people set, each with the days in which such a customer buys."""
    days = dict(IntentLevelRule.objects.values_list("level", "purchase_days"))
    return [(level.value, _level_label(level, days.get(level))) for level in Lead.BY_HAND]


def _level_label(level: IntentLevel, days: int | None) -> str:
    if days is None:
        return str(level.label)
    return _("%(level)s · buys within %(days)d days") % {"level": level.label, "days": days}


def managers_of(unit: Unit, *, but: User | None = None) -> list[int]:
    """Who answers for the sales of a unit: the manager of the dealer, the regional managers above it."""
    above = [int(key) for key in unit.path.strip("/").split("/")]
    people = User.objects.on_duty().filter(unit__in=above)
    managers = people.in_role(Role.REGIONAL_MANAGER) | people.in_role(Role.DEALER_MANAGER)
    return list(managers.exclude(pk=but.pk if but else None).order_by("pk").distinct().values_list("pk", flat=True))
