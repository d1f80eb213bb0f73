"""The fixed cast of all tests; the demo logins are the same people."""

import pytest
from django.core.cache import cache

from core.custom_fields import VERSION_KEY
from users.cast import CAST, create_cast

PASSWORD = "hafei-demo"


@pytest.fixture
def cast(db):
    cache.delete(VERSION_KEY)  # the custom fields that an earlier test defined were rolled back
    return create_cast(PASSWORD)


def _member(username: str):
    @pytest.fixture(name=username)
    def member(cast):
        return cast[username]

    return member


globals().update({f"_{part.username}": _member(part.username) for part in CAST})
