"""The fixed cast of all tests; the demo logins are the same people."""

import pytest

from users.cast import CAST, create_cast

PASSWORD = "hafei-demo"


@pytest.fixture
def cast(db):
    return create_cast(PASSWORD)


def _member(username: str):
    @pytest.fixture(name=username)
    def member(cast):
        return cast[username]

    return member


globals().update({f"_{part.username}": _member(part.username) for part in CAST})
