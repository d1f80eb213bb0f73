import django_filters
from django.utils.translation import gettext_lazy as _

from analytics.models import DealerScore, ForecastSeries, HistorySource, RetailFinding, SalesHistory, TrendScheme
from core.filters import Filters, since, until
from core.months import MonthFilter
from dealers.filters import RegionFilter
from dealers.models import Dealer
from inventory.filters import VinTailFilter


class HistorySourceFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=HistorySource.Kind.choices, label=_("Kind"))

    class Meta:
        model = HistorySource
        fields = []


class SalesHistoryFilter(Filters):
    """Area and model are whole words, so that a figure of a chart leads to just the rows it sums."""

    source = django_filters.ModelChoiceFilter(queryset=HistorySource.objects.all(), label=_("History source"))
    area = django_filters.CharFilter(label=_("Area"))
    model = django_filters.CharFilter(label=_("Model"))
    from_month = since("month", _("From month"))
    to_month = until("month", _("To month"))

    class Meta:
        model = SalesHistory
        fields = []


class TrendSchemeFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    measure = django_filters.ChoiceFilter(choices=TrendScheme.Measure.choices, label=_("Measure"))
    dimension = django_filters.ChoiceFilter(choices=TrendScheme.Dimension.choices, label=_("Split by"))
    source = django_filters.ModelChoiceFilter(queryset=HistorySource.objects.all(), label=_("History source"))
    is_nightly = django_filters.BooleanFilter(label=_("Run every night"))
    is_standing = django_filters.BooleanFilter(field_name="owner", lookup_expr="isnull", label=_("Standing scheme"))

    class Meta:
        model = TrendScheme
        fields = []


class ForecastSeriesFilter(Filters):
    scheme = django_filters.ModelChoiceFilter(
        queryset=TrendScheme.objects.all(), field_name="run__scheme", label=_("Trend scheme")
    )
    label = django_filters.CharFilter(lookup_expr="icontains", label=_("Series of figures"))
    verdict = django_filters.ChoiceFilter(choices=ForecastSeries.Verdict.choices, label=_("Backtest"))
    is_ended = django_filters.BooleanFilter(label=_("Ended"))

    class Meta:
        model = ForecastSeries
        fields = []


class DealerScoreFilter(Filters):
    month = MonthFilter(label=_("Month"))
    region = RegionFilter(unit_field="dealer__unit")
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    level = django_filters.ChoiceFilter(field_name="dealer__level", choices=Dealer.Level.choices, label=_("Level"))

    class Meta:
        model = DealerScore
        fields = []


class RetailFindingFilter(Filters):
    vin = VinTailFilter("retail__vehicle__vin")
    kind = django_filters.ChoiceFilter(choices=RetailFinding.Kind.choices, label=_("Kind"))
    status = django_filters.ChoiceFilter(choices=RetailFinding.Status.choices, label=_("Status"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="retail__dealer", queryset=Dealer.objects.all(), label=_("Dealer")
    )
    region = RegionFilter(unit_field="retail__unit")

    class Meta:
        model = RetailFinding
        fields = []
