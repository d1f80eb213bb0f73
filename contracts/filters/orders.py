import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Allocation,
    Contract,
    Delivery,
    Invoice,
    Order,
    OrderVersion,
    Retail,
)
from core.filters import Filters, SearchFilter, named_by_a_link, since, until
from dealers.models import Dealer
from inventory.filters import VinTailFilter
from products.models import Series, Sku
from users.filters import WithinUnit
from users.models import User


def series_filter(field_name: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=f"{field_name}__configuration__vehicle_model__series",
        queryset=Series.objects.all(),
        label=_("Series"),
    )


class OrderFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=Order.Status.choices, label=_("Status"))
    kind = django_filters.ChoiceFilter(choices=Order.Kind.choices, label=_("Kind"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="buyer_dealer", queryset=Dealer.objects.all(), label=_("Buying dealer")
    )
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    ordered_from = since("ordered_on", _("Ordered from"))
    ordered_until = until("ordered_on", _("Ordered until"))
    approved_from = since("approved_on", _("Approved from"))
    approved_until = until("approved_on", _("Approved until"))
    contract = named_by_a_link(queryset=Contract.objects.all(), label=_("Contract"))
    is_in_force = django_filters.BooleanFilter(
        field_name="status", method="in_force_or_not", label=_("Approved and not cancelled")
    )
    is_kept = django_filters.BooleanFilter(field_name="status", method="kept_or_not", label=_("Cars of it are kept"))

    class Meta:
        model = Order
        fields = []

    def in_force_or_not(self, queryset, name, value):
        counting = queryset.approved()
        return counting if value else queryset.exclude(pk__in=counting.values("pk"))

    def kept_or_not(self, queryset, name, value):
        kept = Order.objects.kept().values("pk")
        return queryset.filter(pk__in=kept) if value else queryset.exclude(pk__in=kept)


class OrderVersionFilter(Filters):
    order = django_filters.CharFilter(field_name="order__number", lookup_expr="iexact", label=_("Order"))
    status = django_filters.ChoiceFilter(choices=OrderVersion.Status.choices, label=_("Status"))

    class Meta:
        model = OrderVersion
        fields = []


class AllocationFilter(Filters):
    vin = VinTailFilter("vehicle__vin")
    order = django_filters.CharFilter(field_name="order_line__order__number", lookup_expr="iexact", label=_("Order"))
    status = django_filters.ChoiceFilter(choices=Allocation.Status.choices, label=_("Status"))
    reserved_until = until("reserved_until", _("Reserved until"))
    contract = named_by_a_link(
        field_name="order_line__order__contract", queryset=Contract.objects.all(), label=_("Contract")
    )
    is_delivered = django_filters.BooleanFilter(field_name="status", method="delivered_or_not", label=_("Delivered"))
    is_damaged = django_filters.BooleanFilter(field_name="damage", method="damaged_or_not", label=_("Damaged"))

    class Meta:
        model = Allocation
        fields = []

    def delivered_or_not(self, queryset, name, value):
        there = Allocation.objects.delivered().values("pk")
        return queryset.filter(pk__in=there) if value else queryset.exclude(pk__in=there)

    def damaged_or_not(self, queryset, name, value):
        return queryset.exclude(damage="") if value else queryset.filter(damage="")


class InvoiceFilter(Filters):
    number = django_filters.CharFilter(lookup_expr="iexact", label=_("Number"))
    vin = VinTailFilter("allocation__vehicle__vin")
    dealer = django_filters.ModelChoiceFilter(
        field_name="order__buyer_dealer", queryset=Dealer.objects.all(), label=_("Dealer")
    )
    contract = named_by_a_link(field_name="order__contract", queryset=Contract.objects.all(), label=_("Contract"))
    series = series_filter("allocation__vehicle__sku")
    unit = WithinUnit("order__unit")
    from_day = since("invoiced_on", _("Invoiced from"))
    to_day = until("invoiced_on", _("Invoiced until"))

    class Meta:
        model = Invoice
        fields = []


class DeliveryFilter(Filters):
    number = django_filters.CharFilter(lookup_expr="iexact", label=_("Number"))
    order = django_filters.CharFilter(field_name="order__number", lookup_expr="iexact", label=_("Order"))
    is_under_way = django_filters.BooleanFilter(
        field_name="received_on", lookup_expr="isnull", label=_("Still under way")
    )
    from_day = since("shipped_on", _("Shipped from"))
    to_day = until("shipped_on", _("Shipped until"))

    class Meta:
        model = Delivery
        fields = []


class RetailFilter(Filters):
    vin = VinTailFilter("vehicle__vin")
    series = series_filter("vehicle__sku")
    sku = named_by_a_link(field_name="vehicle__sku", queryset=Sku.objects.all(), label=_("SKU"))
    dealer = django_filters.ModelChoiceFilter(
        queryset=Dealer.objects.all(), method="by_dealer_or_outlet", label=_("Dealer or outlet")
    )
    is_by_outlet = django_filters.BooleanFilter(
        field_name="outlet", lookup_expr="isnull", exclude=True, label=_("Sold by an outlet")
    )
    unit = WithinUnit()
    verification = django_filters.ChoiceFilter(choices=Retail.Verification.choices, label=_("Verification"))
    is_counted = django_filters.BooleanFilter(
        field_name="verification", method="counted_or_refuted", label=_("Counts as sold")
    )
    is_decided = django_filters.BooleanFilter(
        field_name="verification", method="decided_or_open", label=_("Found genuine or false")
    )
    credited_to = named_by_a_link(
        field_name="sold_by", queryset=User.objects.all(), method="credited", label=_("Sold by, or on an order of")
    )
    usage_kind = django_filters.ChoiceFilter(choices=Retail.UsageKind.choices, label=_("Use"))
    is_out_of_area = django_filters.BooleanFilter(label=_("Sold outside the area"))
    from_day = since("retailed_on", _("Retailed from"))
    to_day = until("retailed_on", _("Retailed until"))

    class Meta:
        model = Retail
        fields = []

    def by_dealer_or_outlet(self, queryset, name, dealer):
        return queryset.filter(Q(dealer=dealer) | Q(outlet=dealer))

    def counted_or_refuted(self, queryset, name, value):
        refuted = {"verification": Retail.Verification.FALSE, "stays_reported": False}
        return queryset.counted() if value else queryset.filter(**refuted)

    def decided_or_open(self, queryset, name, value):
        V = Retail.Verification
        decided = Q(quantity=1, verification__in=(V.GENUINE, V.FALSE))
        return queryset.filter(decided if value else ~decided)

    def credited(self, queryset, name, user):
        return queryset.credited_to(user.pk)
