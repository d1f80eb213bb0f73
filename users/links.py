from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from users.models import User


def of_person(person: User, user: User) -> Iterator[tuple[str, str]]:
    if user.has_perm("users.grant_user") and person != user:
        yield _("Give roles"), reverse("users:user_roles", args=[person.pk])
        yield _("Set password"), reverse("users:user_password", args=[person.pk])
