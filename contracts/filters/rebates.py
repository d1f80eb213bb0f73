import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import RebateAccrual, RebateBasis
from core.filters import Filters, named_by_a_link
from core.months import MonthFilter
from dealers.filters import RegionFilter
from dealers.models import Dealer, RebatePolicy


class RebateAccrualFilter(Filters):
    number = django_filters.CharFilter(lookup_expr="iexact", label=_("Number"))
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    policy = django_filters.ModelChoiceFilter(queryset=RebatePolicy.objects.all(), label=_("Rebate policy"))
    region = RegionFilter(unit_field="dealer__unit")
    kind = django_filters.ChoiceFilter(choices=RebateAccrual.Kind.choices, label=_("Kind"))
    status = django_filters.ChoiceFilter(choices=RebateAccrual.Status.choices, label=_("Status"))
    from_month = MonthFilter(field_name="month", lookup_expr="gte", label=_("From month"))
    to_month = MonthFilter(field_name="month", lookup_expr="lte", label=_("Until month"))

    class Meta:
        model = RebateAccrual
        fields = []


class RebateBasisFilter(Filters):
    dealer = django_filters.ModelChoiceFilter(
        field_name="accrual__dealer", queryset=Dealer.objects.all(), label=_("Dealer")
    )
    policy = django_filters.ModelChoiceFilter(
        field_name="accrual__policy", queryset=RebatePolicy.objects.all(), label=_("Rebate policy")
    )
    accrual = named_by_a_link(queryset=RebateAccrual.objects.all(), label=_("Rebate accrual"))

    class Meta:
        model = RebateBasis
        fields = []
