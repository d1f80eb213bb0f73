"""Addresses of the lists that figures sum: whoever follows one sees the rows and their total."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from core.periods import Period


def list_url(name: str, **query) -> str:
    """The list of an entity ("contracts:retail") with its filter set."""
    parameters = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(f"{name}_list") + (f"?{urlencode(parameters)}" if parameters else "")


def list_url_in(name: str, period: Period, **query) -> str:
    return list_url(name, **query, from_day=period.start, to_day=period.last_day)


def overdue_url(today: date) -> str:
    return list_url("contracts:receivable", is_open="true", due_until=today - timedelta(days=1))
