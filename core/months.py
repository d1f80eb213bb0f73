"""A month in forms and filters: typed as 2026-11, kept as its first day."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.periods import parse_period


class MonthField(forms.Field):
    widget = forms.TextInput(attrs={"type": "month"})
    default_error_messages = {"invalid": _("Enter a month such as 2026-11.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        try:
            period = parse_period(str(value))
        except ValueError as problem:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from problem
        if period.kind != "month":
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return period.start

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class MonthFilter(django_filters.Filter):
    field_class = MonthField
