"""What must never be false of a row, each with the sentence for whoever enters it.

The code of the error names the field where a form shows the sentence; none names the constraint.
"""

from collections import defaultdict
from collections.abc import Container
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def not_negative(field: str, *, name: str) -> CheckConstraint:
    return said_at(field, _("Enter zero or more."), condition=Q(**{f"{field}__gte": 0}), name=name)


def positive(field: str, *, name: str) -> CheckConstraint:
    return said_at(field, _("Enter more than zero."), condition=Q(**{f"{field}__gt": 0}), name=name)


def within(field: str, lowest: int, highest: int, *, name: str) -> CheckConstraint:
    """Both ends included."""
    sentence = format_lazy(_("Enter a value from {lowest} to {highest}."), lowest=lowest, highest=highest)
    return said_at(field, sentence, condition=Q(**{f"{field}__gte": lowest, f"{field}__lte": highest}), name=name)


def not_before(last: str, first: str, *, name: str) -> CheckConstraint:
    """The last day belongs to the period; either day may be open."""
    sentence = _("The last day lies before the first day.")
    return said_at(last, sentence, condition=Q(**{f"{last}__gte": F(first)}), name=name)


def after(end: str, first: str, *, name: str) -> CheckConstraint:
    """The end is the first day, or moment, that does not belong to the period."""
    sentence = _("It would end before it begins. Choose a later end.")
    return said_at(end, sentence, condition=Q(**{f"{end}__gt": F(first)}), name=name)


def first_of_month(field: str, *, name: str) -> CheckConstraint:
    return said_at(field, _("Enter a month such as 2026-11."), condition=Q(**{f"{field}__day": 1}), name=name)


def present(field: str, *, name: str) -> CheckConstraint:
    return said_at(field, _("This field is required."), condition=Q(**{f"{field}__isnull": False}), name=name)


def said_at(field: str, sentence: str | Promise, *, condition: Q, name: str) -> CheckConstraint:
    return CheckConstraint(condition=condition, name=name, violation_error_message=sentence, violation_error_code=field)


def beside_their_fields(error: Any, fields: Container[str]) -> ValidationError:
    """The same errors, each at the field that its code names where the form has it."""
    whole = error if isinstance(error, ValidationError) else ValidationError(error)
    found = whole.error_dict if hasattr(whole, "error_dict") else {NON_FIELD_ERRORS: whole.error_list}
    placed = defaultdict(list)
    for place, errors in found.items():
        for one in errors:
            placed[one.code if place == NON_FIELD_ERRORS and one.code in fields else place].append(one)
    return ValidationError(placed)
