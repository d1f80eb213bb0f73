"""Checks of the books: identities that must hold on live data whatever happened, each with the figures it compares."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise

SHOWN_BREACHES = 20


@dataclass(frozen=True)
class Finding:
    """``figures`` are the sums compared, by their labels; ``breaches`` names the first records that are wrong."""

    figures: list[tuple[str, object]]
    breaches: list[str] = field(default_factory=list)
    breach_count: int = 0


@dataclass(frozen=True)
class BookCheck:
    """One identity, said as a sentence."""

    label: str | Promise
    look: Callable[[], Finding]


def finding(figures: list[tuple[str, object]], wrong: QuerySet) -> Finding:
    """``wrong`` are the records that breach the identity."""
    named = [str(record) for record in wrong[:SHOWN_BREACHES]]
    return Finding(figures, named, wrong.count() if len(named) == SHOWN_BREACHES else len(named))
