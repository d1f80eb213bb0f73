import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, SearchFilter, since, until
from marketing.models import Campaign, CampaignLead, Expense


class CampaignFilter(Filters):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(choices=Campaign.Kind.choices, label=_("Kind"))
    status = django_filters.ChoiceFilter(choices=Campaign.Status.choices, label=_("Status"))
    starts_from = since("starts_on", _("Starts from"))
    starts_until = until("starts_on", _("Starts until"))

    class Meta:
        model = Campaign
        fields = []


class CampaignLeadFilter(Filters):
    campaign = django_filters.ModelChoiceFilter(queryset=Campaign.objects.all(), label=_("Campaign"))
    added_from = since("added_at", _("From"))
    added_until = until("added_at", _("To"))

    class Meta:
        model = CampaignLead
        fields = []


class ExpenseFilter(Filters):
    campaign = django_filters.ModelChoiceFilter(queryset=Campaign.objects.all(), label=_("Campaign"))
    kind = django_filters.ChoiceFilter(choices=Expense.Kind.choices, label=_("Kind"))
    spent_from = since("spent_on", _("Spent from"))
    spent_until = until("spent_on", _("Spent until"))

    class Meta:
        model = Expense
        fields = []
