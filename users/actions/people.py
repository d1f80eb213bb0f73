from collections.abc import Iterable

from axes.utils import reset as forgive_failures
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.changes import changed
from core.errors import RuleBroken
from core.workflow import log_status
from users.access import Role
from users.actions.approval_vacancies import fill_vacated_seats
from users.models import Unit, User

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
PASSWORD_SET = gettext_noop("Password set by an administrator")


@transaction.atomic
def add_user(
    *,
    by: User | None,
    username: str,
    name: str,
    unit: Unit,
    password: str = "",
    phone: str = "",
    email: str = "",
    roles: Iterable[str] = (),
    is_active: bool = True,
) -> User:
    """A new person; without a password he cannot sign in until one is set."""
    user = User(username=username, name=name, unit=unit, phone=phone, email=email, is_active=is_active)
    user.set_password(password or None)
    user.save()
    _set_roles(user, roles)
    return user


@transaction.atomic
def change_user(user_id: int, *, by: User, **fields) -> User:
    """Whoever left or went to another unit sits for nobody's records any more."""
    user = changed(User, user_id, fields)
    fill_vacated_seats()
    return user


@transaction.atomic
def grant_roles(user_id: int, *, by: User, roles: Iterable[str]) -> User:
    """Roles are given by the security administrator, to others than himself."""
    if user_id == by.pk:
        raise RuleBroken(_("Nobody changes his own roles. Ask another security administrator."))
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    _set_roles(user, roles)
    fill_vacated_seats()
    return user


@transaction.atomic
def set_password(user_id: int, *, by: User, password: str) -> User:
    """A new password ends the person's sessions, whose hash no longer fits, and forgives his failed sign-ins."""
    if user_id == by.pk:
        raise RuleBroken(_("This page is for others. Your own password you change with the old one."))
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise RuleBroken(weak.messages) from weak
    user.set_password(password)
    user.save(update_fields=["password"])
    forgive_failures(username=user.username)
    log_status(user, by=by, step=PASSWORD_SET, before="", after="")
    return user


def prefer_language(user_id: int, *, language: str) -> None:
    User.objects.filter(pk=user_id).update(language=language)


def prefer_theme(user_id: int, *, theme: str) -> None:
    User.objects.filter(pk=user_id).update(theme=theme)


def prefer_mail(user_id: int, *, wants_mail: bool) -> None:
    User.objects.filter(pk=user_id).update(wants_mail=wants_mail)


def _set_roles(user: User, roles: Iterable[str]) -> None:
    wanted = set(roles)
    if len(wanted & ADMINISTRATORS) > 1 or (wanted & ADMINISTRATORS and wanted - ADMINISTRATORS):
        raise RuleBroken(
            _(
                "The posts of system administrator, security administrator and auditor are kept apart from each other "
                "and from business roles. Choose one of them alone."
            )
        )
    user.groups.set(Group.objects.filter(name__in=wanted))
