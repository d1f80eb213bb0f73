from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.changes import changed
from core.errors import RuleBroken
from core.periods import month_of
from dealers.models import Dealer, DealerTarget, RebatePolicy
from users.models import User


@transaction.atomic
def add_target(*, by: User, dealer: Dealer, month: date, target_count: int) -> DealerTarget:
    _refuse_settled(month)
    return DealerTarget.objects.create(dealer=dealer, month=month, target_count=target_count)


@transaction.atomic
def change_target(target_id: int, *, by: User, **fields) -> DealerTarget:
    target = DealerTarget.objects.select_for_update(of=("self",)).get(pk=target_id)
    for month in sorted({target.month, fields.get("month", target.month)}):
        _refuse_settled(month)
    return changed(DealerTarget, target_id, fields)


def _refuse_settled(month: date) -> None:
    """The next run would pay a closed month anew, or take back what was paid for it."""
    policy = RebatePolicy.objects.settled_by_target(month).order_by("pk").first()
    if policy:
        raise RuleBroken(
            _("The target of %(month)s stands: “%(policy)s” has been settled by it up to %(last)s.")
            % {"month": month_of(month).label(), "policy": policy, "last": policy.settled_until}
        )
