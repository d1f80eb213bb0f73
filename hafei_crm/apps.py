from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate

# Imported here, not in the package: `run` and `manage.py` need the package before Celery is installed or wanted,
# and without a configured app `.delay()` would dial the default AMQP broker.
from hafei_crm.celery import app as celery_app  # noqa: F401


class HafeiConfig(AppConfig):
    name = "hafei_crm"
    verbose_name = "Hafei CRM"

    def ready(self):
        """Groups and permissions follow the table after every migration, once the last app has its tables."""
        last_with_tables = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(_sync_roles, sender=last_with_tables)


def _sync_roles(**_options) -> None:
    call_command("sync_roles")
