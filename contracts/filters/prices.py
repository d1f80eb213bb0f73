import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import PriceCondition
from core.filters import DayFilter, Filters
from dealers.models import Dealer
from products.models import Series
from users.models import Unit


class PriceConditionFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=PriceCondition.Kind.choices, label=_("Kind"))
    price_kind = django_filters.ChoiceFilter(choices=PriceCondition.PRICE_KINDS, label=_("Price"))
    series = django_filters.ModelChoiceFilter(queryset=Series.objects.all(), label=_("Series"))
    region = django_filters.ModelChoiceFilter(queryset=Unit.objects.filter(kind=Unit.Kind.REGION), label=_("Region"))
    dealer_level = django_filters.ChoiceFilter(choices=Dealer.Level.choices, label=_("Dealer level"))
    day = DayFilter(label=_("In force on"), method="in_force")

    class Meta:
        model = PriceCondition
        fields = []

    def in_force(self, queryset, name, day):
        return queryset.in_force(day)
