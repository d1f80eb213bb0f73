"""The pages of what core itself keeps: who exported and revealed what, and the fields the company added."""

import django_filters
from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from core.custom_fields import change_custom_field, define_custom_field, takes_custom_fields
from core.filters import Filters, since, until
from core.forms import RecordForm
from core.models import CustomField, ExportLog, RevealLog
from core.pages import Pages
from core.tables import Column, Table

FIXED = ("model_label", "name", "kind")


def extendable_models() -> list[tuple[str, str]]:
    models = [model for model in apps.get_models() if takes_custom_fields(model)]
    return [(model._meta.label_lower, model._meta.verbose_name) for model in models]


class ExportFilter(Filters):
    by = django_filters.ModelChoiceFilter(queryset=get_user_model().objects.all(), label=_("By"))
    after = since("at", _("Exported from"))
    before = until("at", _("Exported until"))

    class Meta:
        model = ExportLog
        fields = []


class CustomFieldFilter(Filters):
    model_label = django_filters.ChoiceFilter(label=_("Kind of record"))
    is_active = django_filters.BooleanFilter(label=_("Active"))

    class Meta:
        model = CustomField
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["model_label"].extra["choices"] = extendable_models()


class CustomFieldForm(RecordForm):
    model_label = forms.ChoiceField(label=_("Kind of record"), choices=extendable_models)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One per line; only for a choice or a multiple choice."),
    )

    class Meta:
        model = CustomField
        fields = [*FIXED, "label", "choices", "is_required", "default", "help_text", "position", "is_active"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["choices"] = "\n".join(self.instance.choices)
        for name in FIXED if self.instance.pk else ():
            self.fields[name].disabled = True

    def clean_choices(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["choices"].splitlines())
        return [line for line in lines if line]


class RevealFilter(Filters):
    by = django_filters.ModelChoiceFilter(queryset=get_user_model().objects.all(), label=_("By"))
    after = since("at", _("Shown from"))
    before = until("at", _("Shown until"))

    class Meta:
        model = RevealLog
        fields = []


REVEALS = Pages(
    table=Table(
        RevealLog,
        (
            Column("at", kind="datetime"),
            Column("by__name"),
            Column("by__unit__name", _("Unit")),
            Column("model_label", kind="entity"),
            Column("record_id", kind="number"),
            Column("column"),
        ),
    ),
    filters=RevealFilter,
    only=frozenset({"list"}),
)
EXPORTS = Pages(
    table=Table(
        ExportLog,
        (
            Column("at", kind="datetime"),
            Column("by__name"),
            Column("by__unit__name", _("Unit")),
            Column("list_name", kind="entity"),
            Column("row_count", kind="number"),
            Column("query"),
        ),
    ),
    filters=ExportFilter,
    only=frozenset({"list"}),
)
CUSTOM_FIELDS = Pages(
    table=Table(
        CustomField,
        (
            Column("label", link=True),
            Column("model_label", kind="entity"),
            Column("name", shown=False),
            Column("kind", kind="choice"),
            Column("is_required", kind="boolean"),
            Column("help_text", shown=False),
            Column("position", kind="number"),
            Column("is_active", kind="boolean"),
        ),
        order=("model_label", "position", "pk"),
    ),
    filters=CustomFieldFilter,
    form=CustomFieldForm,
    create=define_custom_field,
    update=change_custom_field,
)
PAGES = (EXPORTS, REVEALS, CUSTOM_FIELDS)
