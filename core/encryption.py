"""Text that stands in the database unreadable: ID numbers today.

``HAFEI_FIELD_KEY`` holds one key or several, parted by commas. The first writes; all of them read and search, so a
new key goes before the old one until ``manage.py change_field_key`` has written everything anew.
"""

import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from core.errors import RuleBroken

HOW_TO = (
    "HAFEI_FIELD_KEY must hold keys of 32 bytes in URL-safe base64, parted by commas. Make one with: "
    'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)


def encrypted(text: str) -> str:
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode() if text else ""


def decrypted(cipher: str) -> str:
    if not cipher:
        return ""
    try:
        return _fernet(tuple(settings.FIELD_KEYS)).decrypt(cipher.encode()).decode()
    except InvalidToken:
        raise RuleBroken(
            _("This value was written with a key that this system does not have. Ask the administrator.")
        ) from None


def keyed_hash(text: str) -> str:
    """What an exact search compares: without the key nobody can try out all numbers there are."""
    return _hash(text, settings.FIELD_KEYS[0]) if text else ""


def keyed_hashes(text: str) -> list[str]:
    """The hashes under all keys: rows not yet written anew carry that of an older one."""
    return [_hash(text, key) for key in settings.FIELD_KEYS] if text else []


def check_field_keys(app_configs, **options) -> list[Error]:
    try:
        _fernet(tuple(settings.FIELD_KEYS))
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="core.E001")]
    return []


@cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as wrong:
        raise ImproperlyConfigured(HOW_TO) from wrong


def _hash(text: str, key: str) -> str:
    secret = hmac.digest(key.encode(), b"search", "sha256")  # not the key that encrypts
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
