"""Two rows of one customer become one; for thirty days they can be parted again."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken, StepRefused
from core.locks import hold
from core.notices import notify
from core.workflow import log_status
from customers.actions.customers import SEARCHED, fill_search
from customers.models import Contact, Customer, CustomerMerge, CustomerShare
from customers.models.merges import UNDO_PERIOD
from customers.references import Reference, reference_named, references
from users.models import User

# What one chooses together, because it means nothing apart.
CHOICES: dict[str, tuple[str, ...]] = {
    "owner": ("owner_id", "unit_id", "owned_since", "pooled_at"),
    "name": ("name",),
    "kind": ("kind",),
    "stage": ("stage",),
    "level": ("level",),
    "care_level": ("care_level",),
    "phone": ("phone",),
    "other_phone": ("other_phone",),
    "credit_code": ("credit_code", "credit_code_note"),
    "id_number_cipher": ("id_number_cipher", "id_number_hash"),
    "province": ("division", "province", "city", "district"),
    "address": ("address",),
    "website": ("website",),
    "industry": ("industry",),
    "size": ("size",),
    "source": ("source_id",),
    "dealer": ("dealer_id",),
    "parent": ("parent_id",),
}
EXTRA = "extra_"  # before the name of a field that the company added
MERGE_TOLD = gettext_noop("%(by)s merged the customer %(loser)s into %(winner)s.")
UNDO_TOLD = gettext_noop("%(by)s undid the merge of the customer %(loser)s into %(winner)s.")
# Nobody chooses these: they follow from the others, or belong to the row itself.
DERIVED = {*SEARCHED, "last_contact_at"}
ABSORBED = ("merged_into_id", "pooled_at", "owner_id", "unit_id")
CHOSEN_BY_NAME = {"extra"}
OF_THE_ROW = {"id", "number", "created_at", "merged_into_id", "binned_at", "binned_by_id"}
MERGED, PARTED = gettext_noop("Another record was merged into this one"), gettext_noop("Merge undone")
PRIMARY = "customers.Contact.is_primary"


@transaction.atomic
def merge_customers(winner_id: int, loser_id: int, *, by: User, taken: Collection[str] = ()) -> CustomerMerge:
    """The winner stays, with the values of the loser for what is named in ``taken``; all else follows to the winner."""
    hold("customers.merge")
    all_references = references()
    for reference in all_references:
        list(reference.rows_of(loser_id).select_for_update(of=("self",)).values_list("pk"))
    winner, loser = _two(winner_id, loser_id, by=by)
    winner_before, loser_before = stored(winner), stored(loser)
    moved = {PRIMARY: _yield_primary(winner, loser)}
    _take_over(winner, loser, taken)
    moved |= {reference.label: _follow(reference, winner, loser) for reference in all_references}
    _absorb(loser, winner)
    fill_search(winner)
    _save_changes(winner, winner_before)
    merge = CustomerMerge.objects.create(
        winner=winner,
        loser=loser,
        loser_number=loser.number,
        loser_name=loser.name,
        by=by,
        winner_before=winner_before,
        winner_after=stored(winner),
        loser_before=loser_before,
        moved={label: keys for label, keys in moved.items() if keys},
        moved_count=sum(len(keys) for keys in moved.values()),
    )
    log_status(winner, by=by, step=MERGED, before="", after="", note=str(merge))
    _tell(merge, [loser_before["owner_id"], winner.owner_id], MERGE_TOLD, by=by)
    return merge


def undo_merge(merge: CustomerMerge, *, by: User) -> None:
    """Part a locked merge: every row that followed goes back, every field gets its value back, or nothing at all."""
    hold("customers.merge")
    if Customer.objects.filter(pk=merge.winner_id, merged_into__isnull=False).exists():
        raise StepRefused(_("“%(customer)s” was itself merged since. Undo that first.") % {"customer": merge.winner})
    if timezone.now() > merge.at + UNDO_PERIOD:
        raise StepRefused(_("A merge can be undone for %(days)d days only.") % {"days": UNDO_PERIOD.days})
    rows = {label: _rows_to_give_back(label, keys, merge) for label, keys in merge.moved.items()}
    both = Customer.objects.filter(pk__in=(merge.winner_id, merge.loser_id))
    customers = {row.pk: row for row in both.select_for_update(of=("self",)).order_by("pk")}
    winner, loser = customers[merge.winner_id], customers[merge.loser_id]
    absorbed = stored(loser)
    restore(loser, {name: merge.loser_before[name] for name in ABSORBED})
    _save_changes(loser, absorbed)
    _restore_winner(winner, merge)
    try:
        with transaction.atomic():
            for label, found in rows.items():
                _give_back(label, found, merge)
            for row in customers.values():
                row.merged.update(owner=row.owner_id, unit=row.unit_id)
    except IntegrityError as error:
        raise StepRefused(_("The primary contact was changed since. Make him primary again first.")) from error
    log_status(winner, by=by, step=PARTED, before="", after="", note=str(merge))
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _tell(merge, [loser.owner_id, winner.owner_id], UNDO_TOLD, by=by)


def stored(row: models.Model) -> dict[str, object]:
    """Every column of a row as JSON can keep it, to the microsecond."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def restore(row: models.Model, values: dict[str, object]) -> None:
    for field in row._meta.concrete_fields:
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))


def _save_changes(row: models.Model, before: dict[str, object]) -> None:
    changed = [name for name, value in stored(row).items() if value != before[name]]
    row.save(update_fields=changed)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _two(winner_id: int, loser_id: int, *, by: User) -> tuple[Customer, Customer]:
    if winner_id == loser_id:
        raise RuleBroken(_("Choose two different customers."))
    rows = Customer.objects.within(by, "merge").filter(pk__in=(winner_id, loser_id))
    found = {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    if len(found) < 2:
        raise RuleBroken(_("One of the two customers is not among those you may merge, or was merged already."))
    return found[winner_id], found[loser_id]


def _take_over(winner: Customer, loser: Customer, taken: Collection[str]) -> None:
    for name in taken:
        if name.startswith(EXTRA):
            key = name.removeprefix(EXTRA)
            winner.extra = winner.extra | {key: loser.extra.get(key)}
        else:
            for attname in CHOICES[name]:
                setattr(winner, attname, getattr(loser, attname))
    if winner.parent_id in (winner.pk, loser.pk):
        winner.parent_id = None
    _refuse_circle(winner, loser)
    contacts = [moment for moment in (winner.last_contact_at, loser.last_contact_at) if moment]
    winner.last_contact_at = max(contacts, default=None)


def _refuse_circle(winner: Customer, loser: Customer) -> None:
    """The companies above the winner must not be below one of the two."""
    above, seen = winner.parent_id, set()
    while above and above not in seen:
        seen.add(above)
        if above in (winner.pk, loser.pk):
            raise RuleBroken(
                _("“%(winner)s” and “%(loser)s” stand above each other in the account tree. Change the parent first.")
                % {"winner": winner, "loser": loser}
            )
        above = Customer.objects.values_list("parent", flat=True).get(pk=above)


def _yield_primary(winner: Customer, loser: Customer) -> list[int]:
    """A customer has one primary contact: the winner's stays."""
    if not Contact.objects.filter(customer=winner, is_primary=True).exists():
        return []
    rivals = Contact.objects.filter(customer=loser, is_primary=True)
    keys = list(rivals.values_list("pk", flat=True))
    rivals.update(is_primary=False)
    return keys


def _follow(reference: Reference, winner: Customer, loser: Customer) -> list[int]:
    rows = reference.rows_of(loser.pk)
    if reference.model is Customer:
        rows = rows.exclude(pk=winner.pk)
    elif reference.model is CustomerShare:
        known = CustomerShare.objects.filter(customer=winner, ended_at=None).values("person")
        rows = rows.exclude(ended_at=None, person__in=known)
    keys = list(rows.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            reference.rows(keys).update(**{reference.field: winner.pk})
    except IntegrityError as error:
        raise RuleBroken(
            _("Both customers have the same “%(kind)s”, which one customer has only once. Change one of them first.")
            % {"kind": reference.model._meta.verbose_name_plural}
        ) from error
    return keys


def _absorb(loser: Customer, winner: Customer) -> None:
    """The loser keeps what it held, is found by nobody, and goes where the winner goes."""
    loser.merged_into, loser.pooled_at = winner, None
    loser.owner_id, loser.unit_id = winner.owner_id, winner.unit_id
    loser.save(update_fields=["merged_into", "pooled_at", "owner", "unit"])
    winner.merged.update(owner=winner.owner_id, unit=winner.unit_id)


def _rows_to_give_back(label: str, keys: list[int], merge: CustomerMerge) -> list[models.Model]:
    """Locked; each must still be where the merge put it."""
    if label == PRIMARY:
        return list(Contact.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"))
    reference = reference_named(label)
    rows = list(reference.rows(keys).select_for_update(of=("self",)))
    kind = reference.model._meta.verbose_name
    if len(rows) < len(keys):
        raise StepRefused(_("A record that followed (%(kind)s) no longer exists.") % {"kind": kind})
    for row in rows:
        if reference.key_in(row) != merge.winner_id:
            raise StepRefused(
                _("“%(record)s” (%(kind)s) was moved to another customer since. Move it back first.")
                % {"record": row, "kind": kind}
            )
    return rows


def _give_back(label: str, rows: list[models.Model], merge: CustomerMerge) -> None:
    keys = [row.pk for row in rows]
    if label == PRIMARY:
        Contact.objects.filter(pk__in=keys).update(is_primary=True)
    else:
        reference = reference_named(label)
        reference.rows(keys).update(**{reference.field: merge.loser_id})


def _restore_winner(winner: Customer, merge: CustomerMerge) -> None:
    """Only what the merge changed; refused where somebody changed the same field again."""
    before, after, now = merge.winner_before, merge.winner_after, stored(winner)
    changed = [name for name, value in after.items() if value != before[name]]
    for name in changed:
        if now[name] != after[name] and name not in DERIVED:
            field = next(field for field in winner._meta.concrete_fields if field.attname == name)
            raise StepRefused(
                _("“%(field)s” of “%(customer)s” was changed since the merge, so it can no longer be undone.")
                % {"field": field.verbose_name, "customer": winner}
            )
    untouched = [name for name in changed if now[name] == after[name]]
    restore(winner, {name: before[name] for name in untouched})
    if any(now[name] != after[name] for name in SEARCHED):
        fill_search(winner)
    _save_changes(winner, now)


def _tell(merge: CustomerMerge, owners: Iterable[int | None], text: str, *, by: User) -> None:
    """Whoever owns one of the two, unless he did it himself."""
    notify(
        set(owners) - {None, by.pk},
        text,
        url=merge.get_absolute_url(),
        by=str(by),
        loser=merge.loser_name,
        winner=merge.winner.name,
    )
