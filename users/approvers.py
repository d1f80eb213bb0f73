"""Who decides: the people of a step, the seats somebody may fill for himself or in another's name."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from users.access import ACCESS, permissions_of, scope_of
from users.grants import BUSINESS, Scope
from users.models import ApprovalCase, ApprovalDecision, ApprovalSeat, Delegation, FlowStep, Unit, User
from users.roles import LABELS
from users.subjects import APPROVED_BY, permission_to_decide

MOST_COUNTED = 99
KEPT_SECONDS = 15 * 60
_COUNT = "approvals:waiting:%s"
HEADS = tuple(role for role in LABELS if "users.supervise_user" in permissions_of(role))


def holders(subject: str, unit: Unit, verb: str = "") -> QuerySet[User]:
    """Whoever may decide on such a record of this unit by the table of access; one's own rows give nobody a say."""
    wanted = Q(pk__in=[])
    for role, scope in roles_of(subject, verb).items():
        if scope is Scope.ALL:
            wanted |= Q(groups__name=role)
        elif scope is Scope.SUBTREE:
            wanted |= Q(groups__name=role, unit__in=unit.line)
        elif scope is Scope.UNIT:
            wanted |= Q(groups__name=role, unit=unit)
    return User.objects.on_duty().filter(wanted).distinct()


def signers(case: ApprovalCase) -> QuerySet[User]:
    """Who may be asked to approve as well: who sees such records of this unit, in a business role."""
    people = holders(case.subject, case.unit, "view").filter(groups__name__in=BUSINESS)
    return people.exclude(pk__in={case.owner_id, case.asked_by_id} - {None})


def deputies(units: Iterable[int]) -> QuerySet[User]:
    """Who may stand in for people of these units and those above them, in a business role."""
    return User.objects.on_duty().filter(unit__in=units, groups__name__in=BUSINESS).distinct()


def superiors(person: User, *, level: int, but: Iterable[int] = ()) -> list[User]:
    """The heads ``level`` units up, counting only units that have one; a head is not his own superior."""
    if person.unit is None:
        return []
    people = User.objects.on_duty().filter(unit__in=person.unit.line, groups__name__in=HEADS)
    people = people.exclude(pk__in={person.pk, *but}).select_related("unit").distinct()
    is_head = bool(person.role_names.intersection(HEADS))
    by_unit: dict[str, list[User]] = {}
    for head in people.order_by("-unit__path", "name", "pk"):
        if head.unit_id != person.unit_id or not is_head:
            by_unit.setdefault(head.unit.path, []).append(head)
    found = [by_unit[path] for path in sorted(by_unit, key=len, reverse=True)]
    return found[min(level, len(found)) - 1] if found else []


def people_of_step(step: FlowStep | None, case: ApprovalCase, named: Iterable[User] | None = None) -> list[User]:
    """Those a step asks, never the owner or who handed it in; ``named`` narrows those who have the right."""
    own = {case.owner_id, case.asked_by_id} - {None}
    if step is not None and step.kind == FlowStep.Kind.SUPERIOR:
        return superiors(case.owner or case.asked_by, level=step.level, but=own)
    if step is not None and step.kind == FlowStep.Kind.ROLE:
        people = User.objects.on_duty().in_role(step.role).filter(unit__in=case.unit.line)
    elif named is not None:
        return [person for person in named if person.pk not in own]
    else:
        people = holders(case.subject, case.unit)
    return _nearest_first(people.exclude(pk__in=own))


def people_of_seat(seat: ApprovalSeat) -> list[User]:
    case = seat.case
    own = {case.owner_id, case.asked_by_id} - {None}
    if seat.person_id and seat.person.is_active:
        return [seat.person]
    if seat.role:
        people = User.objects.on_duty().in_role(seat.role).filter(unit__in=case.unit.line)
    else:
        people = holders(case.subject, case.unit)
    return _nearest_first(people.exclude(pk__in=own))


def with_deputies(people: Iterable[User]) -> list[User]:
    """The people and whoever stands in for them today, each once."""
    people = list(people)
    away = Delegation.objects.in_force(timezone.localdate()).filter(owner__in=people, deputy__is_active=True)
    deputies = (delegation.deputy for delegation in away.select_related("deputy"))
    return list({person.pk: person for person in [*people, *deputies]}.values())


def nearest(people: list[User]) -> list[User]:
    """Those of the lowest unit: whom one asks first where many may decide."""
    lowest = max((len(person.unit.line) for person in people if person.unit), default=0)
    return [person for person in people if person.unit and len(person.unit.line) == lowest]


def voices(user: User, day: date) -> list[User]:
    """In whose name somebody decides: his own first, then of those whose deputy he is."""
    away = Delegation.objects.in_force(day).filter(deputy=user, owner__is_active=True).select_related("owner__unit")
    return [user, *(delegation.owner for delegation in away.order_by("pk"))]


def open_seats(user: User, *, of: Iterable[User]) -> QuerySet[ApprovalSeat]:
    """The seats of these people that ``user`` may fill; nobody decides on his own, nor twice on the same."""
    wanted = reduce(or_, _kinds_of_seats(user, of))
    decided = ApprovalDecision.objects.filter(case=OuterRef("case"), by=user).exclude(verdict="passed")
    return (
        ApprovalSeat.objects.filter(wanted, is_open=True, case__state=ApprovalCase.State.RUNNING)
        .exclude(case__owner=user)
        .exclude(case__asked_by=user)
        .filter(~Exists(decided))
    )


def seats_ever(user: User) -> QuerySet[ApprovalSeat]:
    """Open or not: a person's own, those of his roles and of whom he stands in for."""
    people = voices(user, timezone.localdate())
    roles = {role for person in people for role in person.role_names}
    return ApprovalSeat.objects.filter(Q(person__in=people) | Q(role__in=roles))


def waiting_for(user: User) -> QuerySet[ApprovalCase]:
    """The inbox: what waits for this person's decision, or for whom he stands in; the longest waiting first.

    Each kind of seat is looked for by its own index, which one condition over all of them would not allow.
    """
    decided = ApprovalDecision.objects.filter(case=OuterRef("pk"), by=user).exclude(verdict="passed")
    kinds = _kinds_of_seats(user, voices(user, timezone.localdate()))
    seats = [ApprovalSeat.objects.filter(kind, is_open=True).order_by().values("case") for kind in kinds]
    return (
        ApprovalCase.objects.running()
        .filter(~Exists(decided), pk__in=seats[0].union(*seats[1:]))
        .exclude(owner=user)
        .exclude(asked_by=user)
        .order_by("waiting_since", "pk")
    )


def keep_count(user: User, count: int) -> None:
    """How many wait for him, for the menu, which asks the database nothing."""
    cache.set(_COUNT % user.pk, count, KEPT_SECONDS)


def counted_waiting(user: User) -> str:
    """As it was when the home page or the inbox counted last; empty where nothing waits."""
    count = cache.get(_COUNT % user.pk, 0)
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def _kinds_of_seats(user: User, people: Iterable[User]) -> list[Q]:
    """Their own seats, those of their roles in the units above the record, those their right gives them.

    Nobody chooses who decides on his own: whoever named the deputy of another counts as that one here.
    """
    kinds = []
    for person in people:
        named = Delegation.objects.in_force(timezone.localdate()).filter(deputy=user, owner=person)
        makers = named.filter(made_by__isnull=False).order_by().values("made_by")
        own = Q(case__owner=person) | Q(case__asked_by=person)
        own |= Q(case__owner__in=makers) | Q(case__asked_by__in=makers)
        kinds += [kind if person.pk == user.pk else kind & ~own for kind in _seats_of(person)]
    return kinds


def _seats_of(person: User) -> Iterator[Q]:
    yield Q(person=person)
    if person.unit is None:
        return
    is_at_the_top = person.unit.parent_id is None
    below = Q() if is_at_the_top else Q(case__unit__path__startswith=person.unit.path)
    yield Q(person=None, role__in=person.role_names) & below
    reach: dict[Scope, list[str]] = {}
    for subject in APPROVED_BY:
        if person.has_perm(permission_to_decide(subject)):
            reach.setdefault(scope_of(person.role_names, subject, APPROVED_BY[subject]), []).append(subject)
    conditions = {Scope.ALL: Q(), Scope.SUBTREE: below, Scope.UNIT: Q(case__unit=person.unit_id)}
    for scope, condition in conditions.items():
        if scope in reach:
            within = Q(role="", subject__in=reach[scope]) & condition
            yield Q(person=None) & within
            yield Q(person__is_active=False) & within


def roles_of(subject: str, verb: str = "") -> dict[str, Scope]:
    """The roles that may do this with such records, and in whose rows; without a verb, decide on them."""
    verb = verb or APPROVED_BY[subject]
    roles = {role for grant in ACCESS.get(subject, ()) if verb in ("view", *grant.verbs) for role in grant.roles}
    return {role: scope_of(frozenset({role}), subject, verb) for role in sorted(roles)}


def _nearest_first(people: QuerySet[User]) -> list[User]:
    return list(people.select_related("unit").order_by("-unit__path", "name", "pk").distinct())
