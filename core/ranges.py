"""Two days of a row as one range, and the constraint against overlapping."""

from contextlib import suppress

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import FieldError
from django.db.models import Func, Model


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class NoOverlap(ExclusionConstraint):
    """A form that leaves out a field of the condition cannot ask it, as Django itself sees it for other constraints."""

    def validate(self, model: type[Model], instance: Model, *args, **options) -> None:
        """Days in the wrong order are no range to the database; another constraint says so."""
        if self._runs_backwards(instance):
            return
        with suppress(FieldError):
            super().validate(model, instance, *args, **options)

    def _runs_backwards(self, instance: Model) -> bool:
        ranges = [part for part, _operator in self.expressions if isinstance(part, DateRange)]
        days = [[getattr(instance, day.name) for day in part.source_expressions[:2]] for part in ranges]
        return any(first and last and last < first for first, last in days)
