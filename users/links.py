from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.formats import labelled
from core.targets import visible_targets
from users.models import CalendarEntry, Delegation, Task, User
from users.visibility import reaches


def of_person(person: User, user: User) -> Iterator[tuple[str, str]]:
    if person != user and person.is_active and reaches(user, User, person.pk, "handover"):
        yield _("Hand over everything"), reverse("hand_over", args=[person.pk])
    if user.has_perm("users.grant_user") and person != user:
        yield _("Give roles"), reverse("users:user_roles", args=[person.pk])
        yield _("Set password"), reverse("users:user_password", args=[person.pk])


def of_delegation(delegation: Delegation, user: User) -> Iterator[tuple[str, str]]:
    if delegation.ended_at is None and reaches(user, Delegation, delegation.pk, "change"):
        yield _("End it"), reverse("users:delegation_end", args=[delegation.pk])


def of_task(task: Task, user: User) -> Iterator[tuple[str, str]]:
    yield from _target(task, user)


def of_entry(entry: CalendarEntry, user: User) -> Iterator[tuple[str, str]]:
    yield from _target(entry, user)
    yield _("Calendar"), f"{reverse('calendar')}?on={entry.first_day}"


def _target(row: Task | CalendarEntry, user: User) -> Iterator[tuple[str, str]]:
    """The record it is about."""
    for target in visible_targets([row], user).values():
        yield labelled(target.kind, target.name), target.url
