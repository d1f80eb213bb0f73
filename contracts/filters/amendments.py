import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import ContractAmendment
from core.filters import Filters


class AmendmentFilter(Filters):
    contract = django_filters.CharFilter(field_name="contract__number", lookup_expr="iexact", label=_("Contract"))
    status = django_filters.ChoiceFilter(choices=ContractAmendment.Status.choices, label=_("Status"))

    class Meta:
        model = ContractAmendment
        fields = []
