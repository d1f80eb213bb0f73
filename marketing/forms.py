from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from marketing.models import Campaign, CampaignLead, Expense


class CampaignForm(RecordForm):
    class Meta:
        model = Campaign
        fields = ["name", "kind", "starts_on", "ends_on", "place", "budget_amount"]


class CampaignLeadForm(RecordForm):
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.exclude(status=Campaign.Status.PLANNED)
    )

    class Meta:
        model = CampaignLead
        fields = ["campaign", "lead"]


class ExpenseForm(RecordForm):
    amount = forms.DecimalField(label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)

    class Meta:
        model = Expense
        fields = ["campaign", "kind", "amount", "spent_on", "note"]
