from celery import shared_task
from django.utils import timezone

from contracts.actions import release_expired_allocations


@shared_task
def release_expired() -> None:
    release_expired_allocations(timezone.localdate())
