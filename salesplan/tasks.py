"""Reminders of work reports: beat looks each hour, a job per due moment rings the bells, once."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.jobs import JobRun, start_job
from core.periods import parse_period
from salesplan.actions import remind_of_reports
from salesplan.models import ReportKind
from salesplan.reporting import missing_at


@shared_task
def remind_missing() -> None:
    for kind in ReportKind.values:
        for (period, due_at), people in missing_at(kind, timezone.now()).items():
            start_job(
                send_reminders,
                kind="report_reminder",
                by=None,
                title=gettext_noop("Reminder of work reports"),
                key=f"{period} {due_at:%Y%m%d%H%M}",
                parameters={"period": period, "people": people},
            )


@shared_task
def send_reminders(job_id: int) -> None:
    with JobRun(job_id) as run:
        remind_of_reports(run.parameters["people"], by=None, period=parse_period(run.parameters["period"]))
