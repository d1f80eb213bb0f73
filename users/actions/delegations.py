"""Who approves in whose name while he is away."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.notices import notify
from users import approvers
from users.actions.tasks import refuse_without_unit
from users.models import Delegation, User

NAMED = gettext_noop("%(owner)s named you as the deputy for approvals from %(first)s to %(last)s.")


@transaction.atomic
def add_delegation(
    *, by: User, deputy: User, starts_on: date, ends_on: date, owner: User | None = None, reason: str = ""
) -> Delegation:
    """For oneself, or by a manager for one of his people; nobody makes himself the deputy of another."""
    owner = owner or by
    refuse_without_unit(owner)
    _refuse_taking(owner, deputy, by=by)
    _refuse_overlap(owner, starts_on, ends_on)
    _refuse_deputy(owner, deputy)
    delegation = Delegation.objects.create(
        owner=owner, unit=owner.unit, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=reason, made_by=by
    )
    url = reverse("users:delegation_detail", args=[delegation.pk])
    words = {"owner": str(owner), "first": starts_on.isoformat(), "last": ends_on.isoformat()}
    notify({deputy.pk, owner.pk} - {by.pk}, NAMED, url=url, **words)
    return delegation


@transaction.atomic
def change_delegation(delegation_id: int, *, by: User, starts_on: date, ends_on: date, reason: str) -> Delegation:
    delegation = _held(delegation_id)
    _refuse_overlap(delegation.owner, starts_on, ends_on, but=delegation.pk)
    delegation.starts_on, delegation.ends_on, delegation.reason = starts_on, ends_on, reason
    delegation.save(update_fields=["starts_on", "ends_on", "reason"])
    return delegation


@transaction.atomic
def end_delegation(delegation_id: int, *, by: User) -> Delegation:
    delegation = _held(delegation_id)
    delegation.ended_at = timezone.now()
    delegation.save(update_fields=["ended_at"])
    return delegation


def _held(delegation_id: int) -> Delegation:
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation_id)
    if delegation.ended_at:
        raise RuleBroken(_("“%(delegation)s” has ended.") % {"delegation": delegation})
    return delegation


def _refuse_overlap(owner: User, first: date, last: date, *, but: int = 0) -> None:
    others = Delegation.objects.filter(owner=owner, ended_at=None, starts_on__lte=last, ends_on__gte=first)
    other = others.exclude(pk=but).first()
    if other:
        words = {"delegation": other, "first": other.starts_on, "last": other.ends_on}
        raise RuleBroken(_("“%(delegation)s” holds from %(first)s to %(last)s already. End it first.") % words)


def _refuse_deputy(owner: User, deputy: User) -> None:
    if not deputy.is_active:
        raise RuleBroken({"deputy": _("%(person)s can no longer sign in.") % {"person": deputy}})
    if not approvers.deputies(owner.unit.line).filter(pk=deputy.pk).exists():
        words = {"person": deputy, "owner": owner}
        text = _(
            "%(person)s cannot approve for %(owner)s. Name somebody with a business role in that unit or above it."
        )
        raise RuleBroken({"deputy": text % words})


def _refuse_taking(owner: User, deputy: User, *, by: User) -> None:
    if owner.pk == by.pk:
        return
    if not User.objects.reached_by(by, Delegation, "change").filter(pk=owner.pk).exists():
        raise RuleBroken({"owner": _("You may name deputies for yourself and for your own people.")})
    if deputy.pk == by.pk:
        raise RuleBroken({"deputy": _("You cannot make yourself the deputy of somebody else. He names you himself.")})
