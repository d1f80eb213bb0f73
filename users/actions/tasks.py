from datetime import date

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.errors import RuleBroken
from core.notices import notify
from core.undo import offer
from users.models import Task, User


def refuse_without_unit(person: User) -> None:
    if person.unit_id is None:
        raise RuleBroken(_("“%(person)s” belongs to no unit, so nothing can be recorded for it.") % {"person": person})


@transaction.atomic
def add_task(
    *,
    by: User,
    title: str,
    due_on: date,
    owner: User | None = None,
    target: models.Model | None = None,
    **fields,
) -> Task:
    """One's own task, or one given to somebody in whose tasks one may write; he is told."""
    owner = owner or by
    _refuse_stranger(owner, by=by)
    task = Task.objects.create(
        title=title.strip(), due_on=due_on, owner=owner, unit=owner.unit, created_by=by, target=target, **fields
    )
    if owner != by:
        _tell_new_owner(task, by=by)
    return task


@transaction.atomic
def change_task(task_id: int, *, by: User, **fields) -> Task:
    """A new reminder is sent again; a new owner is told."""
    task = _held(task_id)
    if task.done_at:
        raise RuleBroken(_("“%(task)s” is done. Reopen it first.") % {"task": task})
    owner = fields.get("owner") or task.owner
    if owner.pk != task.owner_id:
        _refuse_stranger(owner, by=by)
        fields |= {"owner": owner, "unit": owner.unit}
    if fields.get("remind_at", task.remind_at) != task.remind_at:
        fields["reminded_at"] = None
    is_new_owner = owner.pk not in (task.owner_id, by.pk)
    for name, value in fields.items():
        setattr(task, name, value)
    task.save(update_fields=_columns(fields))
    if is_new_owner:
        _tell_new_owner(task, by=by)
    return task


@transaction.atomic
def finish_task(task_id: int, *, by: User) -> Task:
    """A second click changes nothing: the first one stays."""
    task = _held(task_id)
    if task.done_at is None:
        task.done_at, task.done_by = timezone.now(), by
        task.save(update_fields=["done_at", "done_by"])
        offer(
            "users.finish_task",
            by=by,
            parameters={"task": task.pk},
            message=gettext_noop("“%(task)s” is done."),
            words={"task": task.title},
        )
    return task


@transaction.atomic
def reopen_task(task_id: int, *, by: User) -> Task:
    task = _held(task_id)
    task.done_at = task.done_by = None
    task.save(update_fields=["done_at", "done_by"])
    return task


def undo_finish(parameters: dict, *, by: User) -> None:
    reopen_task(parameters["task"], by=by)


def _held(task_id: int) -> Task:
    return Task.objects.select_for_update(of=("self",)).get(pk=task_id)


def _columns(fields: dict) -> list[str]:
    """A generic relation is written by its two columns."""
    names = [name for name in fields if name != "target"]
    return [*names, "content_type", "object_id"] if "target" in fields else names


def _refuse_stranger(owner: User, *, by: User) -> None:
    if owner.unit_id is None:
        raise RuleBroken({"owner": _("“%(person)s” belongs to no unit and can have no tasks.") % {"person": owner}})
    if owner.pk != by.pk and not User.objects.reached_by(by, Task, "change").filter(pk=owner.pk).exists():
        raise RuleBroken(
            {
                "owner": _("You may give tasks to yourself and to your own people; “%(person)s” is neither.")
                % {"person": owner}
            }
        )


def _tell_new_owner(task: Task, *, by: User) -> None:
    notify(
        [task.owner_id],
        gettext_noop("%(by)s gave you the task “%(task)s”, due on %(day)s."),
        url=reverse("users:task_detail", args=[task.pk]),
        by=str(by),
        task=task.title,
        day=task.due_on,
    )
