from collections.abc import Iterable

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _


def quantity_field() -> forms.IntegerField:
    return forms.IntegerField(label=_("Cars"), min_value=1, max_value=9999)


def price_field(label) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


def offer_only(field: forms.ModelMultipleChoiceField, records: Iterable[Model]) -> None:
    """Shown are these; one that went elsewhere since the page was opened is left to the action, which says where to."""
    field.widget.choices = [(record.pk, str(record)) for record in records]
