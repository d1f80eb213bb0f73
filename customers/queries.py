"""Figures and look-ups of the customers area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import StepRefused
from customers.models import (
    AnnualFrame,
    Contact,
    Customer,
    IntentLevel,
    IntentLevelRule,
    KeyAccountRegistration,
    Lead,
    PricePolicy,
    PurchaseRecord,
)
from customers.rules import is_same_company, plain_name
from users.access import Role
from users.models import Unit, User


@dataclass(frozen=True)
class Twins:
    """Customers with a phone: those the reader sees, and a sentence about them (others stay unnamed)."""

    visible: QuerySet[Customer]
    warning: str


def customers_with_phone(phone: str, *, user) -> Twins:
    same = Customer.objects.with_phone(phone) | Customer.objects.filter(
        pk__in=Contact.objects.filter(Q(phone=phone) | Q(other_phone=phone)).values("customer")
    )
    visible = Customer.objects.visible_to(user).filter(pk__in=same.values("pk"))
    names = list(visible.values_list("name", flat=True)[:5])
    if names:
        return Twins(
            visible,
            _("This phone already belongs to: %(names)s. Choose the customer here unless it is somebody else.")
            % {"names": "、".join(names)},
        )
    if same.exists():
        return Twins(visible, _("A customer with this phone is already registered elsewhere. Ask your manager."))
    return Twins(visible, "")


def rival_of(
    registration: KeyAccountRegistration, claims: QuerySet[KeyAccountRegistration]
) -> KeyAccountRegistration | None:
    """Of these claims the first to the same project of the same company, those that hold it before the others."""
    project = plain_name(registration.project_name)
    others = claims.exclude(pk=registration.pk).select_related("customer").order_by("protected_until", "pk")
    return next(
        (
            other
            for other in others
            if plain_name(other.project_name) == project and is_same_company(other.customer, registration.customer)
        ),
        None,
    )


def rival_for(user: User, registration: KeyAccountRegistration, today: date) -> KeyAccountRegistration:
    """The other claim, for whoever may decide on both; beyond his reach it stays unnamed."""
    rival = rival_of(registration, KeyAccountRegistration.objects.claiming(today))
    if rival is None:
        raise StepRefused(_("Nobody else claims this project. Register or reject it."))
    if not KeyAccountRegistration.objects.within(user, "arbitrate").filter(pk=rival.pk).exists():
        raise StepRefused(_("The other claim lies outside your area. The sales director has to decide."))
    return rival


@dataclass(frozen=True)
class Bought:
    """Sums of purchase records, and where these records are listed."""

    amount: Decimal
    car_count: int
    url: str


def bought(records: QuerySet[PurchaseRecord], *, user, **listed: object) -> Bought:
    """In the reader's rights, so that the figure equals the list it leads to."""
    sums = records.visible_to(user).aggregate(amount=Sum("amount"), cars=Sum("car_count"))
    url = f"{reverse('customers:purchaserecord_list')}?{urlencode(listed)}"
    return Bought(sums["amount"] or Decimal("0.00"), sums["cars"] or 0, url)


def fulfilment(frame: AnnualFrame, *, user) -> Bought:
    """What the key account and its subsidiaries bought in the days of the frame."""
    records = PurchaseRecord.objects.of_group(frame.customer_id)
    days = {"from_day": frame.valid_from, "to_day": frame.valid_until}
    within = records.filter(on__gte=frame.valid_from, on__lte=frame.valid_until)
    return bought(within, user=user, group=frame.customer_id, **days)


def key_account_discount(customer_id: int, *, quantity: int, on: date) -> Decimal:
    """The discount in percent agreed with a customer, else with the nearest company above him."""
    for key in _and_above(customer_id):
        policy = PricePolicy.objects.on(on).filter(customer=key).first()
        if policy is not None:
            tier = policy.tiers.filter(from_quantity__lte=quantity).order_by("from_quantity").last()
            return tier.discount_percent if tier else policy.discount_percent
    return Decimal(0)


def _and_above(customer_id: int) -> Iterator[int]:
    """The account tree upwards."""
    seen: set[int] = set()
    key: int | None = customer_id
    while key is not None and key not in seen:
        yield key
        seen.add(key)
        key = Customer.objects.filter(pk=key).values_list("parent", flat=True).first()


def purchase_total(customer_id: int) -> Decimal:
    """Everything a customer bought, in yuan: the sum of his purchase record."""
    return PurchaseRecord.objects.of_customer(customer_id).aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


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
    """Who answers for the sales of a unit: manager of the dealer, regional managers above it, else the directors."""
    people = User.objects.on_duty().filter(unit__in=unit.line)
    managers = people.in_role(Role.REGIONAL_MANAGER) | people.in_role(Role.DEALER_MANAGER)
    found = managers.exclude(pk=but.pk if but else None)
    if not found.exists():
        found = User.objects.on_duty().in_role(Role.DIRECTOR).exclude(pk=but.pk if but else None)
    return list(found.order_by("pk").distinct().values_list("pk", flat=True))
