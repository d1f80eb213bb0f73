from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.actions.rebates import check_month
from core.months import MonthField
from core.periods import month_of


class AccrualForm(forms.Form):
    month = MonthField(
        label=_("Month"),
        help_text=_("What was entered late for earlier months is taken in; accrued twice, nothing is added."),
    )

    def clean_month(self):
        check_month(month_of(self.cleaned_data["month"]))
        return self.cleaned_data["month"]
