"""Who may give which discount, and who may approve a larger one."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.models import DiscountLimit, Quotation
from customers.queries import key_account_discount
from users.access import permissions_of
from users.models import User

APPROVES = "contracts.approve_quotation"
SEES_COST = "products.see_cost_price"
NAMED = 5


def is_within(quotation: Quotation, user: User, day: date) -> bool:
    """Whether somebody may decide on these prices; a price below cost only who may know the cost."""
    if quotation.is_below_cost and not user.has_perm(SEES_COST):
        return False
    return quotation.largest_discount_percent <= limit_for(quotation, user, day)


def limit_for(quotation: Quotation, user: User, day: date) -> Decimal:
    """The limit of the person, or what was agreed with the key account where that is more."""
    cars = sum(quotation.lines.values_list("quantity", flat=True))
    agreed = key_account_discount(quotation.customer_id, quantity=cars, on=day)
    return max(DiscountLimit.objects.limit_of(user, day), agreed)


def approvers(quotation: Quotation, day: date) -> dict[User, DiscountLimit]:
    """Those of the quotation's unit and the units above it who may approve these prices, the nearest first."""
    return _people(quotation, day, {APPROVES, SEES_COST} if quotation.is_below_cost else {APPROVES})


def _people(quotation: Quotation, day: date, needed: set[str]) -> dict[User, DiscountLimit]:
    limits = {
        limit.role: limit
        for limit in DiscountLimit.objects.in_force(day)
        if limit.percent >= quotation.largest_discount_percent and needed <= permissions_of(limit.role)
    }
    units = [int(key) for key in quotation.unit.path.strip("/").split("/")]
    people = (
        User.objects.on_duty()
        .filter(unit__in=units, groups__name__in=list(limits))
        .exclude(pk=quotation.owner_id)
        .order_by("-unit__path", "name", "pk")
        .distinct()
    )
    return {
        person: max((limits[role] for role in person.role_names if role in limits), key=lambda limit: limit.percent)
        for person in people
    }


def why_beyond(quotation: Quotation, user: User, day: date) -> str:
    """What goes beyond this person's limit, and whose limit suffices.

    Neither the sentence nor the names tell whoever may not know the cost that a price lies below it.
    """
    if is_within(quotation, user, day):
        return ""
    limit = limit_for(quotation, user, day)
    words = {"quotation": quotation, "discount": quotation.largest_discount_percent, "limit": limit}
    if quotation.largest_discount_percent > limit:
        reason = _("The largest discount of “%(quotation)s” is %(discount)s %%; your limit is %(limit)s %%.") % words
    elif user.has_perm(SEES_COST):
        reason = _("“%(quotation)s” offers a car below its cost.") % words
    else:
        reason = _("The prices of “%(quotation)s” need an approval.") % words
    return f"{reason} {_who_may_approve(quotation, user, day)}"


def nobody_may() -> str:
    return _("Nobody's limit is high enough. Lower the discount, or have the sales director raise a limit.")


def _who_may_approve(quotation: Quotation, user: User, day: date) -> str:
    found = approvers(quotation, day) if user.has_perm(SEES_COST) else _people(quotation, day, {APPROVES})
    found.pop(user, None)
    if not found:
        return nobody_may()
    names = [
        f"{person} ({limit.get_role_display()}, {limit.percent} %)" for person, limit in list(found.items())[:NAMED]
    ]
    return _("It needs the approval of: %(people)s.") % {"people": _(", ").join(names)}
