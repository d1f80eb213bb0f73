"""What waits too long is brought to mind once, then laid before the superior as well."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from core.periods import SHANGHAI
from users import approvers
from users.actions.reminders import tell
from users.models import ApprovalCase, ApprovalSeat, User

BATCH = 500
WAITS = gettext_noop("“%(record)s” has been waiting for your approval since %(since)s.")
ESCALATED = gettext_noop(
    "“%(record)s” has been waiting for %(people)s since %(since)s; you may decide as the superior."
)
STUCK = gettext_noop("“%(record)s” has been waiting for %(people)s since %(since)s, and nobody is above them to ask.")


@transaction.atomic
def remind_of_approvals(now: datetime) -> int:
    """Another worker passes over the cases that are held here and finds them reminded of afterwards."""
    cases = _held(ApprovalCase.objects.to_remind(now), "remind_at")
    for case in cases:
        people = [person for seat in _open_seats(case) for person in _asked(seat)]
        _tell(approvers.with_deputies(people), WAITS, case)
        case.remind_at = None
        case.save(update_fields=["remind_at"])
    return len(cases)


@transaction.atomic
def escalate_approvals(now: datetime) -> int:
    """Each decision that is missing gets the superior beside it: whichever of them decides first settles it."""
    cases = _held(ApprovalCase.objects.to_escalate(now), "escalate_at")
    for case in cases:
        for _group, seats in groupby(_open_seats(case), key=attrgetter("group")):
            _seat_superiors(case, list(seats))
        case.escalate_at = None
        case.save(update_fields=["escalate_at"])
    return len(cases)


def _seat_superiors(case: ApprovalCase, seats: list[ApprovalSeat]) -> None:
    """Of the seats of one group; where nobody is above them, whoever asked hears of it."""
    asked = [person for seat in seats for person in _asked(seat)]
    seated = set(case.seats.filter(position=case.position, person__isnull=False).values_list("person", flat=True))
    but = {case.owner_id, case.asked_by_id, *seated} - {None}
    above = approvers.superiors(asked[0] if asked else case.asked_by, level=1, but=but)
    ApprovalSeat.objects.bulk_create(
        ApprovalSeat(
            case=case,
            subject=case.subject,
            position=case.position,
            group=seats[0].group,
            person=person,
            origin=ApprovalSeat.Origin.ESCALATED,
        )
        for person in above
    )
    names = "、".join(str(person) for person in asked)
    _tell(approvers.with_deputies(above), ESCALATED, case, people=names)
    if not above:
        _tell([case.asked_by], STUCK, case, people=names)


def _asked(seat: ApprovalSeat) -> list[User]:
    people = approvers.people_of_seat(seat)
    return people if seat.person_id else approvers.nearest(people)


def _open_seats(case: ApprovalCase) -> list[ApprovalSeat]:
    return list(
        case.seats.filter(position=case.position, is_open=True)
        .select_related("person__unit", "case__unit", "case__owner")
        .order_by("group", "pk")
    )


def _held(cases, due: str) -> list[ApprovalCase]:
    held = cases.select_for_update(of=("self",), skip_locked=True).select_related("asked_by__unit", "owner", "unit")
    return list(held.order_by(due, "pk")[:BATCH])


def _tell(people: list[User], message: str, case: ApprovalCase, /, **words: str) -> None:
    since = f"{case.waiting_since.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    tell(people, message, url=reverse("approval", args=[case.pk]), record=case.title, since=since, **words)
