from celery import shared_task
from django.utils import timezone

from users.actions import (
    escalate_approvals,
    fill_vacated_seats,
    remind_of_approvals,
    remind_of_entries,
    remind_of_tasks,
)


@shared_task
def remind() -> None:
    """Each minute: what is due now; what stops the one half does not stop the other."""
    now = timezone.now()
    try:
        remind_of_tasks(now)
    finally:
        remind_of_entries(now)


@shared_task
def fill_vacancies() -> None:
    """Each hour, before approvals are chased: what nobody may decide any more."""
    fill_vacated_seats()


@shared_task
def chase_approvals() -> None:
    """Each hour: what has waited too long."""
    now = timezone.now()
    try:
        remind_of_approvals(now)
    finally:
        escalate_approvals(now)
