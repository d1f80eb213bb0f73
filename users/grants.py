"""What a line of the table in ``users.access`` is made of."""

from dataclasses import dataclass
from enum import IntEnum


class Scope(IntEnum):
    """From the narrowest to the widest; a person with several roles has the widest."""

    OWN = 1
    UNIT = 2
    SUBTREE = 3
    ALL = 4


@dataclass(frozen=True)
class Grant:
    roles: tuple[str, ...]
    scope: Scope
    verbs: tuple[str, ...]
    changes: Scope


def may(roles: str | tuple[str, ...], scope: Scope, verbs: str = "", *, changes: Scope | None = None) -> Grant:
    roles = (roles,) if isinstance(roles, str) else roles
    return Grant(roles, scope, tuple(verbs.split()), changes or scope)
