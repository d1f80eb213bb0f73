"""Who may give which discount, and who may approve a larger one."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.models import DiscountLimit, Quotation
from users.access import permissions_of
from users.models import User

SEES_COST = "products.see_cost_price"
NAMED = 5


def is_within(quotation: Quotation, user: User, day: date) -> bool:
    """Whether somebody may decide on these prices; a price below cost only who may know the cost."""
    if quotation.is_below_cost and not user.has_perm(SEES_COST):
        return False
    return quotation.largest_discount_percent <= DiscountLimit.objects.limit_of(user, day)


def sufficient_limits(quotation: Quotation, day: date) -> dict[str, DiscountLimit]:
    """The limits of the roles that may approve these prices."""
    needed = {"contracts.approve_quotation"} | ({SEES_COST} if quotation.is_below_cost else set())
    return {
        limit.role: limit
        for limit in DiscountLimit.objects.in_force(day)
        if limit.percent >= quotation.largest_discount_percent and needed <= permissions_of(limit.role)
    }


def approvers(quotation: Quotation, day: date) -> dict[User, DiscountLimit]:
    """Those of the quotation's unit and the units above it whose role suffices, the nearest first."""
    limits = sufficient_limits(quotation, day)
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
    """What goes beyond this person's limit, and whose limit suffices."""
    limit = DiscountLimit.objects.limit_of(user, day)
    words = {"quotation": quotation, "discount": quotation.largest_discount_percent, "limit": limit}
    if quotation.largest_discount_percent > limit:
        reason = _("The largest discount of “%(quotation)s” is %(discount)s %%; your limit is %(limit)s %%.") % words
    else:
        reason = _("“%(quotation)s” offers a car below its cost.") % words
    return f"{reason} {_who_may_approve(quotation, day)}"


def _who_may_approve(quotation: Quotation, day: date) -> str:
    found = approvers(quotation, day)
    if not found:
        return _("Nobody's limit is high enough. Lower the discount, or have the sales director raise a limit.")
    names = [
        f"{person} ({limit.get_role_display()}, {limit.percent} %)" for person, limit in list(found.items())[:NAMED]
    ]
    return _("It needs the approval of: %(people)s.") % {"people": _(", ").join(names)}
