import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.filters import DayFilter, Filters, SearchFilter, since, until
from dealers.models import Dealer
from inventory.models import Certificate, Movement, Vehicle, Warehouse
from products.models import Series, Sku


class VinTailFilter(django_filters.CharFilter):
    """Dealers quote the last six or eight characters."""

    def __init__(self, field_name: str, **options):
        super().__init__(field_name=field_name, lookup_expr="endswith", label=_("End of the VIN"), **options)

    def filter(self, queryset, value):
        return super().filter(queryset, "".join(value.split()).upper())


class VehicleFilter(Filters):
    q = SearchFilter()
    state = django_filters.ChoiceFilter(choices=Vehicle.State.choices, label=_("State"))
    series = django_filters.ModelChoiceFilter(
        field_name="sku__configuration__vehicle_model__series", queryset=Series.objects.all(), label=_("Series")
    )
    sku = django_filters.ModelChoiceFilter(queryset=Sku.objects.all(), label=_("SKU"))
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    warehouse = django_filters.ModelChoiceFilter(queryset=Warehouse.objects.all(), label=_("Warehouse"))
    produced_from = since("produced_on", _("Produced from"))
    produced_until = until("produced_on", _("Produced until"))
    received_until = until("received_on", _("At the dealer since before"))
    in_stock_on = DayFilter(method="unsold_at_dealer", label=_("In the dealer's stock on"))
    is_blocked = django_filters.BooleanFilter(method="blocked", label=_("Sale blocked"))

    class Meta:
        model = Vehicle
        fields = []

    def unsold_at_dealer(self, queryset, name, day):
        return queryset.filter(Q(retailed_on=None) | Q(retailed_on__gt=day), received_on__lte=day)

    def blocked(self, queryset, name, value):
        return queryset.exclude(sale_block="") if value else queryset.filter(sale_block="")


class MovementFilter(Filters):
    vin = VinTailFilter("vehicle__vin")
    kind = django_filters.ChoiceFilter(choices=Movement.Kind.choices, label=_("Kind"))
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    from_day = since("on", _("From"))
    to_day = until("on", _("To"))

    class Meta:
        model = Movement
        fields = []


class CertificateFilter(Filters):
    number = django_filters.CharFilter(lookup_expr="icontains", label=_("Number"))
    vin = VinTailFilter("vehicle__vin")
    holder = django_filters.ChoiceFilter(choices=Certificate.Holder.choices, label=_("Held by"))
    held_until = until("held_since_on", _("Held since before"))

    class Meta:
        model = Certificate
        fields = []


class WarehouseFilter(Filters):
    name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name"))
    kind = django_filters.ChoiceFilter(choices=Warehouse.Kind.choices, label=_("Kind"))

    class Meta:
        model = Warehouse
        fields = []
