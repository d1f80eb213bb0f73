import os

from celery import Celery
from celery.signals import celeryd_after_setup

from hafei_crm.stranded import give_back_stranded_tasks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hafei_crm.settings")
app = Celery("hafei_crm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def take_over(**_) -> None:
    if os.environ.get("SOLE_WORKER"):
        give_back_stranded_tasks(app)
