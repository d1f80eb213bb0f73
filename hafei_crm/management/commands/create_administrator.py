import os
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from analytics.actions import add_company_schemes
from salesplan.actions import add_standard_templates
from users.access import Role
from users.actions import add_unit, add_user
from users.models import Unit, User
from users.roles import role_label


class Command(BaseCommand):
    help = "Makes the first users of a new system. The password is asked for, or taken from HAFEI_ADMIN_PASSWORD."

    def add_arguments(self, parser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", help="the person's name; else the user name")
        # The three posts are kept apart: the second one gives people their roles, so a new system needs it too.
        posts = [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR]
        parser.add_argument("--role", choices=posts, default=Role.SYSTEM_ADMINISTRATOR)

    @transaction.atomic
    def handle(self, *, username: str, name: str | None, role: str, **options) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(_("The user name “%(username)s” is taken.") % {"username": username})
        password = os.environ.get("HAFEI_ADMIN_PASSWORD") or getpass(_("Password: "))
        try:
            validate_password(password, User(username=username, name=name or username))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        unit = headquarters()
        add_company_schemes()
        add_standard_templates()
        add_user(by=None, username=username, name=name or username, unit=unit, password=password, roles=[role])
        self.stdout.write(
            _("“%(username)s” may sign in as %(role)s.") % {"username": username, "role": role_label(role)}
        )


def headquarters() -> Unit:
    found = Unit.objects.filter(kind=Unit.Kind.HEADQUARTERS).first()
    return found or add_unit(by=None, name=_("Headquarters"), code="HQ", kind=Unit.Kind.HEADQUARTERS, parent=None)
