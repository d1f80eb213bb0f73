import logging
import os
from datetime import timedelta

from celery import current_app, shared_task
from celery.signals import celeryd_after_setup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from analytics.models import ForecastRun
from analytics.tasks import run_nightly
from core.importing.batches import run_batch
from core.jobs import JobRun, purge_results, sweep_jobs
from core.notices import notify
from hafei_crm.stranded import give_back_stranded_tasks
from hafei_crm.wiring import BOOK_CHECKS, IMPORTERS
from users.access import Role
from users.models import User

logger = logging.getLogger(__name__)


@shared_task
def sweep() -> None:
    """Each minute: what died with its worker is sent again."""
    sweep_jobs(timezone.now())


@shared_task
def purge() -> None:
    """Each night: old result files and sessions that nobody can use any more."""
    purge_results(timezone.now())
    call_command("clearsessions")


@shared_task
def check_books() -> None:
    """Each night: whoever answers for money and data hears of what does not add up."""
    breaches = [str(check.label) for check in BOOK_CHECKS if check.look().breach_count]
    if not breaches:
        return
    logger.error("The books do not add up: %s", "; ".join(breaches))
    people = User.objects.on_duty().filter(groups__name__in=(Role.FINANCE, Role.SYSTEM_ADMINISTRATOR)).distinct()
    notify(
        people.values_list("pk", flat=True),
        gettext_noop("The books do not add up in %(count)d checks. Run check_books on the server to see where."),
        url=reverse("home"),
        count=len(breaches),
    )


@shared_task
def import_batch(job_id: int) -> None:
    with JobRun(job_id) as run:
        run_batch(run, IMPORTERS)


@celeryd_after_setup.connect
def take_over(**_) -> None:
    """The only worker of these servers knows at its start that nothing is running: every job under way is stranded."""
    if os.environ.get("SOLE_WORKER"):
        give_back_stranded_tasks(current_app)
        sweep_jobs(timezone.now(), dead_after=timedelta(0))
        if not ForecastRun.objects.ended_well().exists():
            run_nightly.delay()  # the first pages with a forecast need not wait for the first night
