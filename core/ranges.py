"""Two days of a row as one range, and the constraint against overlapping."""

from contextlib import suppress

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import FieldError
from django.db.models import Func


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class NoOverlap(ExclusionConstraint):
    """A form that leaves out a field of the condition cannot ask it, as Django itself sees it for other constraints."""

    def validate(self, *args, **options) -> None:
        with suppress(FieldError):
            super().validate(*args, **options)
