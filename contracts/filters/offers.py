import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import (
    Contract,
    ContractSeal,
    DiscountLimit,
    PaperTerms,
    Quotation,
)
from core.filters import Filters, SearchFilter, since, until
from dealers.models import Dealer
from users.models import User
from users.roles import LABELS


class QuotationFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=Quotation.Status.choices, label=_("Status"))
    owner = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Owner"))
    valid_until = until("valid_until", _("Valid until"))
    is_open = django_filters.BooleanFilter(field_name="status", method="open_or_closed", label=_("Not closed yet"))
    waits_for_me = django_filters.BooleanFilter(
        field_name="status", method="waiting_or_not", label=_("Waits for my approval")
    )

    class Meta:
        model = Quotation
        fields = []

    def open_or_closed(self, queryset, name, value):
        return queryset.open() if value else queryset.exclude(status__in=Quotation.OPEN)

    def waiting_or_not(self, queryset, name, value):
        waiting = Quotation.objects.waiting_for(self.user).values("pk")
        return queryset.filter(pk__in=waiting) if value else queryset.exclude(pk__in=waiting)


class DiscountLimitFilter(Filters):
    role = django_filters.ChoiceFilter(choices=list(LABELS.items()), label=_("Role"))

    class Meta:
        model = DiscountLimit
        fields = []


class ContractFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=Contract.Status.choices, label=_("Status"))
    kind = django_filters.ChoiceFilter(choices=Contract.Kind.choices, label=_("Kind"))
    dealer = django_filters.ModelChoiceFilter(queryset=Dealer.objects.all(), label=_("Dealer"))
    ends_until = until("ends_on", _("Ends until"))

    class Meta:
        model = Contract
        fields = []


class ContractSealFilter(Filters):
    contract = django_filters.CharFilter(field_name="contract__number", lookup_expr="iexact", label=_("Contract"))
    sealed_by = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label=_("Sealed by"))
    sealed_from = since("sealed_at", _("Sealed from"))
    sealed_until = until("sealed_at", _("Sealed until"))

    class Meta:
        model = ContractSeal
        fields = []


class PaperTermsFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=PaperTerms.Kind.choices, label=_("Paper"))
    valid_from = since("valid_from", _("Valid from"))

    class Meta:
        model = PaperTerms
        fields = []
