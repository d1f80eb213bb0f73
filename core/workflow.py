"""Status changes: which step is open from which status, who may take it, and a record of who took it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

import pghistory
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.errors import StepRefused
from core.models import StatusChange


class Gate(Protocol):
    """What else the steps of a workflow have to pass, such as the approval by several people one after the other."""

    def concerns(self, step: "Step") -> bool:
        """Whether it may appoint people for this step of the workflow."""

    def appoints(self, step: "Step", record: models.Model, user) -> bool | None:
        """Whether this person may take the step now; None leaves that to the permission."""

    def knows(self, step: "Step", record: models.Model, user) -> bool:
        """Whether this person has to do with the step: when he comes too early or too late he is told so."""

    def refusal(self, step: "Step", record: models.Model, user) -> str:
        """Why somebody who has to do with the step may not take it now."""

    def mark(self, record: models.Model) -> str:
        """What is decided on now: who answers to another mark looked at something else."""

    def enter(self, step: "Step", record: models.Model, *, by, note: str) -> bool:
        """Before the effect, on the locked record; False when it was heard but the status stays as it is for now."""

    def leave(self, step: "Step", record: models.Model, *, by, note: str, before: str) -> None:
        """After the status was saved."""


@dataclass(frozen=True)
class Step:
    """One arrow of a status diagram. ``effect(record, *, by, note, **data)`` holds the business rules of the step.

    ``form`` asks for what the effect needs; ``by_another`` refuses whoever owns or submitted the record.
    Without a ``target`` the effect sets the status itself, because it follows from what the effect did.
    ``gate`` is what the step has to pass besides.
    """

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    permission: str
    effect: Callable | None = None
    form: type[forms.Form] | None = None
    needs_note: bool = False
    by_another: bool = False
    tone: str = "primary"
    field: str = field(default="status")
    gate: Gate | None = None

    @property
    def verb(self) -> str:
        """ "submit" of "contracts.submit_contract"."""
        return self.permission.partition(".")[2].partition("_")[0]

    @property
    def asks(self) -> bool:
        """Whether something has to be entered first; a template that read ``form`` would call the class."""
        return self.form is not None or self.needs_note

    def is_open(self, record: models.Model) -> bool:
        return getattr(record, self.field) in self.sources

    def is_allowed(self, record: models.Model, user) -> bool:
        """By the permission, unless the gate appoints whoever may take it."""
        appointed = self.gate.appoints(self, record, user) if self.gate else None
        return user.has_perm(self.permission) if appointed is None else appointed

    def is_heard(self, record: models.Model, user) -> bool:
        """Whoever may not take the step now, yet has to do with it, gets a sentence and not a closed door."""
        return user.has_perm(self.permission) or (self.gate is not None and self.gate.knows(self, record, user))

    def is_own(self, record: models.Model, user) -> bool:
        """Whether somebody else has to take the step."""
        return self.by_another and user.pk in own_hands(record)

    def is_offered(self, record: models.Model, user) -> bool:
        return self.is_open(record) and self.is_allowed(record, user) and not self.is_own(record, user)


def behind(gate: Gate, steps: Iterable[Step]) -> tuple[Step, ...]:
    """All steps of a workflow behind the same gate: it has to know how a record leaves the status it waits in."""
    return tuple(replace(step, gate=gate) for step in steps)


def mark_of(steps: Iterable[Step], record: models.Model) -> str:
    """For the page that offers the steps: what they would decide on."""
    return next((step.gate.mark(record) for step in steps if step.gate and step.gate.concerns(step)), "")


@transaction.atomic
def take(
    step: Step, record_id: int, model: type[models.Model], *, by, note: str = "", seen: str | None = None, **data
) -> models.Model:
    """Lock the record, check the step from the locked status, run its effect, change the status, log who took it.

    ``seen`` is the mark of what stood on the page that the step was taken from.
    """
    if step.gate is None and not by.has_perm(step.permission):
        raise PermissionDenied
    record = model._base_manager.select_for_update(of=("self",)).get(pk=record_id)
    is_allowed = step.is_allowed(record, by)
    if not is_allowed and not step.is_heard(record, by):
        raise PermissionDenied
    before = getattr(record, step.field)
    _check_open(step, record, seen)
    if step.is_own(record, by):
        raise StepRefused(
            _("“%(record)s” was entered or submitted by you; somebody else has to do this.") % {"record": record}
        )
    if not is_allowed:
        raise StepRefused(step.gate.refusal(step, record, by))
    if step.needs_note and not note.strip():
        raise StepRefused(_("Please give a reason."))
    with pghistory.context(step=step.name, reason=note):
        after = before
        if step.gate is None or step.gate.enter(step, record, by=by, note=note):
            after = _change(step, record, by=by, note=note, **data)
        log_status(record, by=by, step=step.name, before=before, after=after, note=note)
        if step.gate:
            step.gate.leave(step, record, by=by, note=note, before=before)
    return record


def _check_open(step: Step, record: models.Model, seen: str | None) -> None:
    if not step.is_open(record):
        raise StepRefused(why_closed(step, record))
    if seen is not None and step.gate and step.gate.concerns(step) and step.gate.mark(record) != seen:
        raise StepRefused(
            _("“%(record)s” was handed in again since you opened this page. Look at it first, then decide.")
            % {"record": record}
        )


def why_closed(step: Step, record: models.Model) -> str:
    """With the statuses from which the step leads on, in their natural order."""
    choices = record._meta.get_field(step.field).flatchoices
    return _("“%(record)s” is %(status)s now; “%(step)s” is possible from: %(sources)s.") % {
        "record": record,
        "status": getattr(record, f"get_{step.field}_display")(),
        "step": step.label,
        "sources": "、".join(str(label) for value, label in choices if value in step.sources),
    }


def _change(step: Step, record: models.Model, *, by, note: str, **data) -> str:
    if step.effect:
        step.effect(record, by=by, note=note, **data)
    after = step.target or getattr(record, step.field)
    setattr(record, step.field, after)
    record.save(update_fields=[step.field])
    return after


def log_status(record: models.Model, *, by, step: str, before: str, after: str, note: str = "") -> StatusChange:
    return StatusChange.objects.create(target=record, by=by, step=step, before=before, after=after, note=note)


def log_statuses(changed: Iterable[tuple[models.Model, str]], *, by, step: str) -> None:
    """Of many records, each with the status it had before; the new one stands in the record."""
    StatusChange.objects.bulk_create(
        StatusChange(target=record, by=by, step=step, before=before, after=record.status) for record, before in changed
    )


def own_hands(record: models.Model) -> set[int]:
    """Those who may not decide on the record: its owner and whoever handed it in last; looked for once per record."""
    if "_submitted_by" not in record.__dict__:
        content_type = ContentType.objects.get_for_model(record)
        submitted = StatusChange.objects.filter(content_type=content_type, object_id=record.pk, step="submit")
        record._submitted_by = submitted.order_by("-pk").values_list("by_id", flat=True).first()
    return {getattr(record, "owner_id", None), record._submitted_by} - {None}
