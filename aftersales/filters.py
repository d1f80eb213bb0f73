import django_filters
from django.utils.translation import gettext_lazy as _

from aftersales.models import Claim, ClaimLine, LabourOperation, LabourRate, Part, ServiceRequest
from core.filters import Filters, SearchFilter, since, until
from dealers.models import ServiceStation


class PartFilter(Filters):
    q = SearchFilter()
    assembly = django_filters.ChoiceFilter(choices=Part.Assembly.choices, label=_("Assembly"))
    is_wear_part = django_filters.BooleanFilter(label=_("Wear part"))

    class Meta:
        model = Part
        fields = []


class LabourOperationFilter(Filters):
    q = SearchFilter()

    class Meta:
        model = LabourOperation
        fields = []


class LabourRateFilter(Filters):
    station_class = django_filters.ChoiceFilter(choices=ServiceStation.StationClass, label=_("Station class"))
    from_day = since("valid_from", _("Valid from (not before)"))

    class Meta:
        model = LabourRate
        fields = []


class ServiceRequestFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=ServiceRequest.Status.choices, label=_("Status"))
    from_day = since("opened_at", _("Opened from"))
    to_day = until("opened_at", _("Opened until"))

    class Meta:
        model = ServiceRequest
        fields = []


class ClaimFilter(Filters):
    q = SearchFilter()
    status = django_filters.ChoiceFilter(choices=Claim.Status.choices, label=_("Status"))
    kind = django_filters.ChoiceFilter(choices=Claim.Kind.choices, label=_("Kind"))
    station = django_filters.ModelChoiceFilter(queryset=ServiceStation.objects.all(), label=_("Service station"))
    from_day = since("repaired_on", _("Repaired from"))
    to_day = until("repaired_on", _("Repaired until"))

    class Meta:
        model = Claim
        fields = []


class ClaimLineFilter(Filters):
    kind = django_filters.ChoiceFilter(choices=ClaimLine.Kind.choices, label=_("Kind"))
    code = django_filters.CharFilter(lookup_expr="istartswith", label=_("Code"))
    status = django_filters.ChoiceFilter(
        field_name="claim__status", choices=Claim.Status.choices, label=_("Status of the claim")
    )
    from_day = since("claim__repaired_on", _("Repaired from"))
    to_day = until("claim__repaired_on", _("Repaired until"))

    class Meta:
        model = ClaimLine
        fields = []
