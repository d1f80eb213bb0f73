"""Forecasting on several processor cores, for commands; never inside a task, whose worker is one process of many."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from .engine import Run
from .models import load_library


@contextmanager
def parallel(count: int) -> Iterator[Run]:
    """A map that keeps the order of its input, for the argument `run` of the engine."""
    if count < 2:
        yield map
        return
    load_library()  # once, before the processes part
    with get_context("fork").Pool(count) as pool:
        yield partial(pool.imap, chunksize=4)
