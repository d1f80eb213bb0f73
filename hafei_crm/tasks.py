import os
from datetime import timedelta

from celery import current_app, shared_task
from celery.signals import celeryd_after_setup
from django.utils import timezone

from core.jobs import purge_results, sweep_jobs
from hafei_crm.stranded import give_back_stranded_tasks


@shared_task
def sweep() -> None:
    """Each minute: what died with its worker is sent again."""
    sweep_jobs(timezone.now())


@shared_task
def purge() -> None:
    purge_results(timezone.now())


@celeryd_after_setup.connect
def take_over(**_) -> None:
    """The only worker of these servers knows at its start that nothing is running: every job under way is stranded."""
    if os.environ.get("SOLE_WORKER"):
        give_back_stranded_tasks(current_app)
        sweep_jobs(timezone.now(), dead_after=timedelta(0))
