"""Forms of records: choices limited to what the user may see, custom fields included, dates as date inputs."""

from datetime import date

from django import forms
from django.db import models
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import custom_fields
from core.choices import ask_remotely
from core.constraints import beside_their_fields
from core.filters import day_input, day_of_the_calendar, limit_to_visible

PHONES = ("phone", "other_phone")


class ComingDayField(forms.DateField):
    """A day on which something is to happen; the one that stands there already (``kept``) may have passed since."""

    kept: date | None = None

    def validate(self, value):
        super().validate(value)
        if value and value != self.kept and value < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))


class RecordForm(forms.ModelForm):
    """A ModelForm that never saves: its ``cleaned_data`` goes to the entity's action.

    ``masks_phone``: the phones are a private person's, shown in full only to those who may see phones.
    """

    masks_phone = False

    def __init__(self, *args, user, **options):
        self.user = user
        super().__init__(*args, **options)
        self.extra_names = self._add_custom_fields()
        self._leave_out_masked_phone()
        for name, field in self.fields.items():
            limit_to_visible(field, user)
            suit_field(field)
            ask_remotely(field)
            if isinstance(field, ComingDayField):
                field.kept = self.initial.get(name)

    def _leave_out_masked_phone(self) -> None:
        """Who reads a person's phone masked everywhere else may enter one, but neither read nor overwrite it here."""
        if self.masks_phone and self.instance.pk and not self.user.has_perm("core.see_phones"):
            for name in PHONES:
                self.fields.pop(name, None)

    def _add_custom_fields(self) -> list[str]:
        if not custom_fields.takes_custom_fields(self._meta.model):
            return []
        stored = self.instance.extra or {}
        extra = custom_fields.form_fields(self._meta.model)
        for name, field in extra.items():
            self.fields[name] = field
            self.initial.setdefault(name, stored.get(name.removeprefix("extra_")))
        return list(extra)

    def clean(self):
        cleaned = super().clean()
        if self.extra_names and cleaned is not None:
            values = {name.removeprefix("extra_"): cleaned.pop(name, None) for name in self.extra_names}
            others = {name: value for name, value in (self.instance.extra or {}).items() if name not in values}
            cleaned["extra"] = others | custom_fields.stored_values(self._meta.model, values)
        return cleaned

    def add_error(self, field, error):
        super().add_error(field, error if field else beside_their_fields(error, self.fields))

    def save(self, commit=True):
        raise TypeError("forms do not save; call the entity's action")


class StepForm(forms.Form):
    """Asks for what a workflow step needs; ``record`` is the row the step is taken on."""

    def __init__(self, *args, user, record: models.Model, **options):
        self.user, self.record = user, record
        super().__init__(*args, **options)
        for field in self.fields.values():
            limit_to_visible(field, user)
            suit_field(field)
            ask_remotely(field)


class LineForm(forms.Form):
    """One line of a document (order line, plan line): plain fields, handed to the action as a dictionary."""

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            limit_to_visible(field, user)
            suit_field(field)


class BaseLines(BaseFormSet):
    """At least one line; deleted and empty lines are left out of ``lines``."""

    def add_fields(self, form, index):
        """All lines offer the same records, so their choices are read once and not line by line."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                if name not in self._choices:
                    self._choices[name] = list(field.choices)
                field.widget.choices = self._choices[name]

    @cached_property
    def _choices(self) -> dict[str, list]:
        return {}

    @property
    def lines(self) -> list[dict]:
        rows = [form.cleaned_data for form in self.forms if form.has_changed() and form.cleaned_data]
        return [{key: value for key, value in row.items() if key != "DELETE"} for row in rows if not row.get("DELETE")]

    def clean(self):
        if not any(self.errors) and not self.lines:
            raise forms.ValidationError(_("Enter at least one line."))


def lines_of(form: type[LineForm], *, extra: int = 3) -> type[BaseLines]:
    return formset_factory(form, formset=BaseLines, extra=extra, can_delete=True, max_num=500, absolute_max=600)


def suit_field(field: forms.Field) -> None:
    """The browser's own inputs; of days and moments only those that a calendar here shows."""
    if isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators.append(day_of_the_calendar)
    if isinstance(field, forms.DateField) and not isinstance(field.widget, forms.HiddenInput):
        field.widget = day_input()
    elif isinstance(field, forms.DateTimeField):
        field.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    elif isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 3
