"""Strict filters: a value that cannot be read shows no rows and an error, never all rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import django_filters
from django import forms
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import custom_fields
from core.models import CustomField
from core.periods import FIRST_YEAR, LAST_YEAR, ONE_DAY, midnight
from core.search import matching, reads_phones


@dataclass(frozen=True)
class Chip:
    """One active filter, with the parameter whose removal switches it off."""

    label: str
    value: str
    name: str


class Filters(django_filters.FilterSet):
    """Base of every list's filters. Choices of related rows are limited to what the user may see."""

    class Meta:
        filter_overrides = {
            models.DateField: {"filter_class": django_filters.DateFilter, "extra": lambda f: {"widget": day_input()}},
        }

    def __init__(self, data=None, queryset=None, *, user, **options):
        self.user, self.by_pairs = user, True
        super().__init__(data, queryset, **options)
        self._add_custom_fields()

    def _add_custom_fields(self) -> None:
        """The fields that an administrator added to this kind of record are filters at once."""
        model = self.queryset.model
        if not custom_fields.takes_custom_fields(model):
            return
        for field in custom_fields.custom_fields(model):
            for name, added in _filters_of(field).items():
                added.parent, added.model = self, model
                self.filters[name] = added

    @cached_property
    def form(self) -> forms.Form:
        form = super().form
        for name, field in form.fields.items():
            limit_to_visible(field, self.user)
            if isinstance(self.filters[name], NamedByRows):
                self.filters[name].add_those_of(self.queryset, field)
            _name_the_empty_choice(field)
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        return form

    def found_along_the_order(self) -> models.QuerySet:
        """The same rows, for a page of very many: to collect all with a common word by the index takes longer."""
        self.by_pairs = False
        return self.filter_queryset(self.queryset.all())

    def chips(self) -> Iterator[Chip]:
        for name, field in self.form.fields.items():
            raw = self.data.getlist(name) if hasattr(self.data, "getlist") else []
            if any(raw):
                yield Chip(str(self.filters[name].label or field.label), _readable(field, raw), name)


class SearchFilter(django_filters.CharFilter):
    """The search box of a list over a Searchable model: name, initials, phone, number."""

    def __init__(self, **options):
        options.setdefault("label", _("Search"))
        hint = {"type": "search", "placeholder": _("Name, initials, phone, number"), "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=hint))
        super().__init__(**options)

    def filter(self, queryset, value):
        phone_parts = reads_phones(queryset.model, self.parent.user)
        return matching(queryset, value, phone_parts=phone_parts, by_pairs=self.parent.by_pairs)


def _filters_of(field: CustomField) -> dict[str, django_filters.Filter]:
    """By the names of their parameters; no field is named like the ends of a range, which begin otherwise."""
    options, name = {"field_name": field.name, "label": field.label}, custom_fields.PREFIX + field.name
    kind, choices = CustomField.Kind(field.kind), [(text, text) for text in field.choices]
    if kind in (CustomField.Kind.NUMBER, CustomField.Kind.DATE):
        return _range_of(name, django_filters.NumberFilter if kind == CustomField.Kind.NUMBER else DayFilter, options)
    options["method"] = custom_fields.holding
    if kind == CustomField.Kind.CHOICE:
        return {name: django_filters.ChoiceFilter(choices=choices, **options)}
    if kind == CustomField.Kind.MULTIPLE_CHOICE:
        return {name: django_filters.MultipleChoiceFilter(choices=choices, **options)}
    chosen = django_filters.BooleanFilter if kind == CustomField.Kind.YES_NO else django_filters.CharFilter
    return {name: chosen(**options)}


def _range_of(name: str, kind: type[django_filters.Filter], options: dict) -> dict[str, django_filters.Filter]:
    """From and to, both included; the single value is asked for by a link or by another program."""
    label = {"field": options["label"]}
    exact = kind(method=custom_fields.holding, **options)
    exact.extra["widget"] = forms.HiddenInput()
    return {
        name: exact,
        f"from_{name}": kind(method=custom_fields.at_least, **options | {"label": _("%(field)s from") % label}),
        f"to_{name}": kind(method=custom_fields.at_most, **options | {"label": _("%(field)s to") % label}),
    }


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_of_the_calendar(day: date) -> date:
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise forms.ValidationError(
            _("The calendar shows the years %(first)d to %(last)d.") % {"first": FIRST_YEAR + 1, "last": LAST_YEAR - 1}
        )
    return day


class DayFilter(django_filters.DateFilter):
    def __init__(self, *args, **options):
        super().__init__(*args, widget=day_input(), validators=[day_of_the_calendar], **options)


class SinceFilter(DayFilter):
    def filter(self, queryset, value):
        if value and _is_moment(queryset, self.field_name):
            value = midnight(value)
        return super().filter(queryset, value)


class UntilFilter(DayFilter):
    """Of moments the whole last day: a comparison with the midnight after it can use an index, their date cannot."""

    def filter(self, queryset, value):
        if value and _is_moment(queryset, self.field_name):
            return queryset.filter(**{f"{self.field_name}__lt": midnight(value + ONE_DAY)})
        return super().filter(queryset, value)


def _is_moment(queryset: models.QuerySet, field: str) -> bool:
    return isinstance(F(field).resolve_expression(queryset.all().query).output_field, models.DateTimeField)


def since(field: str, label) -> SinceFilter:
    return SinceFilter(field_name=field, lookup_expr="gte", label=label)


def until(field: str, label) -> UntilFilter:
    return UntilFilter(field_name=field, lookup_expr="lte", label=label)


def named_by_a_link(**options) -> django_filters.ModelChoiceFilter:
    """Set by a figure that leads here, shown as a chip; its long list of choices is not loaded."""
    return django_filters.ModelChoiceFilter(widget=forms.HiddenInput(), **options)


class NamedByRows(django_filters.ModelChoiceFilter):
    """As ``named_by_a_link``, of a person above all: whom the reader's rows name, he may ask for."""

    def __init__(self, **options):
        super().__init__(widget=forms.HiddenInput(), **options)

    def add_those_of(self, rows: models.QuerySet, field: forms.ModelChoiceField) -> None:
        model, named = field.queryset.model, rows.order_by().values(self.field_name)
        seen = Q(pk__in=field.queryset.order_by().values("pk"))
        field.queryset = model._default_manager.filter(seen | Q(pk__in=named))


def limit_to_visible(field: forms.Field, user) -> None:
    """A choice of records offers only those the user may see."""
    queryset = getattr(field, "queryset", None)
    if queryset is not None and hasattr(queryset, "visible_to"):
        field.queryset = queryset.visible_to(user)


def _name_the_empty_choice(field: forms.Field) -> None:
    """An empty choice of a filter means everything."""
    if isinstance(field, forms.NullBooleanField):
        field.choices = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]
        field.widget = field.widget if field.widget.is_hidden else forms.Select(choices=field.choices)
    elif isinstance(field, forms.ModelChoiceField):
        field.empty_label = _("All") if field.empty_label is not None else None
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
        field.widget.choices = [("", _("All")), *((value, label) for value, label in field.choices if value != "")]


def _readable(field: forms.Field, raw: list[str]) -> str:
    if isinstance(field, forms.ModelChoiceField):
        try:
            found = field.queryset.filter(pk__in=[value for value in raw if value.isdecimal()][:20])
            return "、".join(str(record) for record in found) or "?"
        except (ValueError, OverflowError):
            return "?"
    choices = getattr(field, "choices", None) or getattr(field.widget, "choices", ())
    labels = {str(value): str(label) for value, label in choices}
    return "、".join(labels.get(value, value) for value in raw if value)
