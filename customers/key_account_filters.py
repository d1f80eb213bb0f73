"""How arbitrations, price policies and annual frames of key accounts are searched."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, day_input, named_by_a_link, since, until
from customers.models import AnnualFrame, Arbitration, Customer, PricePolicy


class ArbitrationFilter(Filters):
    from_day = since("at", _("From"))
    to_day = until("at", _("To"))

    class Meta:
        model = Arbitration
        fields = []


class ValidityFilter(Filters):
    customer = named_by_a_link(queryset=Customer.objects.all(), label=_("Customer"))
    valid_on = django_filters.DateFilter(method="holding", label=_("Valid on"), widget=day_input())

    def holding(self, queryset, name, value):
        return queryset.on(value)


class PricePolicyFilter(ValidityFilter):
    class Meta:
        model = PricePolicy
        fields = []


class AnnualFrameFilter(ValidityFilter):
    class Meta:
        model = AnnualFrame
        fields = []
