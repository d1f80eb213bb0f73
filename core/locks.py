"""Locks on what has no row of its own to lock: a month, a kind of decision."""

from django.db import connection, transaction


def hold(topic: str) -> None:
    """Wait until nobody else holds the topic; it is given back when the caller's transaction ends."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A topic is held inside the transaction that needs it.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [topic])
