from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


class HafeiConfig(AppConfig):
    name = "hafei_crm"
    verbose_name = "Hafei CRM"

    def ready(self):
        """Groups and permissions follow the table after every migration, once the last app has its tables."""
        post_migrate.connect(_sync_roles, sender=apps.get_app_config("analytics"))


def _sync_roles(**_options) -> None:
    call_command("sync_roles")
