"""Seats of running cases that nobody may fill any more, found where they are: in the database."""

from collections.abc import Iterable

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from users.approvers import HEADS, roles_of
from users.grants import Scope
from users.models import ApprovalCase, ApprovalSeat, FlowStep, User
from users.subjects import APPROVED_BY

Origin = ApprovalSeat.Origin


def vacated_seats(subjects: Iterable[str] = APPROVED_BY) -> QuerySet[ApprovalSeat]:
    """Whoever sat there left, lost his post or owns the record by now; or nobody is left in the role."""
    own = Q(person=F("case__owner")) | Q(person=F("case__asked_by"))
    posts = Q(origin=Origin.ADDED) | _is_head() | _is_in_role() | _has_right(subjects)
    person = Q(person__isnull=False) & (Q(person__is_active=False) | own | ~posts)
    seats = ApprovalSeat.objects.filter(is_open=True, case__state=ApprovalCase.State.RUNNING)
    return seats.filter(person | (~Q(role="") & ~_role_is_held()))


def _is_head() -> Q:
    head = User.objects.filter(pk=OuterRef("person"), groups__name__in=HEADS)
    owner = Coalesce(OuterRef("case__owner__unit__path"), OuterRef("case__asked_by__unit__path"))
    superior = Q(origin=Origin.FLOW, case__step__kind=FlowStep.Kind.SUPERIOR)
    return (superior & Q(Exists(_above(head, owner)))) | (Q(origin=Origin.ESCALATED) & Q(Exists(head)))


def _is_in_role() -> Q:
    member = User.objects.filter(pk=OuterRef("person"), groups__name=OuterRef("case__step__role"))
    asked = Q(origin=Origin.FLOW, case__step__kind=FlowStep.Kind.ROLE)
    return asked & Q(Exists(_above(member, OuterRef("case__unit__path"))))


def _has_right(subjects: Iterable[str]) -> Q:
    """By the table of access, in the whole line of units: so far up a discount names people.

    A step of no flow has no kind.
    """
    person, found = User.objects.filter(pk=OuterRef("person")), Q(pk__in=[])
    for subject in subjects:
        roles = roles_of(subject)
        everywhere = [role for role, scope in roles.items() if scope is Scope.ALL]
        here = _above(person.filter(groups__name__in=list(roles)), OuterRef("case__unit__path"))
        has_right = Q(Exists(here)) | Q(Exists(person.filter(groups__name__in=everywhere)))
        found |= Q(subject=subject) & has_right
    asked = Q(case__step=None) | Q(case__step__kind=FlowStep.Kind.RIGHT)
    return Q(origin=Origin.FLOW) & asked & found


def _role_is_held() -> Q:
    people = User.objects.on_duty().filter(groups__name=OuterRef("role"))
    people = people.exclude(pk=Coalesce(OuterRef("case__owner"), 0)).exclude(pk=OuterRef("case__asked_by"))
    return Q(Exists(_above(people, OuterRef("case__unit__path"))))


def _above(people: QuerySet[User], path) -> QuerySet[User]:
    """Those who work in the unit of this path or above it."""
    line = ExpressionWrapper(path, output_field=CharField())
    return people.annotate(line=line).filter(line__startswith=F("unit__path"))
