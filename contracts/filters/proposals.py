import django_filters
from django.utils.translation import gettext_lazy as _

from contracts.models import AllocationProposal, ProposedCar
from core.filters import Filters
from dealers.models import Dealer
from inventory.filters import VinTailFilter


class AllocationProposalFilter(Filters):
    number = django_filters.CharFilter(lookup_expr="iexact", label=_("Number"))
    status = django_filters.ChoiceFilter(choices=AllocationProposal.Status.choices, label=_("Status"))

    class Meta:
        model = AllocationProposal
        fields = []


class ProposedCarFilter(Filters):
    proposal = django_filters.ModelChoiceFilter(
        queryset=AllocationProposal.objects.all(), label=_("Allocation proposal")
    )
    vin = VinTailFilter("vehicle__vin")
    order = django_filters.CharFilter(field_name="order_line__order__number", lookup_expr="iexact", label=_("Order"))
    dealer = django_filters.ModelChoiceFilter(
        field_name="order_line__order__buyer_dealer", queryset=Dealer.objects.all(), label=_("Buying dealer")
    )
    outcome = django_filters.ChoiceFilter(choices=ProposedCar.Outcome.choices, label=_("Outcome"))

    class Meta:
        model = ProposedCar
        fields = []
