"""Months that are over stay as they were reported, and statements as they were handed out."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken

GRACE_DAYS = 3


def open_from(today: date) -> date:
    """The first day that may still be written into: of this month; in its first days the former one is open, too."""
    first = today.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1) if today.day <= GRACE_DAYS else first


def check_day(field: str, day: date, *, earliest: date = date.min) -> None:
    """Nothing is dated beyond today, before ``earliest``, or into a month that is over."""
    today = timezone.localdate()
    first = max(earliest, open_from(today))
    if day > today:
        raise RuleBroken({field: _("The day lies in the future.")})
    if day < first:
        raise RuleBroken({field: _("The day cannot lie before %(day)s.") % {"day": first}})
