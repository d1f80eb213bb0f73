from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from users.access import ACCESS, EXTRA_PERMISSIONS, ROLES, permissions_of


@transaction.atomic
def sync_roles() -> None:
    """Make Groups and their permissions equal to the table in ``users.access``."""
    by_name = _permissions()
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([by_name[name] for name in permissions_of(role) if name in by_name])


def _permissions() -> dict[str, Permission]:
    """Every permission of the table by "app.codename"; those missing are created."""
    wanted: dict[tuple[str, str], str] = {}
    for label, grants in ACCESS.items():
        app, model = label.split(".")
        if model in apps.all_models.get(app, {}):
            wanted |= {(app, f"{verb}_{model}"): model for grant in grants for verb in ("view", *grant.verbs)}
    extra = {tuple(name.split(".")) for name in EXTRA_PERMISSIONS}
    have = {(p.content_type.app_label, p.codename): p for p in Permission.objects.select_related("content_type")}
    missing = [
        Permission(
            codename=codename,
            name=f"Can {codename.replace('_', ' ')}",
            content_type=ContentType.objects.get_for_model(apps.get_model(app, model)),
        )
        for (app, codename), model in wanted.items()
        if (app, codename) not in have
    ]
    for permission in Permission.objects.bulk_create(missing):
        have[permission.content_type.app_label, permission.codename] = permission
    return {f"{app}.{codename}": have[app, codename] for app, codename in {*wanted, *extra} if (app, codename) in have}
