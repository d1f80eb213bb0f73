from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.numbering import next_number
from core.periods import ONE_DAY, period_of
from core.workflow import log_status
from dealers.models import RebatePolicy, RebateTier
from users.models import User

Kind = RebatePolicy.Kind
SCOPES = ("series", "configurations", "regions")


@transaction.atomic
def add_rebate_policy(*, by: User, lines: list[dict], **fields) -> RebatePolicy:
    """The draft of the first version of a policy."""
    scopes = _taken_out(fields)
    policy = RebatePolicy(
        number=next_number("rebate_policy", prefix="FLZC", on=timezone.localdate()), owner=by, **fields
    )
    _check(policy, lines)
    policy.save()
    _write(policy, scopes, lines)
    log_status(policy, by=by, step="add", before="", after=policy.status)
    return policy


@transaction.atomic
def change_rebate_policy(policy_id: int, *, by: User, lines: list[dict], **fields) -> RebatePolicy:
    """Whoever wrote the terms last has drawn them up, and somebody else publishes them."""
    policy = RebatePolicy.objects.select_for_update(of=("self",)).get(pk=policy_id)
    if policy.status not in RebatePolicy.CHANGEABLE:
        raise RuleBroken(
            _("“%(policy)s” is %(status)s and no longer changed. Make a new version of it.")
            % {"policy": policy, "status": policy.get_status_display()}
        )
    scopes = _taken_out(fields)
    fields["owner"] = by
    for name, value in fields.items():
        setattr(policy, name, value)
    _check(policy, lines)
    policy.save(update_fields=list(fields))
    policy.tiers.all().delete()
    _write(policy, scopes, lines)
    return policy


def next_version(policy: RebatePolicy, *, by: User) -> RebatePolicy:
    """A draft with the terms of a locked, published policy, for the period after it."""
    newest = RebatePolicy.objects.filter(number=policy.number).order_by("-version").first()
    if newest.status == RebatePolicy.Status.DRAFT:
        raise RuleBroken(_("“%(policy)s” is being drawn up already. Change that draft.") % {"policy": newest})
    draft = RebatePolicy.objects.get(pk=newest.pk)
    draft.pk, draft._state.adding = None, True
    draft.version, draft.status, draft.owner = newest.version + 1, RebatePolicy.Status.DRAFT, by
    draft.valid_from, draft.settled_until = newest.valid_until + ONE_DAY, None
    draft.valid_until = period_of("year", draft.valid_from).last_day
    draft.save()
    tiers = newest.tiers.values("threshold", "rate_percent", "amount_per_car")
    _write(draft, {name: getattr(newest, name).all() for name in SCOPES}, list(tiers))
    log_status(draft, by=by, step="add", before="", after=draft.status)
    return draft


def _taken_out(fields: dict) -> dict:
    return {name: fields.pop(name) for name in SCOPES if name in fields}


def _write(policy: RebatePolicy, scopes: dict, lines: list[dict]) -> None:
    for name, chosen in scopes.items():
        getattr(policy, name).set(chosen)
    RebateTier.objects.bulk_create(RebateTier(policy=policy, **line) for line in lines)


def _check(policy: RebatePolicy, lines: list[dict]) -> None:
    if policy.kind != Kind.ATTAINMENT:
        policy.cadence = RebatePolicy.Cadence.MONTH
    _refuse_broken_periods(policy.cadence, policy.valid_from, policy.valid_until)
    if len({line["threshold"] for line in lines}) < len(lines):
        raise RuleBroken(_("Two tiers begin at the same threshold. Leave one of them."))
    if policy.kind in RebatePolicy.TIERED and not lines:
        raise RuleBroken(_("Enter at least one tier: from which threshold on how much is paid."))
    if policy.kind not in RebatePolicy.TIERED and lines:
        raise RuleBroken(_("Tiers belong to attainment and clearance. Enter the amount per car instead."))
    if policy.kind not in RebatePolicy.TIERED and not policy.amount_per_car:
        raise RuleBroken({"amount_per_car": _("Enter what is paid per car.")})
    if policy.kind == Kind.CLEARANCE and any(line["rate_percent"] for line in lines):
        raise RuleBroken(_("Clearance pays an amount per car. Leave the share of the invoiced value at 0."))


def _refuse_broken_periods(cadence: str, first: date, last: date) -> None:
    """Whole months, quarters or years are settled; half of one would have no target."""
    if first != period_of(cadence, first).start:
        begin = period_of(cadence, first).start
        raise RuleBroken({"valid_from": _("Settled periods begin on %(day)s. Choose such a day.") % {"day": begin}})
    if last != period_of(cadence, last).last_day:
        end = period_of(cadence, last).last_day
        raise RuleBroken({"valid_until": _("Settled periods end on %(day)s. Choose such a day.") % {"day": end}})
    if last < first:
        raise RuleBroken({"valid_until": _("The last day lies before the first.")})
