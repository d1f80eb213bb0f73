from celery import shared_task
from django.utils import timezone

from contracts.actions import expire_quotations, release_expired_allocations


@shared_task
def release_expired() -> None:
    release_expired_allocations(timezone.localdate())


@shared_task
def expire_offers() -> None:
    expire_quotations(timezone.localdate())
