from celery import shared_task
from django.utils import timezone

from dealers import actions, workflow


@shared_task
def run_nightly() -> None:
    """Papers that end, and authorisation contracts that have ended."""
    today = timezone.localdate()
    actions.remind_of_papers(today)
    workflow.expire_authorisations(today)
