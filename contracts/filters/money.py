import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Receipt,
    Receivable,
    Refund,
    Settlement,
)
from core.filters import Filters, named_by_a_link, since, until
from dealers.models import Dealer
from users.models import User


class ReceivableFilter(Filters):
    order = django_filters.CharFilter(field_name="order__number", lookup_expr="iexact", label=_("Order"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="buyer_dealer", queryset=Dealer.objects.all(), label=_("Buying dealer")
    )
    is_open = django_filters.BooleanFilter(
        field_name="outstanding_amount", method="open_or_settled", label=_("Outstanding")
    )
    due_until = until("due_on", _("Due until"))

    class Meta:
        model = Receivable
        fields = []

    def open_or_settled(self, queryset, name, value):
        return queryset.open() if value else queryset.filter(outstanding_amount=0)


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
    owner = named_by_a_link(
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
