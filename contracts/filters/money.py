import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.ageing import END_USER, SPLITS
from contracts.models import (
    Contract,
    Instalment,
    Receipt,
    Receivable,
    Refund,
    Settlement,
)
from core.filters import Filters, NamedByRows, named_by_a_link, since, until
from customers.models import Customer
from dealers.filters import RegionFilter
from dealers.models import Dealer
from users.models import User


class OwedFilter(Filters):
    """By whom it concerns: the lines of the ageing lead here. ``path`` is the way to the receivable."""

    path = "pk"

    customer = named_by_a_link(queryset=Customer.objects.all(), method="for_customer", label=_("Customer"))
    without = django_filters.ChoiceFilter(
        choices=[(name, split.label) for name, split in SPLITS.items()],
        method="belonging_to_none",
        widget=forms.HiddenInput,
        label=_("Without"),
    )

    def for_customer(self, queryset, name, value):
        return self._of(queryset, Receivable.objects.alias(end_user=END_USER).filter(end_user=value.pk))

    def belonging_to_none(self, queryset, name, value):
        return self._of(queryset, Receivable.objects.alias(split_key=SPLITS[value].key).filter(split_key=None))

    def _of(self, queryset, receivables):
        return queryset.filter(**{f"{self.path}__in": receivables.values("pk")})


class ReceivableFilter(OwedFilter):
    contract = named_by_a_link(field_name="order__contract", queryset=Contract.objects.all(), label=_("Contract"))
    order = django_filters.CharFilter(field_name="order__number", lookup_expr="iexact", label=_("Order"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="buyer_dealer", queryset=Dealer.objects.all(), label=_("Buying dealer")
    )
    region = RegionFilter()
    is_open = django_filters.BooleanFilter(
        field_name="outstanding_amount", method="open_or_settled", label=_("Outstanding")
    )
    is_overdue = django_filters.BooleanFilter(field_name="due_on", method="late_or_not", label=_("Overdue"))
    due_until = until("due_on", _("Due until"))
    opened_from = since("opened_on", _("Opened from"))
    opened_until = until("opened_on", _("Opened until"))
    owner = NamedByRows(field_name="order__owner", queryset=User.objects.all(), label=_("Owner of the order"))

    class Meta:
        model = Receivable
        fields = []

    def open_or_settled(self, queryset, name, value):
        return queryset.open() if value else queryset.filter(outstanding_amount=0)

    def late_or_not(self, queryset, name, value):
        late = queryset.overdue(timezone.localdate())
        return late if value else queryset.exclude(pk__in=late.values("pk"))


class InstalmentFilter(OwedFilter):
    path = "receivable"

    order = django_filters.CharFilter(field_name="receivable__order__number", lookup_expr="iexact", label=_("Order"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="receivable__buyer_dealer", queryset=Dealer.objects.all(), label=_("Buying dealer")
    )
    region = RegionFilter(unit_field="receivable__unit")
    kind = django_filters.ChoiceFilter(choices=Instalment.Kind.choices, label=_("Kind"))
    is_unpaid = django_filters.BooleanFilter(field_name="amount", method="unpaid_or_paid", label=_("Unpaid"))
    is_overdue = django_filters.BooleanFilter(field_name="due_on", method="late_or_not", label=_("Overdue"))
    due_from = since("due_on", _("Due from"))
    due_until = until("due_on", _("Due until"))
    owner = NamedByRows(
        field_name="receivable__order__owner", queryset=User.objects.all(), label=_("Owner of the order")
    )

    class Meta:
        model = Instalment
        fields = []

    def unpaid_or_paid(self, queryset, name, value):
        unpaid = queryset.unpaid()
        return unpaid if value else queryset.exclude(pk__in=unpaid.values("pk"))

    def late_or_not(self, queryset, name, value):
        late = queryset.overdue(timezone.localdate())
        return late if value else queryset.exclude(pk__in=late.values("pk"))


class ReceiptFilter(Filters):
    reference = django_filters.CharFilter(lookup_expr="icontains", label=_("Bank reference"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="payer_dealer", queryset=Dealer.objects.all(), label=_("Paying dealer")
    )
    has_rest = django_filters.BooleanFilter(field_name="prepaid_amount", method="with_rest", label=_("Prepayment left"))
    method = django_filters.ChoiceFilter(choices=Receipt.Method.choices, label=_("Method"))
    from_day = since("received_on", _("Received from"))
    to_day = until("received_on", _("Received until"))

    class Meta:
        model = Receipt
        fields = []

    def with_rest(self, queryset, name, value):
        return queryset.prepaid() if value else queryset.filter(prepaid_amount=0)


class SettlementFilter(Filters):
    order = django_filters.CharFilter(field_name="receivable__order__number", lookup_expr="iexact", label=_("Order"))
    owner = NamedByRows(
        field_name="receivable__order__owner", queryset=User.objects.all(), label=_("Owner of the order")
    )
    dealer = django_filters.ModelChoiceFilter(
        field_name="receipt__payer_dealer", queryset=Dealer.objects.all(), label=_("Paying dealer")
    )
    from_day = since("on", _("Settled from"))
    to_day = until("on", _("Settled until"))

    class Meta:
        model = Settlement
        fields = []


class RefundFilter(Filters):
    reference = django_filters.CharFilter(lookup_expr="icontains", label=_("Bank reference"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="receipt__payer_dealer", queryset=Dealer.objects.all(), label=_("Paying dealer")
    )
    from_day = since("refunded_on", _("Refunded from"))
    to_day = until("refunded_on", _("Refunded until"))

    class Meta:
        model = Refund
        fields = []
