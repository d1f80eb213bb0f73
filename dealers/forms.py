from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from dealers.models import Authorisation, Dealer, ServiceStation
from users.models import Unit


class DealerForm(RecordForm):
    """Code and place are given once, when the dealer joins."""

    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Unit.objects.filter(kind=Unit.Kind.REGION), required=False
    )
    field_order = ["code", "name", "region", "parent"]

    class Meta:
        model = Dealer
        fields = [
            "code",
            "name",
            "parent",
            "level",
            "province",
            "city",
            "credit_code",
            "credit_limit_amount",
            "phone",
            "address",
        ]
        help_texts = {"parent": _("Only for a second-tier outlet: the dealer who is invoiced for it.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["parent"].queryset = self.fields["parent"].queryset.filter(parent=None)
        if self.instance.pk:
            for name in ("code", "region", "parent"):
                del self.fields[name]


class ServiceStationForm(RecordForm):
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Unit.objects.filter(kind=Unit.Kind.REGION),
        required=False,
        help_text=_("Only for a station that belongs to no dealer."),
    )
    field_order = ["code", "name", "dealer", "region"]

    class Meta:
        model = ServiceStation
        fields = ["code", "name", "dealer", "station_class", "city", "phone"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            for name in ("code", "region", "dealer"):
                del self.fields[name]


class AuthorisationForm(RecordForm):
    class Meta:
        model = Authorisation
        fields = ["dealer", "starts_on", "ends_on", "annual_target_count"]
        help_texts = {"ends_on": _("The first day the contract no longer holds.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["dealer"]
