from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from salesplan.models import Quota
from users.models import User


@transaction.atomic
def add_quota(*, by: User, user: User, month: date, target_count: int, target_amount: Decimal = Decimal(0)) -> Quota:
    _refuse_second(user, month)
    return Quota.objects.create(user=user, month=month, target_count=target_count, target_amount=target_amount)


@transaction.atomic
def change_quota(quota_id: int, *, by: User, **fields) -> Quota:
    quota = Quota.objects.select_for_update(of=("self",)).get(pk=quota_id)
    for name, value in fields.items():
        setattr(quota, name, value)
    _refuse_second(quota.user, quota.month, but=quota.pk)
    quota.save(update_fields=list(fields))
    return quota


def _refuse_second(user: User, month: date, *, but: int | None = None) -> None:
    if Quota.objects.filter(user=user, month=month).exclude(pk=but).exists():
        raise RuleBroken(
            {
                "user": _("%(user)s has a quota for %(month)s already. Change that one.")
                % {"user": user, "month": f"{month:%Y-%m}"}
            }
        )
