"""Customers change hands: with what is under way for them, with a reason, to be undone for ten minutes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.bulk import Outcome
from core.errors import RuleBroken
from core.notices import notify
from core.undo import offer
from customers.models import Customer, Lead, Opportunity, OwnerChange
from users.models import Task, User

Kind = OwnerChange.Kind
Before = list[tuple[int, int | None, int, str | None]]
NAMED = 3
GIVEN = gettext_noop("%(by)s transferred customers to you (%(count)d): %(names)s")
TAKEN = gettext_noop("%(by)s transferred customers of yours to %(owner)s (%(count)d): %(names)s")
RETURNED = gettext_noop("%(by)s took back a transfer; these customers are yours again (%(count)d): %(names)s")
TAKEN_BACK = gettext_noop("%(by)s took back a transfer of customers to you (%(count)d): %(names)s")
DONE = gettext_noop("Transferred to %(owner)s (%(count)d): %(names)s")


@transaction.atomic
def transfer_customers(
    record_ids: Iterable[int],
    *,
    by: User,
    owner: User,
    reason: str,
    with_tasks: bool = True,
    with_opportunities: bool = True,
) -> Outcome:
    """Give customers to another owner. ``by`` may take it back for ten minutes."""
    check_new_owner(owner, by=by)
    if not reason.strip():
        raise RuleBroken({"reason": _("Please give a reason.")})
    asked = list(dict.fromkeys(record_ids))
    rows = held(Customer.objects.within(by, "transfer").filter(pk__in=asked))
    refused = refusals(asked, rows, lambda customer: _refusal(customer, owner))
    given = [customer for customer in rows if customer.pk not in refused]
    if given:
        following = _following(given, with_tasks=with_tasks, with_opportunities=with_opportunities)
        moved = {kind._meta.label: give(kind, keys, owner) for kind, keys in following.items()}
        log_changes(given, kind=Kind.TRANSFERRED, after=owner, by=by, reason=reason.strip())
        _tell(given, owner, by=by)
        offer(
            "customers.transfer",
            by=by,
            parameters={"owner": owner.pk, "customers": [customer.pk for customer in given], "moved": moved},
            message=DONE,
            words={"owner": str(owner), "count": len(given), "names": names_of(given)},
        )
    return Outcome(done=[customer.pk for customer in given], refused=refused)


@transaction.atomic
def undo_transfer(parameters: dict, *, by: User) -> None:
    """Put back exactly what was moved, or nothing where some of it has moved on."""
    owner = User.objects.get(pk=parameters["owner"])
    for label, before in parameters["moved"].items():
        _put_back(apps.get_model(label), before, owner)
    customers = list(Customer.objects.filter(pk__in=parameters["customers"]))
    changes = [
        OwnerChange(customer=customer, kind=Kind.UNDONE, owner_before=owner, owner_after_id=customer.owner_id, by=by)
        for customer in customers
    ]
    OwnerChange.objects.bulk_create(changes, batch_size=1_000)
    _tell_undone(customers, owner, by=by)


def hand_over_customers(keys: list[int], *, owner: User, by: User) -> None:
    """Customers of a leaver, with the rows merged into them; each gets its line in the history of owners."""
    rows = held(Customer.objects.filter(pk__in=keys, merged_into=None))
    give(Customer, keys, owner)
    give(Customer, Customer.objects.with_merged(*(row.pk for row in rows)).values_list("pk", flat=True), owner)
    log_changes(rows, kind=Kind.HANDED_OVER, after=owner, by=by)


def check_new_owner(owner: User, *, by: User) -> None:
    """On duty, within the giver's reach, and somebody who works with customers."""
    words = {"owner": owner}
    if not owner.is_active:
        raise RuleBroken({"owner": _("%(owner)s is no longer on duty. Choose somebody else.") % words})
    if not User.objects.visible_to(by).filter(pk=owner.pk).exists():
        raise RuleBroken({"owner": _("%(owner)s works outside your part of the organisation.") % words})
    if owner.unit is None or owner.scope_of(Customer, "change") is None:
        raise RuleBroken({"owner": _("%(owner)s does not work with customers.") % words})


def held(rows: models.QuerySet) -> list:
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def refusals(asked: Iterable[int], rows: Iterable[Customer], judge: Callable[[Customer], str]) -> dict[int, str]:
    """Why rows are left out: those out of reach, and those about which ``judge`` has a sentence."""
    reached = {customer.pk: customer for customer in rows}
    found = {}
    for key in asked:
        if key not in reached:
            found[key] = _("This customer is not among those with whom you may do this.")
        elif sentence := judge(reached[key]):
            found[key] = sentence
    return found


def with_open_work(customer_ids: Iterable[int]) -> dict[type[models.Model], list[int]]:
    """The customers' leads and opportunities that are under way and belong to the same owner."""
    same = Q(customer__in=list(customer_ids)) & (Q(owner=F("customer__owner")) | Q(owner=None, customer__owner=None))
    return {
        rows.model: list(rows.filter(same).values_list("pk", flat=True))
        for rows in (Lead.objects.open(), Opportunity.objects.open())
    }


def give(kind: type[models.Model], keys: Iterable[int], owner: User | None) -> Before:
    """Make ``owner`` the owner of the rows, and return what was before.

    A row keeps its unit unless the new owner would work outside of it.
    """
    rows = held(kind._base_manager.filter(pk__in=list(keys)).prefetch_related("unit"))
    outside = [row.pk for row in rows if owner and not owner.unit.contains(row.unit)]
    since = {"owned_since": timezone.now()} if kind is Customer else {}
    kind._base_manager.filter(pk__in=[row.pk for row in rows]).update(owner=owner, **since)
    if outside:
        kind._base_manager.filter(pk__in=outside).update(unit=owner.unit)
    return [(row.pk, row.owner_id, row.unit_id, _since(row)) for row in rows]


def log_changes(customers: Iterable[Customer], *, kind: str, by: User | None, after: User | None, **fields) -> None:
    """A row of the owners' history for each customer as he was before."""
    changes = (
        OwnerChange(customer=row, kind=kind, owner_before_id=row.owner_id, owner_after=after, by=by, **fields)
        for row in customers
    )
    OwnerChange.objects.bulk_create(changes, batch_size=1_000)


def names_of(customers: list[Customer]) -> str:
    names = "、".join(customer.name for customer in customers[:NAMED])
    return f"{names}…" if len(customers) > NAMED else names


def _refusal(customer: Customer, owner: User) -> str:
    words = {"customer": customer, "owner": owner}
    if customer.pooled_at:
        return _("“%(customer)s” is in the public pool. Assign it from there.") % words
    if customer.owner_id == owner.pk:
        return _("“%(customer)s” already belongs to %(owner)s.") % words
    return ""


def _following(given: list[Customer], *, with_tasks: bool, with_opportunities: bool) -> dict:
    """By model the keys of what goes along: the customers, the rows merged into them, the work under way."""
    keys = [customer.pk for customer in given]
    found = {Customer: list(Customer.objects.with_merged(*keys).values_list("pk", flat=True))}
    work = with_open_work(keys)
    if with_opportunities:
        found |= work
    if with_tasks:
        found[Task] = _open_tasks({Customer: keys} | work, {customer.owner_id for customer in given})
    return found


def _open_tasks(targets: dict[type[models.Model], list[int]], owner_ids: set[int | None]) -> list[int]:
    about = Q(pk__in=[])
    for kind, keys in targets.items():
        about |= Q(content_type=ContentType.objects.get_for_model(kind), object_id__in=keys)
    return list(Task.objects.open().filter(about, owner__in=owner_ids - {None}).values_list("pk", flat=True))


def _put_back(kind: type[models.Model], before: Before, owner: User) -> None:
    keys = {key for key, *_rest in before}
    for row in held(kind._base_manager.filter(pk__in=keys)):
        merged_into = getattr(row, "merged_into_id", None)
        if row.owner_id != owner.pk or (merged_into and merged_into not in keys):
            raise RuleBroken(
                _("“%(record)s” has moved on since, so the transfer can no longer be undone.") % {"record": row}
            )
    places = defaultdict(list)
    for key, owner_id, unit_id, since in before:
        places[owner_id, unit_id, since].append(key)
    for (owner_id, unit_id, since), rows in places.items():
        put_back = {"owned_since": since and datetime.fromisoformat(since)} if kind is Customer else {}
        kind._base_manager.filter(pk__in=rows).update(owner=owner_id, unit=unit_id, **put_back)


def _since(row: models.Model) -> str | None:
    moment = getattr(row, "owned_since", None)
    return moment and moment.isoformat()


def _tell(given: list[Customer], owner: User, *, by: User) -> None:
    """The new owner, and each former one, what he has to know; nobody what he did himself."""
    for former_id, customers in _by_owner(given, but=by):
        notify([former_id], TAKEN, url=_list_url(customers, None), owner=str(owner), **_words(customers, by))
    if owner != by:
        notify([owner.pk], GIVEN, url=_list_url(given, owner), **_words(given, by))


def _tell_undone(returned: list[Customer], receiver: User, *, by: User) -> None:
    """Those who heard of the transfer hear that it is taken back."""
    for owner_id, customers in _by_owner(returned, but=by):
        notify([owner_id], RETURNED, url=_list_url(customers, None), **_words(customers, by))
    if receiver != by:
        notify([receiver.pk], TAKEN_BACK, url=_list_url(returned, None), **_words(returned, by))


def _by_owner(customers: list[Customer], *, but: User) -> Iterator[tuple[int, list[Customer]]]:
    found = defaultdict(list)
    for customer in customers:
        found[customer.owner_id].append(customer)
    return ((owner_id, rows) for owner_id, rows in found.items() if owner_id not in (None, but.pk))


def _words(customers: list[Customer], by: User) -> dict:
    return {"by": str(by), "count": len(customers), "names": names_of(customers)}


def _list_url(customers: list[Customer], owner: User | None) -> str:
    """The one customer, to whom he now belongs; else a list."""
    if owner and len(customers) == 1:
        return reverse("customers:customer_detail", args=[customers[0].pk])
    url = reverse("customers:customer_list")
    return f"{url}?owner={owner.pk}" if owner else url
