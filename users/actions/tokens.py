import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from users.models import ApiToken, User

PREFIX = "hafei_"


@transaction.atomic
def issue_token(*, by: User, name: str) -> tuple[ApiToken, str]:
    """A token for oneself, and its text, which is shown this once."""
    text = PREFIX + secrets.token_urlsafe(32)
    return ApiToken.objects.create(user=by, name=name, digest=_digest(text)), text


def revoke_token(token_id: int, *, by: User) -> None:
    ApiToken.objects.changeable_by(by).filter(pk=token_id).update(revoked_at=timezone.now())


def user_of_token(text: str) -> User | None:
    """Whom a token stands for, if he may still use the API; remembers the day."""
    token = ApiToken.objects.valid().filter(digest=_digest(text)).select_related("user__unit").first()
    if token is None or not token.user.has_perm("users.use_api"):
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token.user


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
