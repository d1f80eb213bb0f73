"""What is typed about an absence."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, StepForm
from core.periods import ONE_DAY
from customers.models import Absence


class AbsenceForm(RecordForm):
    class Meta:
        model = Absence
        fields = ["person", "starts_on", "ends_on", "note"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["person"]


class EndAbsenceForm(StepForm):
    ends_on = forms.DateField(label=_("Last day"), help_text=_("Who is back today was absent until yesterday."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("ends_on", max(self.record.starts_on, timezone.localdate() - ONE_DAY))
