import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import DayFilter, Filters, SearchFilter, since, until
from core.months import MonthFilter
from dealers.models import (
    AccountEntry,
    Authorisation,
    CreditLineChange,
    Dealer,
    DealerPaper,
    DealerTarget,
    RebatePolicy,
    ServiceStation,
)
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


class DealerPaperFilter(Filters):
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    region = RegionFilter(unit_field="dealer__unit")
    kind = django_filters.ChoiceFilter(choices=DealerPaper.Kind.choices, label=_("Kind"))
    number = django_filters.CharFilter(lookup_expr="icontains", label=_("Number"))
    expires_until = until("expires_on", _("Ends until"))

    class Meta:
        model = DealerPaper
        fields = []


class CreditLineChangeFilter(Filters):
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    region = RegionFilter(unit_field="dealer__unit")
    status = django_filters.ChoiceFilter(choices=CreditLineChange.Status.choices, label=_("Status"))

    class Meta:
        model = CreditLineChange
        fields = []


class DealerTargetFilter(Filters):
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    region = RegionFilter(unit_field="dealer__unit")
    from_month = MonthFilter(field_name="month", lookup_expr="gte", label=_("From month"))
    to_month = MonthFilter(field_name="month", lookup_expr="lte", label=_("Until month"))

    class Meta:
        model = DealerTarget
        fields = []


class RebatePolicyFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=RebatePolicy.Kind.choices, label=_("Kind"))
    status = django_filters.ChoiceFilter(choices=RebatePolicy.Status.choices, label=_("Status"))
    day = DayFilter(label=_("Valid on"), method="valid_on")

    class Meta:
        model = RebatePolicy
        fields = []

    def valid_on(self, queryset, name, day):
        return queryset.filter(valid_from__lte=day, valid_until__gte=day)


class AccountEntryFilter(Filters):
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    region = RegionFilter(unit_field="dealer__unit")
    account = django_filters.ChoiceFilter(choices=AccountEntry.Account.choices, label=_("Account"))
    kind = django_filters.ChoiceFilter(choices=AccountEntry.Kind.choices, label=_("Kind"))
    from_day = since("on", _("From"))
    to_day = until("on", _("Until"))

    class Meta:
        model = AccountEntry
        fields = []
