"""Ranks in which equals share a place and nobody's place is skipped: 1, 2, 2, 3."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def dense_ranks(values: Mapping[Key, int | Decimal]) -> dict[Key, int]:
    """The highest value is first."""
    places = {value: place for place, value in enumerate(sorted(set(values.values()), reverse=True), start=1)}
    return {key: places[value] for key, value in values.items()}
