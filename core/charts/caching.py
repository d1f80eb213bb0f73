"""Keep drawn charts: drawing takes longer than reading the figures from a rollup."""

import hashlib
import logging
from collections.abc import Callable, Sequence

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ONE_DAY = 24 * 60 * 60
DRAWING_VERSION = 2  # raise it when charts look different, so that nobody sees yesterday's drawing


def cached_svg(key_parts: Sequence[object], build: Callable[[], SafeString], timeout: int = ONE_DAY) -> SafeString:
    """The drawing kept under everything it depends on (data version, scope, place on the page) and the language.

    Without a cache the chart is drawn anew: slower, but never missing.
    """
    parts = repr([DRAWING_VERSION, get_language(), *key_parts])
    key = f"chart:{hashlib.sha256(parts.encode()).hexdigest()}"
    try:
        kept = cache.get(key)
    except (RedisError, OSError) as error:
        logger.warning("No cache for charts, drawing anew: %s", error)
        return build()
    if kept is not None:
        return mark_safe(kept)
    drawn = build()
    try:
        cache.set(key, str(drawn), timeout)
    except (RedisError, OSError) as error:
        logger.warning("Chart not kept in the cache: %s", error)
    return drawn
