"""Nothing waits for ever: what nobody may decide any more falls to whoever has the right."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from core.notices import notify
from users import approvers
from users.models import ApprovalCase, ApprovalDecision, ApprovalSeat, User
from users.vacancies import vacated_seats

BATCH = 500
FALLEN = gettext_noop("“%(record)s” waits for you now: %(people)s can no longer decide on it.")
NOBODY = gettext_noop("Nobody is left who may decide on “%(record)s”. Ask an administrator, or withdraw it.")


@transaction.atomic
def fill_vacated_seats() -> int:
    """Another worker passes over the cases that are held here."""
    cases = ApprovalCase.objects.running().filter(pk__in=vacated_seats().order_by().values("case"))
    held = cases.select_for_update(of=("self",), skip_locked=True).select_related("unit", "owner", "asked_by")
    held = list(held.order_by("pk")[:BATCH])
    for case in held:
        vacate_seats(case)
    return len(held)


def vacate_seats(case: ApprovalCase) -> None:
    """Of a case that is locked: the other seats of a group stay; a group without any is open to the right."""
    still_open = case.seats.filter(position=case.position, is_open=True)
    if not still_open.exclude(person=None, role="").exists():
        return
    vacated = vacated_seats([case.subject]).filter(case=case, position=case.position)
    seats = list(vacated.select_related("person"))
    if not seats:
        return
    case.seats.filter(pk__in=[seat.pk for seat in seats]).update(is_open=False)
    orphaned = {seat.group for seat in seats} - set(still_open.values_list("group", flat=True))
    if not orphaned or still_open.filter(person=None, role="").exists():
        return
    ApprovalSeat.objects.create(
        case=case, subject=case.subject, position=case.position, group=min(orphaned), origin=ApprovalSeat.Origin.VACATED
    )
    _tell(case, seats)


def _tell(case: ApprovalCase, seats: list[ApprovalSeat]) -> None:
    url, people = reverse("approval", args=[case.pk]), _those_left(case)
    if not people:
        notify([case.asked_by_id], NOBODY, url=url, record=case.title)
        return
    names = "、".join(dict.fromkeys(str(seat.person or seat.get_role_display()) for seat in seats))
    keys = [person.pk for person in approvers.with_deputies(approvers.nearest(people))]
    notify(keys, FALLEN, url=url, record=case.title, people=names)


def _those_left(case: ApprovalCase) -> list[User]:
    """Who has the right and has not decided on the case yet."""
    decided = case.decisions.exclude(verdict=ApprovalDecision.Verdict.PASSED).values_list("by", flat=True)
    return [person for person in approvers.people_of_step(None, case) if person.pk not in set(decided)]
