from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import day_input
from core.forms import RecordForm, StepForm
from core.targets import record_named
from users.access import ROLES
from users.models import Task, Unit, User
from users.roles import role_label


class UserForm(RecordForm):
    class Meta:
        model = User
        fields = ["username", "name", "unit", "phone", "email", "is_active"]


class UnitForm(RecordForm):
    class Meta:
        model = Unit
        fields = ["name", "code", "kind", "parent"]


class RolesForm(StepForm):
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["roles"].choices = [(role, role_label(role)) for role in ROLES]
        self.fields["roles"].initial = sorted(self.record.role_names)


class TaskForm(RecordForm):
    """``about`` names the record the task hangs on, as the page that led here did."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Task
        fields = ["title", "due_on", "due_time", "priority", "owner", "remind_at", "note"]
        widgets = {"due_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.reached_by(self.user, Task, "change").on_duty()
        self.fields["owner"].empty_label, self.fields["owner"].required = None, True
        self.initial.setdefault("owner", self.user.pk)
        if self.instance.pk:
            del self.fields["about"]

    def clean_due_on(self):
        return not_before_today(self, "due_on")

    def clean(self):
        cleaned = super().clean()
        if about := cleaned.pop("about", ""):
            cleaned["target"] = record_named(about, self.user)
            if cleaned["target"] is None:
                raise forms.ValidationError(
                    _("The record this is about is not to be found. Begin again from its page.")
                )
        return cleaned


class QuickTaskForm(forms.Form):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=day_input())

    def clean_due_on(self):
        return not_before_today(self, "due_on")


def not_before_today(form: forms.Form, name: str):
    """A new day must not have passed; one that stands as it was may have."""
    day = form.cleaned_data[name]
    if day and name in form.changed_data and day < timezone.localdate():
        raise forms.ValidationError(_("This day has passed. Choose today or later."))
    return day
