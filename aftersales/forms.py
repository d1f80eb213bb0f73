from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.models import Claim, ClaimLine, LabourOperation, LabourRate, Part, ServiceRequest
from core.forms import LineForm, RecordForm, StepForm, lines_of


def vin_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("VIN"),
        max_length=30,
        required=required,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )


class VinForm(RecordForm):
    """A form in which the car is named by its VIN."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        vehicle = self.instance.vehicle if self.instance.vehicle_id else None
        self.initial.setdefault("vin", vehicle.vin if vehicle else "")


class PartForm(RecordForm):
    class Meta:
        model = Part
        fields = [
            "number",
            "name",
            "assembly",
            "price_amount",
            "handling_percent",
            "is_main_part",
            "is_wear_part",
            "is_special_part",
        ]


class LabourOperationForm(RecordForm):
    class Meta:
        model = LabourOperation
        fields = ["code", "name", "standard_hours"]


class LabourRateForm(RecordForm):
    class Meta:
        model = LabourRate
        fields = ["station_class", "amount", "valid_from"]


class ServiceRequestForm(VinForm):
    vin = vin_field(required=False)

    class Meta:
        model = ServiceRequest
        fields = ["caller_name", "phone", "complaint"]
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}

    field_order = ["caller_name", "phone", "vin", "complaint"]


class AnswerForm(StepForm):
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea)


class ClaimForm(VinForm):
    vin = vin_field()

    class Meta:
        model = Claim
        fields = [
            "kind",
            "repair_order_number",
            "mileage_km",
            "repaired_on",
            "causal_part",
            "complaint",
            "cause",
            "correction",
        ]

    field_order = ["vin", "kind", "repair_order_number"]


class ClaimLineForm(LineForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=ClaimLine.Kind.choices, initial=ClaimLine.Kind.LABOUR)
    code = forms.CharField(
        label=_("Code"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    quantity = forms.DecimalField(label=_("Hours or pieces"), min_value=0.01, max_digits=8, decimal_places=2)
    description = forms.CharField(label=_("Description of other costs"), max_length=120, required=False)
    unit_amount = forms.DecimalField(
        label=_("Unit price of other costs"), min_value=0, max_digits=12, decimal_places=2, required=False
    )


ClaimLines = lines_of(ClaimLineForm)


class ApprovedAmountsForm(StepForm):
    """One amount per line, what it claims unless changed."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for line in self.record.lines.all():
            self.fields[f"line_{line.pk}"] = forms.DecimalField(
                label=str(line), initial=line.amount, min_value=0, max_value=line.amount, decimal_places=2
            )
