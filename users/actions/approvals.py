"""Cases of approval: opened when a record is handed in, decided step by step, ended with the last decision."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken, StepRefused
from core.notices import notify
from users import approvers
from users.actions.approval_vacancies import vacate_seats
from users.models import ApprovalCase, ApprovalDecision, ApprovalFlow, ApprovalSeat, FlowStep, User
from users.roles import role_label

State, Verdict = ApprovalCase.State, ApprovalDecision.Verdict
NAMED = 5
ALREADY_APPROVED = gettext_noop("%(by)s asks you to approve “%(record)s”; it passed the steps before yours.")
ADDED = gettext_noop("%(by)s wants you to approve “%(record)s” as well: %(note)s")


@transaction.atomic
def open_case(
    case: ApprovalCase,
    *,
    snapshot: dict,
    former: models.Model | None,
    named: list[User] | None,
    asks: str,
    note: str,
) -> ApprovalCase | None:
    """Without a flow in force there is no case: then whoever has the right approves."""
    case.flow = ApprovalFlow.objects.in_force().filter(subject=case.subject).first()
    if case.flow is None:
        return None
    case.snapshot, case.previous = snapshot, _last_case(case, former)
    case.asked_at = case.waiting_since = timezone.now()
    case.save(force_insert=True)
    _tell(_open_next_step(case, named) or [], asks, case, by=case.asked_by, note=note)
    return case


def decide(case_id: int, *, by: User, note: str, named: list[User] | None) -> bool:
    """One approval: whether it is the last. Two at once come one after the other: it is locked."""
    case = _held(case_id)
    vacate_seats(case)
    seat, person = _seat_of(case, by)
    _write(case, seat, Verdict.APPROVED, by=by, person=person, note=note)
    seats = case.seats.filter(position=case.position)
    seats.filter(group=seat.group).update(is_open=False)
    if seats.filter(is_open=True).exists():
        return False
    told = _open_next_step(case, named, after=case.position)
    if told is None:
        _end(case, State.APPROVED)
        return True
    _tell(told, ALREADY_APPROVED, case, by=case.asked_by)
    return False


def return_case(case_id: int, *, by: User, note: str) -> None:
    """By whoever may approve it now, or by whoever has the right to return."""
    case = _held(case_id)
    if is_by_right(case):
        seat, person = next(iter(_seats_of(case, by)), (None, by))
    else:
        seat, person = _seat_of(case, by)
    _write(case, seat, Verdict.RETURNED, by=by, person=person, note=note)
    _end(case, State.RETURNED)


def refuse_case(case_id: int, *, by: User, note: str) -> None:
    """Decided against by somebody who need not be asked, such as between two claims of the same."""
    case = _held(case_id)
    if case.decisions.filter(by=by, verdict=Verdict.APPROVED).exists():
        _end(case, State.ENDED)
        return
    seat, person = next(iter(_seats_of(case, by)), (None, by))
    _write(case, seat, Verdict.RETURNED, by=by, person=person, note=note)
    _end(case, State.RETURNED)


def withdraw_case(case_id: int) -> None:
    _end(_held(case_id), State.WITHDRAWN)


def end_case(case_id: int) -> None:
    """The record took another way, such as being cancelled."""
    _end(_held(case_id), State.ENDED)


@transaction.atomic
def add_signer(case_id: int, *, by: User, person: User, note: str) -> ApprovalSeat:
    """Who has to decide now wants somebody else to approve as well, before it goes on."""
    case = _held(case_id)
    _seat_of(case, by)
    _refuse_signer(case, person)
    seat = _seat(case, group=_next_group(case), person=person, origin=ApprovalSeat.Origin.ADDED, added_by=by)
    seat.save(force_insert=True)
    _tell([person], ADDED, case, by=by, note=note)
    return seat


def people_who_approved(case: ApprovalCase) -> list[User]:
    """Deputies and those in whose names they did, the last one first."""
    rows = case.decisions.filter(verdict=Verdict.APPROVED).select_related("by", "in_name_of").order_by("-pk")
    return [person for decision in rows for person in (decision.in_name_of, decision.by) if person]


def is_by_right(case: ApprovalCase) -> bool:
    """Whether the present step is open to whoever has the right by the table of access."""
    return case.seats.filter(position=case.position, is_open=True, person=None, role="").exists()


def is_last_decision(case: ApprovalCase) -> bool:
    """Whether one more decision ends the case."""
    groups = case.seats.filter(position=case.position, is_open=True).values("group").distinct().count()
    return groups == 1 and not _steps_left(case, case.position)


def waits_for(case: ApprovalCase) -> str:
    """The names of those whose decision is missing."""
    seats = case.seats.filter(position=case.position, is_open=True).select_related("person__unit", "case__unit")
    people = [person for seat in seats for person in approvers.people_of_seat(seat)]
    names = list(dict.fromkeys(str(person) for person in people))
    if not names:
        return ", ".join(role_label(seat.role) for seat in seats if seat.role) or _("nobody")
    shown = _(", ").join(names[:NAMED])
    return (
        shown
        if len(names) <= NAMED
        else _("%(people)s and %(count)d more")
        % {
            "people": shown,
            "count": len(names) - NAMED,
        }
    )


def _open_next_step(case: ApprovalCase, named: list[User] | None, *, after: int | None = None) -> list[User] | None:
    """Whom to tell of the next step that still needs somebody; None when the last one is passed."""
    approved = _those_who_approved(case)
    for step in _steps_left(case, after):
        people = approvers.people_of_step(step, case, named)
        case.step, case.position = step, step.position if step else 0
        if people:
            seats = _seats_for(case, people, named, approved)
        else:
            people, seats = _those_instead(case, approved, is_first=after is None)
        if seats:
            _begin_step(case, seats)
            return approvers.nearest(people) if seats[0].person_id is None else [seat.person for seat in seats]
    return None


def _steps_left(case: ApprovalCase, after: int | None) -> Iterable[FlowStep | None]:
    """Where no step covers amount and discount, whoever has the right decides."""
    steps = [
        step for step in case.flow.steps.order_by("position") if step.covers(amount=case.amount, discount=case.discount)
    ]
    if not steps and after is None:
        return [None]
    return [step for step in steps if after is None or step.position > after]


def _seats_for(case: ApprovalCase, people: list[User], named: list[User] | None, approved: dict) -> list[ApprovalSeat]:
    """Whoever approved at an earlier step is not asked again: where one suffices, the step is passed."""
    step = case.step
    is_for_all = step is not None and step.mode == FlowStep.Mode.ALL
    again = [person for person in people if person.pk in approved]
    if again and not is_for_all:
        _pass(case, 0, approved[again[0].pk])
        return []
    groups = count()
    seats = []
    if is_for_all or (step is not None and step.kind == FlowStep.Kind.SUPERIOR) or _is_narrowed(step, named):
        for person in people:
            group = next(groups) if is_for_all else 0
            if person.pk in approved:
                _pass(case, group, approved[person.pk])
            else:
                seats.append(_seat(case, group=group, person=person))
        return seats
    if step is not None and step.kind == FlowStep.Kind.ROLE:
        return [_seat(case, role=step.role)]
    return [_seat(case)]


def _those_instead(case: ApprovalCase, approved: dict, *, is_first: bool) -> tuple[list[User], list[ApprovalSeat]]:
    """What goes on already is not stopped by a later step whose people left: that one falls to the right."""
    people = [person for person in approvers.people_of_step(None, case) if person.pk not in approved]
    if is_first or not people:
        _refuse_without_people(case)
    return people, [_seat(case, origin=ApprovalSeat.Origin.VACATED)]


def _seat(case: ApprovalCase, **fields) -> ApprovalSeat:
    return ApprovalSeat(case=case, subject=case.subject, position=case.position, **fields)


def _next_group(case: ApprovalCase) -> int:
    """Whoever was passed has a decision without a seat."""
    taken = [
        group
        for rows in (case.seats, case.decisions)
        for group in rows.filter(position=case.position).values_list("group", flat=True)
    ]
    return max(taken) + 1


def _is_narrowed(step: FlowStep | None, named: list[User] | None) -> bool:
    return named is not None and (step is None or step.kind == FlowStep.Kind.RIGHT)


def _begin_step(case: ApprovalCase, seats: list[ApprovalSeat]) -> None:
    ApprovalSeat.objects.bulk_create(seats)
    case.waiting_since, step = timezone.now(), case.step
    case.remind_at = _later(case.waiting_since, step.remind_after_hours if step else None)
    case.escalate_at = _later(case.waiting_since, step.escalate_after_hours if step else None)
    case.save(update_fields=["step", "position", "waiting_since", "remind_at", "escalate_at"])


def _refuse_without_people(case: ApprovalCase) -> None:
    raise StepRefused(
        _("Nobody can take the step “%(step)s” for “%(record)s”. Ask an administrator to change the approval flow.")
        % {"step": case.step or "", "record": case}
    )


def _refuse_signer(case: ApprovalCase, person: User) -> None:
    words = {"person": person, "record": case}
    if not person.is_active or person.pk in (case.owner_id, case.asked_by_id):
        raise RuleBroken(_("“%(record)s” is %(person)s's own; somebody else has to approve it.") % words)
    if case.seats.filter(position=case.position, person=person).exists() or person.pk in _those_who_approved(case):
        raise RuleBroken(_("%(person)s is asked about “%(record)s” already.") % words)
    sees = type(case.target)._default_manager.visible_to(person).filter(pk=case.object_id)
    if not sees.exists() or not approvers.signers(case).filter(pk=person.pk).exists():
        raise RuleBroken(_("%(person)s may not see “%(record)s”. Choose somebody who may.") % words)


def _seat_of(case: ApprovalCase, by: User) -> tuple[ApprovalSeat, User]:
    """The seat somebody fills, his own before another's; refused with the names of those who have to decide."""
    for seat, person in _seats_of(case, by):
        return seat, person
    raise StepRefused(why_not(case, by))


def why_not(case: ApprovalCase, by: User) -> str:
    if case.decisions.filter(by=by, verdict=Verdict.APPROVED).exists():
        text = _("You have approved “%(record)s” already. It waits for: %(people)s.")
    else:
        text = _("“%(record)s” does not wait for you but for: %(people)s.")
    return text % {"record": case, "people": waits_for(case)}


def _seats_of(case: ApprovalCase, by: User) -> Iterable[tuple[ApprovalSeat, User]]:
    for person in approvers.voices(by, timezone.localdate()):
        seat = approvers.open_seats(by, of=[person]).filter(case=case, position=case.position)
        seat = seat.order_by(F("person").asc(nulls_last=True), "group").first()
        if seat is not None:
            yield seat, person


def _those_who_approved(case: ApprovalCase) -> dict[int, User]:
    """Whose approval the case has, by key; the deputy and whom he stood in for count both."""
    rows = case.decisions.filter(verdict=Verdict.APPROVED).select_related("by")
    return {key: decision.by for decision in rows for key in (decision.by_id, decision.in_name_of_id) if key}


def _pass(case: ApprovalCase, group: int, person: User) -> None:
    ApprovalDecision.objects.create(
        case=case,
        position=case.position,
        group=group,
        name=str(case.step or ""),
        verdict=Verdict.PASSED,
        by=person,
    )


def _write(case: ApprovalCase, seat: ApprovalSeat | None, verdict: str, *, by: User, person: User, note: str) -> None:
    ApprovalDecision.objects.create(
        case=case,
        position=case.position,
        group=seat.group if seat else _next_group(case),
        name=str(case.step or ""),
        verdict=verdict,
        by=by,
        in_name_of=person if person.pk != by.pk else None,
        note=note,
    )


def _end(case: ApprovalCase, state: str) -> None:
    case.seats.filter(is_open=True).update(is_open=False)
    case.state, case.ended_at, case.remind_at, case.escalate_at = state, timezone.now(), None, None
    case.save(update_fields=["state", "ended_at", "remind_at", "escalate_at"])


def _held(case_id: int) -> ApprovalCase:
    cases = ApprovalCase.objects.select_for_update(of=("self",))
    case = cases.select_related("flow", "step", "unit", "owner__unit", "asked_by__unit").get(pk=case_id)
    if case.state != State.RUNNING:
        raise StepRefused(
            _("“%(record)s” is decided already: %(state)s.") % {"record": case, "state": case.get_state_display()}
        )
    return case


def _last_case(case: ApprovalCase, former: models.Model | None) -> ApprovalCase | None:
    """The last time this record, or the one it revises, was handed in."""
    keys = [case.object_id, *([former.pk] if former is not None else [])]
    cases = ApprovalCase.objects.filter(content_type=case.content_type, object_id__in=keys)
    return cases.order_by("-pk").first()


def _later(moment, hours: int | None):
    return moment + timedelta(hours=hours) if hours else None


def _tell(people: Iterable[User], message: str, case: ApprovalCase, *, by: User, note: str = "") -> None:
    words = {"by": str(by), "record": case.title, "note": note, "discount": str(case.discount)}
    keys = [person.pk for person in approvers.with_deputies(people) if person.pk not in (by.pk, case.owner_id)]
    notify(keys, message, url=reverse("approval", args=[case.pk]), **words)
