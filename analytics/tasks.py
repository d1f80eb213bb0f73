"""The nightly forecasts: beat starts one job per scheme, each safe to repeat."""

from datetime import date

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_noop

from analytics.actions import check_retails, purge_old_runs, run_scheme
from analytics.models import TrendScheme
from analytics.scorecards import reckon_month
from core.jobs import JobRun, start_job
from core.periods import month_of


@shared_task
def run_nightly() -> None:
    today = timezone.localdate()
    for scheme_id in TrendScheme.objects.nightly().values_list("pk", flat=True):
        start_job(
            forecast_scheme,
            kind="nightly",
            by=None,
            title=gettext_noop("Forecast of a trend scheme"),
            key=f"{scheme_id} {today}",
            business_date=today,
            parameters={"scheme": scheme_id, "business_date": today.isoformat()},
        )
    purge_old_runs(today)


@shared_task
def check_retail_truth() -> None:
    check_retails(timezone.localdate())


@shared_task
def reckon_scores() -> None:
    """This month, and the last one, whose sales are still verified and whose money still comes in."""
    today = timezone.localdate()
    month = month_of(today)
    for period in (month.previous(), month):
        reckon_month(period.start, today=today)


@shared_task
def forecast_scheme(job_id: int) -> None:
    with JobRun(job_id) as run:
        day = date.fromisoformat(run.parameters["business_date"])
        run_scheme(run.parameters["scheme"], business_date=day, progress=run.progress)
