from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import PriceCondition
from core.errors import RuleBroken
from users.models import User

STILL_CHANGEABLE = ("name", "valid_until")


def add_price_condition(*, by: User, **fields) -> PriceCondition:
    _refuse_past_days(fields["valid_from"])
    return PriceCondition.objects.create(**fields)


@transaction.atomic
def change_price_condition(condition_id: int, *, by: User, **fields) -> PriceCondition:
    """One that holds already was ordered by: it may be renamed and ended, from today on, and nothing else."""
    condition = PriceCondition.objects.select_for_update(of=("self",)).get(pk=condition_id)
    today = timezone.localdate()
    if condition.valid_from <= today:
        _check_frozen(condition, fields, today)
    else:
        _refuse_past_days(fields.get("valid_from", condition.valid_from))
    for name, value in fields.items():
        setattr(condition, name, value)
    condition.save(update_fields=list(fields))
    return condition


def _refuse_past_days(valid_from: date) -> None:
    """On a day that is over, orders were priced without it."""
    if valid_from < timezone.localdate():
        raise RuleBroken({"valid_from": _("Prices of past days stay as they are. Choose today or later.")})


def _check_frozen(condition: PriceCondition, fields: dict, today: date) -> None:
    others = [name for name in fields if name not in STILL_CHANGEABLE]
    if any(fields[name] != getattr(condition, name) for name in others):
        raise RuleBroken(
            _("“%(condition)s” holds since %(day)s: only its name and last day can be changed. End it and add another.")
            % {"condition": condition, "day": condition.valid_from}
        )
    new_end = fields.get("valid_until", condition.valid_until)
    if new_end != condition.valid_until and (new_end or condition.valid_until) < today:
        raise RuleBroken({"valid_until": _("A condition cannot be ended in the past. Choose today or later.")})
