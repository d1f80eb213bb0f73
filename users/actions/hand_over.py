"""When a person leaves: everything he owns goes to others, in one step."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.formats import labelled
from core.notices import notify
from core.workflow import log_status
from users.actions.approval_vacancies import fill_vacated_seats
from users.models import User

HANDED_OVER = gettext_noop("Everything handed over")
Counts = dict[str, dict[User, int]]


@dataclass(frozen=True)
class Holding:
    """A kind of record that people own. With ``follows`` a row goes to whoever got the record it hangs on.

    ``give(keys, owner=..., by=...)`` moves them where more is to be written than the owner.
    """

    model: type[models.Model]
    follows: str = ""
    give: Callable[..., None] | None = None


@transaction.atomic
def hand_over(
    person_id: int, *, by: User, successors: Iterable[User], holdings: Iterable[Holding], deactivate: bool
) -> Counts:
    """Deal out what the person owns among his successors in turn; the counts by kind and successor."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person_id)
    people = list(dict.fromkeys(successors))
    _check(person, people, by=by)
    counts: Counts = {}
    for holding in holdings:
        dealt = _dealt(holding, person, people)
        for successor, keys in dealt.items():
            _give(holding, keys, owner=successor, by=by)
        if dealt:
            kind = str(holding.model._meta.verbose_name_plural)
            counts[kind] = {successor: len(keys) for successor, keys in dealt.items()}
    if deactivate:
        person.is_active = False
        person.save(update_fields=["is_active"])
    log_status(person, by=by, step=HANDED_OVER, before="", after="", note=report_of(counts))
    _tell(person, counts, by=by)
    fill_vacated_seats()
    return counts


def report_of(counts: Counts) -> str:
    lines = [
        labelled(kind, "，".join(f"{successor} {count}" for successor, count in shares.items()))
        for kind, shares in counts.items()
    ]
    return "\n".join(lines) or _("There was nothing to hand over.")


def _check(person: User, successors: list[User], *, by: User) -> None:
    if person.pk == by.pk:
        raise RuleBroken(_("Nobody hands over for himself. Ask your manager or the administrator."))
    if not successors:
        raise RuleBroken({"successors": _("Choose at least one successor.")})
    for successor in successors:
        words = {"successor": successor, "person": person}
        if successor.pk == person.pk:
            raise RuleBroken({"successors": _("%(person)s cannot be the own successor.") % words})
        if not successor.is_active:
            raise RuleBroken({"successors": _("%(successor)s is no longer on duty. Choose somebody else.") % words})
        if person.unit and not (successor.unit and successor.unit.contains(person.unit)):
            raise RuleBroken(
                {
                    "successors": _("%(successor)s works neither in the unit of %(person)s nor above it.") % words
                    + _("Customers for other units are transferred from their list.")
                }
            )


def _dealt(holding: Holding, person: User, successors: list[User]) -> dict[User, list[int]]:
    """The keys of a kind by successor: where the customer went, else in turn."""
    rows = holding.model._base_manager.filter(owner=person).select_for_update(of=("self",)).order_by("pk")
    by_key, dealt, turn = {successor.pk: successor for successor in successors}, defaultdict(list), 0
    for row in rows.select_related(holding.follows) if holding.follows else rows:
        leading = getattr(row, holding.follows, None) if holding.follows else None
        successor = by_key.get(leading.owner_id) if leading is not None else None
        if successor is None:
            successor, turn = successors[turn % len(successors)], turn + 1
        dealt[successor].append(row.pk)
    return dict(dealt)


def _give(holding: Holding, keys: list[int], *, owner: User, by: User) -> None:
    if holding.give:
        holding.give(keys, owner=owner, by=by)
    else:
        holding.model._base_manager.filter(pk__in=keys).update(owner=owner)


def _tell(person: User, counts: Counts, *, by: User) -> None:
    totals: dict[User, int] = defaultdict(int)
    for shares in counts.values():
        for successor, count in shares.items():
            totals[successor] += count
    for successor, total in totals.items():
        if successor.pk != by.pk:
            notify(
                [successor.pk],
                gettext_noop("%(by)s handed over to you what %(person)s had: %(count)d records."),
                url="/",
                by=str(by),
                person=str(person),
                count=total,
            )
