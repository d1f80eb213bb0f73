from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HafeiConfig(AppConfig):
    name = "hafei_crm"
    verbose_name = "Hafei CRM"

    def ready(self):
        post_migrate.connect(_sync_roles, sender=self)


def _sync_roles(**_options) -> None:
    """Groups and permissions follow the table after every migration; this app is the last in INSTALLED_APPS."""
    from users.actions import sync_roles  # noqa: PLC0415

    sync_roles()
