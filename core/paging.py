"""Pages of a list without counting millions: the count is capped, the offset runs over keys alone."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet

PAGE_SIZE = 50
COUNT_CAP = 10_000
SUMMED_AT_ONCE = 1_000


@dataclass(frozen=True)
class ListPage:
    number: int
    count: int
    is_capped: bool
    size: int = PAGE_SIZE

    @property
    def begin(self) -> int:
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def is_long(self) -> bool:
        """Its sums are fetched after the page."""
        return self.count > SUMMED_AT_ONCE

    @property
    def first_row(self) -> int:
        return self.begin + 1 if self.count else 0

    @property
    def last_row(self) -> int:
        return self.number * self.size if self.is_capped else min(self.number * self.size, self.count)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.last or self.is_capped

    @property
    def numbers(self) -> list[int]:
        """The page numbers offered: the first, the neighbours of this one, the last known."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        return sorted(n for n in near if 1 <= n <= max(self.last, self.number))


def page_of(queryset: QuerySet, raw_number: str, *, size: int = PAGE_SIZE) -> ListPage:
    """The asked page. A number that is none is page 1; beyond the end, as when rows went meanwhile, it is the last."""
    counted = queryset.order_by().values("pk")[: COUNT_CAP + 1].count()
    number = int(raw_number) if raw_number.isdecimal() and 0 < len(raw_number) < 7 else 1
    page = ListPage(max(number, 1), min(counted, COUNT_CAP), counted > COUNT_CAP, size)
    return page if page.is_capped else replace(page, number=min(page.number, page.last))


def rows_on(page: ListPage, queryset: QuerySet) -> QuerySet:
    if page.number == 1:
        return queryset[: page.size]
    keys = queryset.values("pk")[page.begin : page.begin + page.size]
    return queryset.filter(pk__in=keys)
