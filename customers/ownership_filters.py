"""Filters of the lists by which customers change hands: the pool, its rules, shares, merges."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import Filters, SearchFilter, since, until
from customers.models import (
    ClaimLimit,
    Customer,
    CustomerMerge,
    CustomerShare,
    LeavingCustomer,
    PooledCustomer,
    PoolRule,
)
from users.filters import WithinUnit
from users.models import Unit, User


class PooledCustomerFilter(Filters):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(choices=Customer.Kind.choices, label=_("Kind"))
    level = django_filters.ChoiceFilter(choices=Customer.Level.choices, label=_("Level"))
    unit = WithinUnit()
    city = django_filters.CharFilter(label=_("City"))
    pooled_from = since("pooled_at", _("In the pool from"))
    pooled_until = until("pooled_at", _("In the pool until"))

    class Meta:
        model = PooledCustomer
        fields = []


class LeavingCustomerFilter(Filters):
    q = SearchFilter()
    level = django_filters.ChoiceFilter(choices=Customer.Level.choices, label=_("Level"))
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    falls_until = until("falls_at", _("Falls into the pool until"))

    class Meta:
        model = LeavingCustomer
        fields = []


class PoolRuleFilter(Filters):
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"))
    is_active = django_filters.BooleanFilter(label=_("Active"))

    class Meta:
        model = PoolRule
        fields = []


class ClaimLimitFilter(Filters):
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"))

    class Meta:
        model = ClaimLimit
        fields = []


class CustomerShareFilter(Filters):
    person = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Shared with"))
    in_force = django_filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", label=_("Not ended by hand"))
    until_from = since("until", _("Shared on"))

    class Meta:
        model = CustomerShare
        fields = []


class CustomerMergeFilter(Filters):
    loser_name = django_filters.CharFilter(lookup_expr="icontains", label=_("Name merged"))
    loser_number = django_filters.CharFilter(label=_("Number merged"))
    status = django_filters.ChoiceFilter(choices=CustomerMerge.Status.choices, label=_("Status"))
    merged_from = since("at", _("Merged from"))

    class Meta:
        model = CustomerMerge
        fields = []
