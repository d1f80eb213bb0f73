import hashlib
import secrets

from django.db import transaction

from users.models import CalendarFeed, User


@transaction.atomic
def open_feed(*, by: User) -> str:
    """A new secret address; the former one is no longer answered. It is told once, here, and kept as a digest."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=by, defaults={"token_hash": digest(token), "read_at": None})
    return token


def close_feed(*, by: User) -> None:
    CalendarFeed.objects.filter(user=by).delete()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
