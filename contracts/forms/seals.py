from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import StepForm


class SealForm(StepForm):
    purpose = forms.CharField(label=_("Sealed for"), max_length=200)


class SealedFileForm(StepForm):
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A sealed PDF that somebody gave you. Empty: the file kept here.")
    )
