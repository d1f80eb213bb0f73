from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, StepForm
from users.access import ROLES
from users.models import Unit, User
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


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language", "theme"]
