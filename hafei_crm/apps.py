from django.apps import AppConfig, apps
from django.core.checks import register
from django.core.management import call_command
from django.db.models.signals import post_migrate

from core.encryption import check_field_keys

# Imported here, not in the package: `run` and `manage.py` need the package before Celery is installed or wanted,
# and without a configured app `.delay()` would dial the default AMQP broker.
from hafei_crm.celery import app as celery_app  # noqa: F401


class HafeiConfig(AppConfig):
    name = "hafei_crm"
    verbose_name = "Hafei CRM"

    def ready(self):
        """The keys are checked; after every migration, once the last app has its tables: triggers, roles, standards."""
        register(check_field_keys)
        last_with_tables = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(_follow_the_code, sender=last_with_tables)


def _follow_the_code(**options) -> None:
    if "plan" in options:  # flush sends the same signal, and leaves the triggers alone
        call_command("pgtrigger", "install", verbosity=0)
    call_command("sync_roles")
    call_command("add_standards")
