from celery import shared_task
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.jobs import JobRun, start_job
from core.working_days import is_working_day
from customers import actions
from customers.models import Lead
from customers.workflow.key_accounts import expire_registrations


@shared_task
def send_digests() -> None:
    """On working days, once a day."""
    today = timezone.localdate()
    if is_working_day(today):
        title = gettext_noop("Overdue follow-ups")
        start_job(send_digest, kind="digest", by=None, title=title, key=str(today), parameters={"day": str(today)})


@shared_task
def send_digest(job_id: int) -> None:
    with JobRun(job_id) as run:
        actions.send_digests(parse_date(run.parameters["day"]))


@shared_task
def rescore_leads() -> None:
    """A lead grows older without anybody touching it."""
    actions.rescore(Lead.objects.open())


@shared_task
def run_nightly() -> None:
    """Next birthdays of those whose day has passed; registrations whose protection has ended."""
    today = timezone.localdate()
    with transaction.atomic():
        actions.renew_birthdays(today)
    with transaction.atomic():
        expire_registrations(today)


@shared_task
def fill_pool() -> None:
    """Each night, once a day: customers whose time is up fall into the public pool."""
    today = timezone.localdate()
    title = gettext_noop("Customers fall into the public pool")
    start_job(pool_customers, kind="pool", by=None, title=title, key=str(today), business_date=today)


@shared_task
def pool_customers(job_id: int) -> None:
    with JobRun(job_id) as run:
        count = actions.pool_fallen_customers(timezone.now())
        run.message = _("Customers that fell into the public pool: %(count)d") % {"count": count}
