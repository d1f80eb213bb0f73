import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import DayFilter, Filters, SearchFilter
from products.models import (
    SKU_SALE_STATE,
    Brand,
    Colour,
    CompetitorModel,
    Configuration,
    Feature,
    Option,
    Price,
    SaleState,
    Series,
    Sku,
    VehicleModel,
)


class BrandFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))

    class Meta:
        model = Brand
        fields = []


class SeriesFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    brand = django_filters.ModelChoiceFilter(queryset=Brand.objects.all(), label=_("Brand"))

    class Meta:
        model = Series
        fields = []


class VehicleModelFilter(Filters):
    code = django_filters.CharFilter(lookup_expr="icontains", label=_("Announcement model"))
    series = django_filters.ModelChoiceFilter(queryset=Series.objects.all(), label=_("Series"))

    class Meta:
        model = VehicleModel
        fields = []


class ConfigurationFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    vehicle_model = django_filters.ModelChoiceFilter(queryset=VehicleModel.objects.all(), label=_("Model"))
    series = django_filters.ModelChoiceFilter(
        field_name="vehicle_model__series", queryset=Series.objects.all(), label=_("Series")
    )

    class Meta:
        model = Configuration
        fields = []


class ColourFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=Colour.Kind.choices, label=_("Kind"))

    class Meta:
        model = Colour
        fields = []


class SkuFilter(Filters):
    q = SearchFilter()
    series = django_filters.ModelChoiceFilter(
        field_name="configuration__vehicle_model__series", queryset=Series.objects.all(), label=_("Series")
    )
    exterior = django_filters.ModelChoiceFilter(
        queryset=Colour.objects.filter(kind=Colour.Kind.EXTERIOR), label=_("Exterior colour")
    )
    is_orderable = django_filters.BooleanFilter(label=_("Can be ordered"))
    sale_state = django_filters.ChoiceFilter(choices=SaleState.choices, label=_("Sale"), method="in_sale_state")

    class Meta:
        model = Sku
        fields = []

    def in_sale_state(self, queryset, name, state):
        return queryset.alias(state_of_sale=SKU_SALE_STATE).filter(state_of_sale=state)


class PriceFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=Price.Kind.choices, label=_("Kind"))
    series = django_filters.ModelChoiceFilter(
        field_name="configuration__vehicle_model__series", queryset=Series.objects.all(), label=_("Series")
    )
    day = DayFilter(label=_("Valid on"), method="valid_on")

    class Meta:
        model = Price
        fields = []

    def __init__(self, *args, user, **options):
        super().__init__(*args, user=user, **options)
        self.filters["kind"].extra["choices"] = Price.kinds_seen_by(user)

    def valid_on(self, queryset, name, day):
        return queryset.valid_on(day)


class CompetitorModelFilter(Filters):
    maker = django_filters.CharFilter(lookup_expr="icontains", label=_("Maker"))
    rival_of = django_filters.ModelChoiceFilter(queryset=Series.objects.all(), label=_("Rival of"))

    class Meta:
        model = CompetitorModel
        fields = []


class FeatureFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    group = django_filters.ChoiceFilter(choices=Feature.Group.choices, label=_("Group"))

    class Meta:
        model = Feature
        fields = []


class OptionFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    series = django_filters.ModelChoiceFilter(
        field_name="configuration__vehicle_model__series", queryset=Series.objects.all(), label=_("Series")
    )
    is_offered = django_filters.BooleanFilter(label=_("Offered"))

    class Meta:
        model = Option
        fields = []
