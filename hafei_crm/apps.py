from django.apps import AppConfig

# Imported here, not in the package: `run` and `manage.py` need the package before Celery is installed or wanted,
# and without a configured app `.delay()` would dial the default AMQP broker.
from hafei_crm.celery import app as celery_app  # noqa: F401


class HafeiConfig(AppConfig):
    name = "hafei_crm"
