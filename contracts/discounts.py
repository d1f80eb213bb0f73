"""Who may give which discount, and who may approve a larger one."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.models import DiscountLimit, Quotation
from users.access import permissions_of
from users.models import User

SEES_COST = "products.see_cost_price"


def is_within(quotation: Quotation, user: User, day: date) -> bool:
    """Whether somebody may decide on these prices; a price below cost only who may know the cost."""
    if quotation.is_below_cost and not user.has_perm(SEES_COST):
        return False
    return quotation.largest_discount_percent <= DiscountLimit.objects.limit_of(user, day)


def sufficient_limits(quotation: Quotation, day: date) -> list[DiscountLimit]:
    """The limits of the roles that may approve these prices, the smallest first."""
    needed = {"contracts.approve_quotation"} | ({SEES_COST} if quotation.is_below_cost else set())
    limits = DiscountLimit.objects.in_force(day)
    found = [
        limit
        for limit in limits
        if limit.percent >= quotation.largest_discount_percent and needed <= permissions_of(limit.role)
    ]
    return sorted(found, key=lambda limit: limit.percent)


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
    limits = sufficient_limits(quotation, day)
    if not limits:
        return _("Nobody's limit is high enough. Lower the discount, or have the sales director raise a limit.")
    roles = _(", ").join(f"{limit.get_role_display()} ({limit.percent} %)" for limit in limits)
    return _("It needs the approval of: %(roles)s.") % {"roles": roles}
