"""Who may give which discount, and who may approve a larger one."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.models import DiscountLimit, Order, OrderVersion, Quotation
from core.errors import StepRefused
from customers.queries import key_account_discount
from users.access import permissions_of
from users.models import User

SEES_COST = "products.see_cost_price"
NAMED = 5
Priced = Quotation | Order | OrderVersion


def is_within(record: Priced, user: User, day: date) -> bool:
    """Whether somebody may decide on these prices; a price below cost only who may know the cost."""
    if record.is_below_cost and not user.has_perm(SEES_COST):
        return False
    return record.largest_discount_percent <= limit_for(record, user, day)


def limit_for(record: Priced, user: User, day: date) -> Decimal:
    """The limit of the person, or what was agreed with the key account where that is more."""
    return max(DiscountLimit.objects.limit_of(user, day), _agreed(record, day))


def needs_limit(record: Priced, day: date) -> bool:
    """Whether more is taken off than what was agreed with the key account."""
    return record.largest_discount_percent > 0 and record.largest_discount_percent > _agreed(record, day)


def approvers(record: Priced, day: date) -> dict[User, DiscountLimit]:
    """Those of the record's unit and the units above it who may approve these prices, the nearest first."""
    approves = _approves(record)
    return _people(record, day, {approves, SEES_COST} if record.is_below_cost else {approves})


def _people(record: Priced, day: date, needed: set[str]) -> dict[User, DiscountLimit]:
    limits = {
        limit.role: limit
        for limit in DiscountLimit.objects.in_force(day)
        if limit.percent >= record.largest_discount_percent and needed <= permissions_of(limit.role)
    }
    people = (
        User.objects.on_duty()
        .filter(unit__in=record.unit.line, groups__name__in=list(limits))
        .exclude(pk=record.owner_id)
        .order_by("-unit__path", "name", "pk")
        .distinct()
    )
    return {
        person: max((limits[role] for role in person.role_names if role in limits), key=lambda limit: limit.percent)
        for person in people
    }


def why_beyond(record: Priced, user: User, day: date) -> str:
    """What goes beyond this person's limit, and whose limit suffices.

    Neither the sentence nor the names tell whoever may not know the cost that a price lies below it.
    """
    if is_within(record, user, day):
        return ""
    limit = limit_for(record, user, day)
    words = {"quotation": record, "discount": record.largest_discount_percent, "limit": limit}
    if record.largest_discount_percent > limit:
        reason = _("The largest discount of “%(quotation)s” is %(discount)s %%; your limit is %(limit)s %%.") % words
    elif user.has_perm(SEES_COST):
        reason = _("“%(quotation)s” offers a car below its cost.") % words
    else:
        reason = _("The prices of “%(quotation)s” need an approval.") % words
    return f"{reason} {_who_may_approve(record, user, day)}"


def approver_within(record: Priced, by: User, day: date) -> User:
    """Of those who approved a locked record, or in whose name, somebody who may give its discounts."""
    people = getattr(record, "approved_by", [by])
    for person in people:
        if is_within(record, person, day):
            return person
    raise StepRefused(why_beyond(record, people[0], day))


def check_somebody_may(record: Priced, by: User, day: date) -> None:
    if not any(person != by for person in approvers(record, day)):
        raise StepRefused(_nobody_may())


def _agreed(record: Priced, day: date) -> Decimal:
    cars = sum(record.lines.values_list("quantity", flat=True))
    return key_account_discount(record.end_user_id, quantity=cars, on=day)


def _approves(record: Priced) -> str:
    return f"contracts.approve_{record._meta.model_name}"


def _nobody_may() -> str:
    return _("Nobody's limit is high enough. Lower the discount, or have the sales director raise a limit.")


def _who_may_approve(record: Priced, user: User, day: date) -> str:
    found = approvers(record, day) if user.has_perm(SEES_COST) else _people(record, day, {_approves(record)})
    found.pop(user, None)
    if not found:
        return _nobody_may()
    names = [
        f"{person} ({limit.get_role_display()}, {limit.percent} %)" for person, limit in list(found.items())[:NAMED]
    ]
    return _("It needs the approval of: %(people)s.") % {"people": _(", ").join(names)}
