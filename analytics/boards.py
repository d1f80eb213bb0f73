"""The figures behind the home page's charts and rankings, kept for a minute: they scan many rows."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.cache import cache
from django.utils.translation import get_language
from redis.exceptions import RedisError

from analytics import queries
from contracts.models import Retail
from core.periods import Period, add_months, month_of, months_between
from salesplan.queries import DEALER, REGION, SERIES
from users.access import Scope
from users.models import User

Kept = TypeVar("Kept")
logger = logging.getLogger(__name__)
MONTHS_SHOWN = 12
KEPT_SECONDS = 60
RANKED_BY = {Scope.ALL: REGION, Scope.SUBTREE: DEALER}


@dataclass(frozen=True)
class Board:
    period: Period
    months: list[date]
    sold: list[int]
    planned: list[int]
    ranked_by: str
    ranking: list[queries.Share]
    salespeople: list[queries.Share]


def kept(name: str, user: User, period: Period, today: date, make: Callable[[], Kept]) -> Kept:
    """Made anew after every sale; else not older than a minute. What the reader may see is part of the key."""
    rights = (user.pk, user.unit_id, sorted(user.role_names), get_language())
    parts = repr([rights, str(period), today, queries.data_version()])
    key = f"{name}:{hashlib.sha256(parts.encode()).hexdigest()}"
    try:
        return cache.get_or_set(key, make, KEPT_SECONDS)
    except (RedisError, OSError) as error:
        logger.warning("No cache for the home page: %s", error)
        return make()


def board_of(user: User, period: Period, today: date) -> Board:
    until = month_of(today).end
    since = add_months(until, -MONTHS_SHOWN)
    months = months_between(since, until)
    sold = queries.retail_by_month(user, since, until)
    planned = {}
    if user.has_perm("salesplan.view_salesplanline"):
        planned = queries.plan_by_month(user, since, until)
    scope = user.scope_of(Retail)
    ranked_by = RANKED_BY.get(scope, SERIES)
    return Board(
        period,
        months,
        [int(sold.get(month, 0)) for month in months],
        [planned.get(month, 0) for month in months] if planned else [],
        ranked_by,
        queries.ranking(user, period, today, ranked_by),
        queries.salespeople(user, period) if scope is not Scope.OWN else [],
    )
