from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contracts.actions import (
    accrue_rebates,
    expire_quotations,
    release_all_held_orders,
    release_expired_allocations,
    remind_of_payments,
    remind_of_renewals,
)
from core.formats import money
from core.jobs import JobRun, start_job
from core.models import Job
from core.periods import Period, month_of
from users.models import User


@shared_task
def release_expired() -> None:
    release_expired_allocations(timezone.localdate())


@shared_task
def release_held() -> None:
    release_all_held_orders()


@shared_task
def remind_to_renew() -> None:
    remind_of_renewals(timezone.localdate())


@shared_task
def expire_offers() -> None:
    expire_quotations(timezone.localdate())


@shared_task
def accrue_last_month() -> None:
    """Each month, when its invoices and retail sales are in."""
    start_accrual(month_of(timezone.localdate()).previous(), by=None)


def start_accrual(month: Period, *, by: User | None) -> Job:
    return start_job(
        accrue_month,
        kind="rebates",
        by=by,
        title=gettext_noop("Accrual of rebates"),
        business_date=month.start,
        parameters={"month": str(month.start)},
    )


@shared_task
def accrue_month(job_id: int) -> None:
    with JobRun(job_id) as run:
        accruals = accrue_rebates(parse_date(run.parameters["month"]))
        run.message = _("New lines: %(count)d, together %(amount)s yuan.") % {
            "count": len(accruals),
            "amount": money(sum(accrual.amount for accrual in accruals)),
        }


@shared_task
def remind_of_overdue() -> None:
    remind_of_payments(timezone.localdate())
