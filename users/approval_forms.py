"""Forms of approval flows, of their preview, and of deputies."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LineForm, RecordForm, lines_of
from users.approvers import deputies
from users.models import ApprovalFlow, Delegation, FlowStep, User
from users.models.flows import HIGHEST_LEVEL, LONGEST_WAIT
from users.roles import LABELS

AMOUNT = {"max_digits": 14, "decimal_places": 2, "min_value": Decimal(0), "required": False}
PERCENT = {"max_digits": 5, "decimal_places": 2, "min_value": Decimal(0), "max_value": Decimal(100), "required": False}
HOURS = {"min_value": 1, "max_value": LONGEST_WAIT, "required": False}


class FlowForm(RecordForm):
    class Meta:
        model = ApprovalFlow
        fields = ["note"]
        labels = {"note": _("What is new in this version")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["note"] = ""


class FlowStepForm(LineForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(label=_("Approved by"), choices=FlowStep.Kind.choices, initial=FlowStep.Kind.RIGHT)
    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *LABELS.items()], required=False)
    level = forms.IntegerField(label=_("Levels up"), min_value=1, max_value=HIGHEST_LEVEL, initial=1)
    mode = forms.ChoiceField(label=_("How many decide"), choices=FlowStep.Mode.choices, initial=FlowStep.Mode.ANY)
    min_amount = forms.DecimalField(label=_("From amount (yuan)"), **AMOUNT)
    max_amount = forms.DecimalField(label=_("Below amount (yuan)"), **AMOUNT)
    min_discount = forms.DecimalField(label=_("From discount (%)"), **PERCENT)
    max_discount = forms.DecimalField(label=_("Below discount (%)"), **PERCENT)
    remind_after_hours = forms.IntegerField(label=_("Remind after (hours)"), **HOURS)
    escalate_after_hours = forms.IntegerField(label=_("Ask the superior after (hours)"), **HOURS)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") != FlowStep.Kind.ROLE:
            cleaned["role"] = ""
        elif not cleaned.get("role"):
            self.add_error("role", _("Choose the role that approves."))
        for name in ("amount", "discount"):
            low, high = cleaned.get(f"min_{name}"), cleaned.get(f"max_{name}")
            if low is not None and high is not None and low >= high:
                self.add_error(f"max_{name}", _("The band ends where it begins. Enter a larger figure."))
        return cleaned


FlowSteps = lines_of(FlowStepForm, extra=1)
STEP_FIELDS = tuple(FlowStepForm.base_fields)


def steps_of_flow(flow: ApprovalFlow) -> list[dict]:
    return list(flow.steps.order_by("position").values(*STEP_FIELDS))


class PreviewForm(forms.Form):
    """A record by its number, for whoever sees such records, or what a record might be."""

    number = forms.CharField(label=_("Number of a record"), max_length=40, required=False)
    person = forms.ModelChoiceField(
        label=_("Or: handed in by"),
        queryset=User.objects.on_duty().exclude(unit=None).order_by("name", "pk"),
        required=False,
    )
    amount = forms.DecimalField(label=_("Amount (yuan)"), **AMOUNT)
    discount = forms.DecimalField(label=_("Discount (%)"), **PERCENT)

    def __init__(self, *args, sees_records: bool, **options):
        super().__init__(*args, **options)
        if not sees_records:
            del self.fields["number"]
            self.fields["person"].label = _("Handed in by")


class DelegationForm(RecordForm):
    class Meta:
        model = Delegation
        fields = ["owner", "deputy", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["owner"], self.fields["deputy"]
            return
        owners = User.objects.reached_by(self.user, Delegation, "change").on_duty()
        units = {*owners.order_by().values_list("unit", flat=True), *self.user.unit.line}
        self.fields["deputy"].queryset = deputies(units - {None}).order_by("name", "pk")
        self.fields["owner"].label = _("Who is away")
        self.fields["owner"].queryset = owners
        self.fields["owner"].empty_label, self.fields["owner"].required = None, True
        self.initial.setdefault("owner", self.user.pk)
