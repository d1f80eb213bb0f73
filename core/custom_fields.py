"""Fields that the company adds to a kind of record without a programmer, used at once by every process.

A model that takes them has ``extra = models.JSONField(default=dict, blank=True)``. Form fields are named
``extra_<name>``; in ``extra`` the value stands under ``<name>``, as text, number, true/false or a list of texts.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Func, Model, QuerySet, TextField
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import RuleBroken
from core.models.custom_fields import CustomField
from core.search import normal
from core.tables import Column

PREFIX = "extra_"
MOST_FIELDS = 50
VERSION_KEY = "custom-fields-version"
Kind = CustomField.Kind
_COLUMN_KINDS = {Kind.NUMBER: "number", Kind.YES_NO: "boolean"}
_YES_NO = [("", "---------"), (True, gettext_lazy("Yes")), (False, gettext_lazy("No"))]


def takes_custom_fields(model: type[Model]) -> bool:
    return not model._meta.proxy and any(field.name == "extra" for field in model._meta.concrete_fields)


def custom_fields(model: type[Model]) -> tuple[CustomField, ...]:
    """The active fields of the model. Read from the database once per process and version."""
    version = cache.get_or_set(VERSION_KEY, _new_version, None)
    return _fields_of(model._meta.label_lower, version)


def form_fields(model: type[Model]) -> dict[str, forms.Field]:
    return {PREFIX + field.name: _form_field(field) for field in custom_fields(model)}


def stored_values(model: type[Model], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into ``extra``: the cleaned values by field name, in types that JSON knows; empty ones are left out."""
    stored = {field.name: stored_value(cleaned.get(field.name)) for field in custom_fields(model)}
    return {name: value for name, value in stored.items() if value not in (None, "", [])}


def columns(model: type[Model]) -> tuple[Column, ...]:
    """Columns for tables and exports, not shown until somebody chooses them."""
    if not takes_custom_fields(model):
        return ()
    return tuple(_column(field) for field in custom_fields(model))


def holding(queryset: QuerySet, name: str, value: Any) -> QuerySet:
    """Rows whose custom field has the value; text is looked for inside, of a multiple choice any of the values."""
    lookup = {Kind.TEXT: "__icontains", Kind.MULTIPLE_CHOICE: "__has_any_keys"}.get(_kind_of(queryset, name), "")
    return queryset.filter(**{f"extra__{name}{lookup}": stored_value(value)})


def at_least(queryset: QuerySet, name: str, value: Decimal | date) -> QuerySet:
    """Numbers and days are stored so that the database puts them in their order; an empty field is in no range."""
    _kind_of(queryset, name)
    return queryset.filter(**{f"extra__{name}__gte": stored_value(value)})


def at_most(queryset: QuerySet, name: str, value: Decimal | date) -> QuerySet:
    _kind_of(queryset, name)
    return queryset.filter(**{f"extra__{name}__lte": stored_value(value)})


def _kind_of(queryset: QuerySet, name: str) -> str:
    """A name that is no field of the model must not reach the database."""
    kinds = {field.name: field.kind for field in custom_fields(queryset.model)}
    if name not in kinds:
        raise RuleBroken(_("There is no field “%(name)s”.") % {"name": name[:40]})
    return kinds[name]


@transaction.atomic
def define_custom_field(*, by, **values: Any) -> CustomField:
    """Add a field to a kind of record (``model_label`` such as "customers.lead")."""
    field = CustomField(**values)
    field.model_label = field.model_label.lower()
    if CustomField.objects.filter(model_label=field.model_label).count() >= MOST_FIELDS:
        raise RuleBroken(_("A kind of record can have at most %(count)d custom fields.") % {"count": MOST_FIELDS})
    _check(field)
    field.save()
    _renew()
    return field


@transaction.atomic
def change_custom_field(field_id: int, *, by, **values: Any) -> CustomField:
    """Change how a field is shown or asked for; its kind stays, because values of that kind are stored."""
    field = CustomField.objects.select_for_update(of=("self",)).get(pk=field_id)
    if any(values.get(name, getattr(field, name)) != getattr(field, name) for name in ("model_label", "name", "kind")):
        raise RuleBroken(
            _("The kind and name of “%(field)s” cannot change. Add a new field and switch this one off.")
            % {"field": field.label}
        )
    for name, value in values.items():
        setattr(field, name, value)
    _check(field)
    field.save(update_fields=list(values))
    _renew()
    return field


def _check(field: CustomField) -> None:
    texts = field.choices
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise RuleBroken(_("The choices are a list of texts."))
    if len(set(texts)) != len(texts):
        raise RuleBroken(_("Each choice stands in the list once."))
    if field.kind in (Kind.CHOICE, Kind.MULTIPLE_CHOICE) and not texts:
        raise RuleBroken(_("“%(field)s” needs at least one choice.") % {"field": field.label})
    try:
        field.full_clean()
    except ValidationError as error:
        raise RuleBroken(error.error_dict) from error
    if field.is_active and normal(field.label) in _labels_of(apps.get_model(field.model_label)):
        raise RuleBroken({"label": _("This kind of record has another field with this label. Choose another label.")})
    if field.default:
        _check_default(field)


def _labels_of(model: type[Model]) -> set[str]:
    """What the model calls its own fields in any language: in forms and files one could not tell two of them apart."""
    labels = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels |= {normal(str(field.verbose_name)) for field in model._meta.concrete_fields}
    return labels


def _check_default(field: CustomField) -> None:
    try:
        _form_field(field).clean(_initial(field))
    except ValidationError as error:
        raise RuleBroken({"default": error.messages}) from error


def _form_field(field: CustomField) -> forms.Field:
    options = {
        "label": field.label,
        "help_text": field.help_text,
        "required": field.is_required,
        "initial": _initial(field),
    }
    choices = [(text, text) for text in field.choices]
    if field.kind == Kind.NUMBER:
        return forms.DecimalField(max_digits=18, decimal_places=4, **options)
    if field.kind == Kind.DATE:
        return forms.DateField(**options)
    if field.kind == Kind.CHOICE:
        return forms.ChoiceField(choices=[("", "---------"), *choices], **options)
    if field.kind == Kind.MULTIPLE_CHOICE:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)
    if field.kind == Kind.YES_NO:
        return forms.TypedChoiceField(choices=_YES_NO, coerce=_is_yes, empty_value=None, **options)
    return forms.CharField(max_length=500, **options)


def _column(field: CustomField) -> Column:
    if field.kind == Kind.MULTIPLE_CHOICE:
        return Column(f"extra_list_{field.name}", field.label, shown=False, expression=_Joined(f"extra__{field.name}"))
    return Column(f"extra__{field.name}", field.label, kind=_COLUMN_KINDS.get(field.kind, "text"), shown=False)


class _Joined(Func):
    """The texts of a JSON list in one line: 红, 白."""

    template = "translate((%(expressions)s)::text, '[]\"', '')"
    output_field = TextField()


def _initial(field: CustomField) -> Any:
    return [field.default] if field.default and field.kind == Kind.MULTIPLE_CHOICE else field.default


def _is_yes(text: str) -> bool:
    return text == "True"


def stored_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=256)
def _fields_of(model_label: str, version: str) -> tuple[CustomField, ...]:
    return tuple(CustomField.objects.filter(model_label=model_label, is_active=True))


def _new_version() -> str:
    return uuid.uuid4().hex


def _renew() -> None:
    """At once for what follows in this transaction, and again when the others can see the change."""
    cache.set(VERSION_KEY, _new_version(), None)
    transaction.on_commit(lambda: cache.set(VERSION_KEY, _new_version(), None))
