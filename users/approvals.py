"""The gate that the workflow of a subject stands behind: one step of approval is several people's decisions.

    ORDER_APPROVAL = Approval("contracts.order", waiting="submitted", approves=("approve",), returns=("return",), ...)
    ORDER_STEPS = behind(ORDER_APPROVAL, (Step("submit", ...), Step("approve", ...), ...))

A record that comes to wait opens a case. The step that approves changes the status once the last decision is there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import StepRefused
from core.workflow import Step
from users import approvers
from users.actions import approvals as actions
from users.models import ApprovalCase, Unit, User
from users.snapshots import Shape, is_same, snapshot_of

ASKS = gettext_noop("%(by)s asks you to approve “%(record)s”.")


@dataclass(frozen=True)
class Approval:
    """How a subject is approved. ``amount`` and ``discount`` name the fields that the bands of a flow are about.

    ``settles`` names steps by which the last approver ends the case one way or the other; ``unit`` says whose line of
    units decides; ``number`` finds a record by what people call it; ``named`` narrows those who have the right to
    certain people, or answers None; ``predecessor`` is the record that this one revises; ``why_not`` says why somebody
    with the right is not one of those who decide; ``asks`` is what is said to whoever has to.
    """

    subject: str
    waiting: str
    approves: tuple[str, ...]
    returns: tuple[str, ...]
    settles: tuple[str, ...] = ()
    withdraws: str = ""
    amount: str = ""
    discount: str = ""
    number: str = "number"
    unit: Callable[[models.Model], Unit] = attrgetter("unit")
    shape: Shape = field(default_factory=lambda: Shape(()))
    named: Callable[[models.Model], Iterable[User] | None] | None = None
    predecessor: Callable[[models.Model], models.Model | None] | None = None
    why_not: Callable[[models.Model, User], str] | None = None
    asks: str = ASKS

    def case_of(self, record: models.Model) -> ApprovalCase | None:
        """The running one; looked for once per record that a page shows."""
        if "_running_case" not in record.__dict__:
            cases = ApprovalCase.objects.running().filter(subject=self.subject, object_id=record.pk)
            record._running_case = cases.select_related("step", "unit", "owner", "asked_by").first()
        return record._running_case

    def mark(self, record: models.Model) -> str:
        case = self.case_of(record)
        return str(case.pk) if case else ""

    def concerns(self, step: Step) -> bool:
        return step.name in (*self.approves, *self.settles, *self.returns, self.withdraws)

    def appoints(self, step: Step, record: models.Model, user: User) -> bool | None:
        if getattr(record, step.field) != self.waiting:
            return None
        case = self.case_of(record)
        if step.name == self.withdraws:
            return user.pk in (case.asked_by_id if case else None, getattr(record, "owner_id", None))
        if case is None:
            return None
        if step.name in self.approves:
            return self._may_decide(record, case, user)
        if step.name in self.settles:
            return None if self._may_decide(record, case, user) else False
        if step.name in self.returns and not self._may_decide(record, case, user):
            return None if actions.is_by_right(case) else False
        return True if step.name in self.returns else None

    def knows(self, step: Step, record: models.Model, user: User) -> bool:
        cases = ApprovalCase.objects.filter(subject=self.subject, object_id=record.pk)
        if step.name == self.withdraws:
            return cases.filter(asked_by=user).exists()
        return self.concerns(step) and self._was_asked(record, cases, user)

    def refusal(self, step: Step, record: models.Model, user: User) -> str:
        case = self.case_of(record)
        if step.name == self.withdraws:
            words = {"person": case.asked_by if case else record.owner, "record": record}
            return _("Only %(person)s can withdraw “%(record)s”.") % words
        return (self.why_not(record, user) if self.why_not else "") or actions.why_not(case, user)

    def enter(self, step: Step, record: models.Model, *, by: User, note: str) -> bool:
        record.__dict__.pop("_running_case", None)
        case = self.case_of(record) if getattr(record, step.field) == self.waiting else None
        if case is None:
            return True
        if step.name in self.approves:
            return self._decide(step, record, case, by=by, note=note)
        if step.name in self.returns:
            actions.return_case(case.pk, by=by, note=note)
        elif step.name in self.settles:
            if not actions.is_last_decision(case):
                raise StepRefused(self._only_the_last(step.label, record))
        elif step.name == self.withdraws:
            actions.withdraw_case(case.pk)
        elif step.target != self.waiting:
            actions.end_case(case.pk)
        return True

    def _decide(self, step: Step, record: models.Model, case: ApprovalCase, *, by: User, note: str) -> bool:
        """The effect finds whose limits count in ``record.approved_by``."""
        is_last = self._approve(record, case, by=by, note=note)
        if not is_last and step.name != self.approves[0]:
            raise StepRefused(self._only_the_last(step.label, record))
        if is_last:
            record.approved_by = actions.people_who_approved(case)
        return is_last

    def _approve(self, record: models.Model, case: ApprovalCase, *, by: User, note: str) -> bool:
        if not is_same(case.snapshot, self.snapshot(record)):
            raise StepRefused(
                _("“%(record)s” has changed since it was handed in. Return it, so that it is handed in again.")
                % {"record": record}
            )
        return actions.decide(case.pk, by=by, note=note, named=self.narrowed(record))

    def _only_the_last(self, label: str, record: models.Model) -> str:
        words = {"record": record, "step": label}
        return _("Others decide on “%(record)s” after you; only the last one can take “%(step)s”.") % words

    def settle(self, record: models.Model, label: str, *, by: User, note: str, is_approved: bool) -> None:
        """The decision that a step of ``settles`` comes to: in favour only by the last one whom the case waits for."""
        record.__dict__.pop("_running_case", None)
        case = self.case_of(record)
        if case is None:
            return
        if not is_approved:
            actions.refuse_case(case.pk, by=by, note=note)
        elif not self._approve(record, case, by=by, note=note):
            raise StepRefused(self._only_the_last(label, record))

    def leave(self, step: Step, record: models.Model, *, by: User, note: str, before: str) -> None:
        record.__dict__.pop("_running_case", None)
        if getattr(record, step.field) == self.waiting != before:
            self.open_case(record, by=by, note=note)

    def open_case(self, record: models.Model, *, by: User, note: str = "") -> ApprovalCase | None:
        return actions.open_case(
            self.draft(record, by=by),
            snapshot=self.snapshot(record),
            former=self.predecessor(record) if self.predecessor else None,
            named=self.narrowed(record),
            asks=self.asks,
            note=note,
        )

    def draft(self, record: models.Model, *, by: User) -> ApprovalCase:
        """The case as it would be opened; asking it who decides changes nothing."""
        return ApprovalCase(
            subject=self.subject,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            title=str(record)[:200],
            owner=getattr(record, "owner", None),
            unit=self.unit(record),
            asked_by=by,
            amount=getattr(record, self.amount) if self.amount else Decimal(0),
            discount=getattr(record, self.discount) if self.discount else Decimal(0),
        )

    def snapshot(self, record: models.Model) -> dict:
        return snapshot_of(record, self.shape)

    def narrowed(self, record: models.Model) -> list[User] | None:
        people = self.named(record) if self.named else None
        return None if people is None else list(people)

    def _may_decide(self, record: models.Model, case: ApprovalCase, user: User) -> bool:
        known = record.__dict__.setdefault("_may_decide", {})
        if user.pk not in known:
            people = approvers.voices(user, timezone.localdate())
            known[user.pk] = approvers.open_seats(user, of=people).filter(case=case).exists()
        return known[user.pk]

    def _was_asked(self, record: models.Model, cases: models.QuerySet, user: User) -> bool:
        known = record.__dict__.setdefault("_was_asked", {})
        if user.pk not in known:
            known[user.pk] = approvers.seats_ever(user).filter(case__in=cases).exists()
        return known[user.pk]
