"""Customers go to the public pool, by hand or by rule, and are taken out of it; every refusal names its rule."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.bulk import Outcome
from core.changes import changed
from core.errors import RuleBroken
from core.locks import hold
from core.notices import notify
from customers.actions.transfers import check_new_owner, give, held, log_changes, names_of, refusals, with_open_work
from customers.models import (
    ClaimLimit,
    Customer,
    CustomerShare,
    KeyAccountRegistration,
    OwnerChange,
    PooledCustomer,
    PoolRule,
)
from customers.models.pool import Reach, falling
from users.models import User

BATCH = 1_000
Kind, Ground = OwnerChange.Kind, OwnerChange.Ground


def add_pool_rule(*, by: User, **fields) -> PoolRule:
    return PoolRule.objects.create(**fields)


def change_pool_rule(rule_id: int, *, by: User, **fields) -> PoolRule:
    return changed(PoolRule, rule_id, fields)


def add_claim_limit(*, by: User, **fields) -> ClaimLimit:
    return ClaimLimit.objects.create(**fields)


def change_claim_limit(limit_id: int, *, by: User, **fields) -> ClaimLimit:
    return changed(ClaimLimit, limit_id, fields)


@transaction.atomic
def return_customers(record_ids: Iterable[int], *, by: User, reason: str) -> Outcome:
    """Give customers back to the pool by hand."""
    if not reason.strip():
        raise RuleBroken({"reason": _("Please give a reason.")})
    asked = list(dict.fromkeys(record_ids))
    rows = held(Customer.objects.within(by, "return").filter(pk__in=asked))
    refused = refusals(asked, rows, _already_pooled)
    returned = [row for row in rows if row.pk not in refused]
    _pool(returned, by=by, ground=Ground.BY_HAND, reason=reason.strip())
    _tell_owners([row.owner_id for row in returned if row.owner_id != by.pk])
    return Outcome(done=[row.pk for row in returned], refused=refused)


def pool_fallen_customers(now: datetime) -> int:
    """Each night: whoever is due by the rules falls into the pool, in batches; a second run finds nobody left."""
    reaches, fallen = PoolRule.objects.reaches(), []
    for reach in reaches:
        for ground, days in (
            (Ground.NO_CONTACT, reach.rule.no_contact_days),
            (Ground.NO_ORDER, reach.rule.no_order_days),
        ):
            while days and (batch := _pool_batch(reach, ground, days, now)):
                fallen += batch
    _tell_owners(fallen)
    return len(fallen)


@transaction.atomic
def claim_customers(record_ids: Iterable[int], *, by: User) -> Outcome:
    """Take customers out of the pool, as far as the limits of one's unit allow."""
    hold(f"customers.claim.{by.pk}")
    asked = list(dict.fromkeys(record_ids))
    if by.unit is None or by.scope_of(Customer, "change") is None:
        return Outcome(refused=dict.fromkeys(asked, _("You work without customers, so you cannot claim any.")))
    rows = held(PooledCustomer.objects.in_reach(by, "claim").filter(pk__in=asked))
    judge = ClaimJudge(by, asked, timezone.now())
    refused = refusals(asked, rows, judge.refusal)
    claimed = [row for row in rows if row.pk not in refused]
    _take_out(claimed, by, kind=Kind.CLAIMED, by=by)
    return Outcome(done=[row.pk for row in claimed], refused=refused)


@transaction.atomic
def assign_pooled_customers(record_ids: Iterable[int], *, by: User, owner: User) -> Outcome:
    """A manager gives customers of the pool to one of his people; only the owner's capacity limits him."""
    check_new_owner(owner, by=by)
    hold(f"customers.claim.{owner.pk}")
    asked = list(dict.fromkeys(record_ids))
    rows = held(PooledCustomer.objects.in_reach(by, "assign").filter(pk__in=asked))
    judge = CapacityJudge(owner)
    refused = refusals(asked, rows, judge.refusal)
    assigned = [row for row in rows if row.pk not in refused]
    _take_out(assigned, owner, kind=Kind.ASSIGNED, by=by)
    if assigned and owner != by:
        notify(
            [owner.pk],
            gettext_noop("%(by)s assigned customers of the public pool to you (%(count)d): %(names)s"),
            url=f"{reverse('customers:customer_list')}?owner={owner.pk}",
            by=str(by),
            count=len(assigned),
            names=names_of(assigned),
        )
    return Outcome(done=[row.pk for row in assigned], refused=refused)


class CapacityJudge:
    """Counts along while rows are accepted, so that the last one that fits is the last one given."""

    def __init__(self, owner: User):
        self.owner = owner
        self.limit = ClaimLimit.objects.nearest(owner.unit) or ClaimLimit(unit=owner.unit)
        self.owned = Customer.objects.owned().filter(owner=owner).count()

    def refusal(self, customer: Customer) -> str:
        sentence = _no_longer_pooled(customer) or self.broken_rule(customer)
        if not sentence:
            self.owned += 1
        return sentence

    def broken_rule(self, customer: Customer) -> str:
        capacity = self.limit.capacity
        if capacity is None or self.owned < capacity:
            return ""
        return _("Capacity (%(unit)s): one person may own %(limit)d customers; %(owner)s owns %(owned)d.") % {
            "unit": self.limit.unit,
            "limit": capacity,
            "owner": self.owner,
            "owned": self.owned,
        }


class ClaimJudge(CapacityJudge):
    """The limits of a claim: cooling-off of the previous owner, claims of the day, capacity."""

    def __init__(self, owner: User, asked: list[int], now: datetime):
        super().__init__(owner)
        claims = OwnerChange.objects.filter(kind=Kind.CLAIMED, owner_after=owner)
        self.claimed = claims.filter(
            at__gte=timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        ).count()
        self.lost_at = self._lost_at(asked, now)

    def refusal(self, customer: Customer) -> str:
        sentence = super().refusal(customer)
        if not sentence:
            self.claimed += 1
        return sentence

    def broken_rule(self, customer: Customer) -> str:
        limit, words = self.limit, {"unit": self.limit.unit, "customer": customer}
        if lost_at := self.lost_at.get(customer.pk):
            free_on = timezone.localdate(lost_at + timedelta(days=limit.cooling_off_days))
            words |= {"days": limit.cooling_off_days, "day": free_on.isoformat()}
            return (
                _(
                    "Cooling-off (%(unit)s): the previous owner waits %(days)d days; “%(customer)s” is open "
                    "to you from %(day)s."
                )
                % words
            )
        if limit.claims_per_day is not None and self.claimed >= limit.claims_per_day:
            words |= {"limit": limit.claims_per_day, "count": self.claimed}
            return _("Claims per day (%(unit)s): at most %(limit)d; you have claimed %(count)d today.") % words
        return super().broken_rule(customer)

    def _lost_at(self, asked: list[int], now: datetime) -> dict[int, datetime]:
        if not self.limit.cooling_off_days:
            return {}
        since = now - timedelta(days=self.limit.cooling_off_days)
        lost = OwnerChange.objects.filter(kind=Kind.POOLED, owner_before=self.owner, customer__in=asked, at__gt=since)
        return dict(lost.order_by("at").values_list("customer", "at"))


@transaction.atomic
def _pool_batch(reach: Reach, ground: str, days: int, now: datetime) -> list[int]:
    """The former owners of the next customers of a rule who are due on this ground."""
    protected = KeyAccountRegistration.objects.protected(timezone.localdate(now)).values("customer")
    due = falling(Customer.objects.owned(), [reach]).filter(reach.due(now), ground=ground)
    rows = list(due.exclude(pk__in=protected).select_for_update(of=("self",)).order_by("pk")[:BATCH])
    _pool(rows, by=None, ground=ground, days=days)
    return [row.owner_id for row in rows]


def _pool(rows: list[Customer], **why) -> None:
    """What is under way for them goes along, and what their owner agreed with colleagues ends with him."""
    keys = [row.pk for row in rows]
    for kind, found in with_open_work(keys).items():
        give(kind, found, None)
    give(Customer, Customer.objects.with_merged(*keys).values_list("pk", flat=True), None)
    now = timezone.now()
    CustomerShare.objects.filter(customer__in=keys, ended_at=None).update(ended_at=now, ended_by=why.get("by"))
    Customer.objects.filter(pk__in=keys).update(pooled_at=now)
    log_changes(rows, kind=Kind.POOLED, after=None, **why)


def _take_out(rows: list[Customer], owner: User, *, kind: str, by: User) -> None:
    keys = [row.pk for row in rows]
    work = with_open_work(keys)
    Customer.objects.filter(pk__in=keys).update(pooled_at=None)
    give(Customer, Customer.objects.with_merged(*keys).values_list("pk", flat=True), owner)
    for model, found in work.items():
        give(model, found, owner)
    log_changes(rows, kind=kind, after=owner, by=by)


def _already_pooled(customer: Customer) -> str:
    return _("“%(customer)s” is in the public pool already.") % {"customer": customer} if customer.pooled_at else ""


def _no_longer_pooled(customer: Customer) -> str:
    if customer.pooled_at:
        return ""
    owner = customer.owner or _("nobody yet")
    return _("“%(customer)s” is no longer in the public pool; the owner is now: %(owner)s.") % {
        "customer": customer,
        "owner": owner,
    }


def _tell_owners(owner_ids: Iterable[int | None]) -> None:
    for owner_id, count in Counter(owner_ids).items():
        if owner_id is not None:
            notify(
                [owner_id],
                gettext_noop("Customers of yours went to the public pool: %(count)d."),
                url=reverse("customers:pooledcustomer_list"),
                count=count,
            )
