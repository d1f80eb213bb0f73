"""Many who act at the same moment, each on a connection of his own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from core.errors import RuleBroken


def together(deeds: Iterable[Callable[[], Any]]) -> list:
    """What each deed answered, in their order; all are begun at once."""
    deeds = list(deeds)
    start = Barrier(len(deeds))

    def attempt(deed):
        start.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as crowd:
        return list(crowd.map(attempt, deeds))


def done_and_refused(deeds: Iterable[Callable[[], Any]]) -> tuple[int, int]:
    """How many of the deeds went through and how many were refused with a sentence."""

    def told(deed):
        def attempt() -> str | None:
            try:
                deed()
            except RuleBroken as refusal:
                return refusal.sentence
            return None

        return attempt

    answers = together(told(deed) for deed in deeds)
    return answers.count(None), sum(bool(answer) for answer in answers)
