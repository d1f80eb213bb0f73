"""Choices too long for a page: the browser asks the server while one types."""

from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from core.addresses import key_in
from core.search import Searchable

FEW = 200
NEWEST = 50


class RemoteSelect(forms.Select):
    """Writes out what is chosen and the newest few; without a script one chooses among these."""

    def __init__(self, url: str) -> None:
        super().__init__(attrs={"data-choices-url": url})

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list[tuple]:
        offered = self.choices
        chosen = offered.queryset.filter(pk__in=[key_in(str(key)) for key in value])
        records = dict.fromkeys([*chosen, *offered.queryset.order_by("-pk")[:NEWEST]])
        written = [("", offered.field.empty_label or ""), *(offered.choice(record) for record in records)]
        return forms.Select(self.attrs, choices=written).optgroups(name, value, attrs)


def ask_remotely(field: forms.Field) -> None:
    """Where a choice of records is long and its list can be searched, let the browser ask."""
    if not isinstance(field, forms.ModelChoiceField) or isinstance(field, forms.ModelMultipleChoiceField):
        return
    model = field.queryset.model
    if not issubclass(model, Searchable) or not field.queryset[FEW:].exists():
        return
    try:
        url = reverse(f"{model._meta.app_label}:{model._meta.model_name}_choices")
    except NoReverseMatch:
        return
    field.widget = RemoteSelect(url)
    field.widget.choices = field.choices


def offer_only(field: forms.ModelChoiceField, rows: QuerySet, **filters: str) -> None:
    """Fewer rows than the user sees; ``filters`` of their list say the same to the browser that asks the server."""
    field.queryset = rows
    if isinstance(field.widget, RemoteSelect):
        field.widget.attrs["data-choices-url"] += f"?{urlencode(filters)}"
