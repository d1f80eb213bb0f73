"""Business numbers without gaps, such as HT-2026-0007."""

from datetime import date

from django.db import connection, transaction

_TAKE = """
    INSERT INTO core_counter (kind, year, last) VALUES (%(kind)s, %(year)s, %(count)s)
    ON CONFLICT (kind, year) DO UPDATE SET last = core_counter.last + %(count)s
    RETURNING last
"""


def next_number(kind: str, *, prefix: str, on: date) -> str:
    """The next number of this kind in the year of ``on``; taken back when the caller's transaction rolls back."""
    return next_numbers(kind, prefix=prefix, on=on, count=1)[0]


def next_numbers(kind: str, *, prefix: str, on: date, count: int) -> list[str]:
    """A block of numbers for rows written in bulk."""
    if count < 1:
        return []
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside the transaction that uses it.")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"kind": kind, "year": on.year, "count": count})
        last = cursor.fetchone()[0]
    return [f"{prefix}-{on.year}-{number:04d}" for number in range(last - count + 1, last + 1)]
