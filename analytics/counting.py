"""Several counts of different tables by one query."""

from collections.abc import Iterable

from django.db.models import IntegerField, QuerySet, Subquery

from users.models import User


class _Count(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counted(user: User, many: Iterable[QuerySet], *, most: int | None = None) -> list[int]:
    """How many rows each has, up to one more than ``most``; the user is the one row that all counts stand in."""
    parts = [_Count(rows.order_by().values("pk")[: most and most + 1]) for rows in many]
    return list(User.objects.filter(pk=user.pk).values_list(*parts)[0]) if parts else []
