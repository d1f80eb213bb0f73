"""A kind of record for tests of mechanisms: it has an owner, custom fields, and a table only while a test runs."""

from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models


class FolderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(models.Q(owner=user) | models.Q(is_public=True))

    def changeable_by(self, user):
        return self.filter(owner=user)


class Folder(models.Model):
    name = models.CharField(max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=False)
    extra = models.JSONField(default=dict, blank=True)

    objects = FolderQuerySet.as_manager()

    class Meta:
        app_label = "core"
        managed = False
        db_table = "test_folder"
        ordering = ["pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/folders/{self.pk}/"


@contextmanager
def folder_table():
    with connection.schema_editor() as editor:
        editor.create_model(Folder)
    ContentType.objects.clear_cache()
    kind = ContentType.objects.get_for_model(Folder)
    for verb in ("view", "change"):
        Permission.objects.get_or_create(content_type=kind, codename=f"{verb}_folder", defaults={"name": verb})
    yield
    ContentType.objects.clear_cache()


def allow(user, *verbs: str) -> None:
    """By a role of his own, since rights come from roles alone."""
    role, _is_new = Group.objects.get_or_create(name=f"folders of {user.pk}")
    role.permissions.set(Permission.objects.filter(codename__in=[f"{verb}_folder" for verb in verbs]))
    user.groups.add(role)


def forbid(user) -> None:
    user.groups.remove(Group.objects.get(name=f"folders of {user.pk}"))
