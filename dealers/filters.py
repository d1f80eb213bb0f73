import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import DayFilter, Filters, SearchFilter, until
from dealers.models import Authorisation, Dealer, ServiceStation
from users.models import Unit


class RegionFilter(django_filters.ModelChoiceFilter):
    """Everything in the subtree of a region."""

    def __init__(self, *, unit_field: str = "unit", **options):
        self.unit_field = unit_field
        super().__init__(queryset=Unit.objects.filter(kind=Unit.Kind.REGION), label=_("Region"), **options)

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.unit_field}__path__startswith": value.path}) if value else queryset


class DealerFilter(Filters):
    q = SearchFilter()
    region = RegionFilter()
    state = django_filters.ChoiceFilter(choices=Dealer.State.choices, label=_("State"))
    level = django_filters.ChoiceFilter(choices=Dealer.Level.choices, label=_("Level"))
    is_outlet = django_filters.BooleanFilter(
        field_name="parent", lookup_expr="isnull", exclude=True, label=_("Second-tier outlet")
    )

    class Meta:
        model = Dealer
        fields = []


class ServiceStationFilter(Filters):
    q = SearchFilter()
    region = RegionFilter()
    station_class = django_filters.ChoiceFilter(choices=ServiceStation.StationClass.choices, label=_("Class"))
    state = django_filters.ChoiceFilter(choices=ServiceStation.State.choices, label=_("State"))

    class Meta:
        model = ServiceStation
        fields = []


class AuthorisationFilter(Filters):
    status = django_filters.ChoiceFilter(choices=Authorisation.Status.choices, label=_("Status"))
    region = RegionFilter(unit_field="dealer__unit")
    day = DayFilter(label=_("Valid on"), method="valid_on")
    ends_until = until("ends_on", _("Ends until"))

    class Meta:
        model = Authorisation
        fields = []

    def valid_on(self, queryset, name, day):
        return queryset.valid_on(day)
