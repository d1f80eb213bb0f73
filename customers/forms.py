from datetime import timedelta

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.choices import offer_only
from core.encryption import decrypted
from core.errors import RuleBroken
from core.formats import masked_id_number
from core.forms import BaseLines, ComingDayField, LineForm, RecordForm, StepForm
from customers import queries, rules
from customers.divisions import code_of
from customers.models import (
    Contact,
    ContactRecord,
    Customer,
    Lead,
    MetCompetitor,
    Opportunity,
    Pipeline,
    Source,
    Stage,
    WalkIns,
)
from customers.widgets import DivisionSelect
from products.models import CompetitorModel, Configuration, Series
from users.access import Role
from users.models import User

LONG_AGO = timedelta(days=366)
SELLERS = (Role.REGIONAL_MANAGER, Role.SALESMAN, Role.DEALER_MANAGER, Role.DEALER_SALESMAN)


class LeadForm(RecordForm):
    masks_phone = True

    class Meta:
        model = Lead
        fields = [
            "name",
            "phone",
            "is_phone_verified",
            "city",
            "source",
            "intent_level",
            "series",
            "next_contact_on",
            "note",
        ]
        field_classes = {"next_contact_on": ComingDayField}
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["intent_level"].choices = queries.level_choices()


class AssignForm(StepForm):
    owner = forms.ModelChoiceField(
        label=_("New owner"), queryset=User.objects.on_duty().filter(groups__name__in=SELLERS).distinct()
    )


class QualifyForm(StepForm):
    intent_level = forms.ChoiceField(label=_("Intent level"), choices=queries.level_choices)
    next_contact_on = ComingDayField(
        label=_("Next contact on"), required=False, help_text=_("Empty: by the interval of the intent level.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("intent_level", self.record.intent_level)


class ConvertForm(StepForm):
    """To a new customer, or to any the reader sees; one with the same phone is proposed."""

    customer = forms.ModelChoiceField(
        label=_("Existing customer"),
        queryset=Customer.objects.all(),
        required=False,
        empty_label=_("Make a new customer"),
    )
    opportunity = forms.ModelChoiceField(
        label=_("Existing opportunity"),
        queryset=Opportunity.objects.select_related("customer"),
        required=False,
        empty_label=_("Make a new opportunity"),
    )
    kind = forms.ChoiceField(label=_("Kind of customer"), choices=Customer.Kind.choices)
    title = forms.CharField(label=_("Title of the opportunity"), max_length=120, required=False)
    quantity = forms.IntegerField(label=_("Cars"), min_value=1, max_value=9999, initial=1)
    amount = forms.DecimalField(
        label=_("Expected amount (yuan)"), min_value=0, max_digits=14, decimal_places=2, initial=0
    )
    expected_close_on = ComingDayField(label=_("Expected close"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        twins = queries.customers_with_phone(self.record.phone, user=self.user)
        self.fields["customer"].help_text = twins.warning
        offer_only(self.fields["opportunity"], self.fields["opportunity"].queryset.open(), is_open="true")
        first = twins.visible.order_by("pk").first()
        if first:
            self.initial.setdefault("customer", first.pk)

    def clean(self):
        cleaned = super().clean()
        customer, opportunity = cleaned.get("customer"), cleaned.get("opportunity")
        if customer and opportunity and opportunity.customer_id != customer.pk:
            self.add_error("opportunity", _("This opportunity belongs to another customer."))
        return cleaned


class MoveForm(StepForm):
    stage = forms.ModelChoiceField(label=_("Stage"), queryset=Stage.objects.all(), empty_label=None)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["stage"].queryset = self.record.pipeline.stages.open()
        self.initial.setdefault("stage", self.record.stage_id)


class WinForm(StepForm):
    amount = forms.DecimalField(label=_("Amount won (yuan)"), min_value=0, max_digits=14, decimal_places=2)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("amount", self.record.amount)


class LoseForm(StepForm):
    lost_reason = forms.ChoiceField(
        label=_("Reason of loss"), choices=[*BLANK_CHOICE_DASH, *Opportunity.LostReason.choices]
    )
    competitor = forms.ModelChoiceField(
        label=_("Competitor model"),
        queryset=CompetitorModel.objects.all(),
        required=False,
        help_text=_("What the customer bought instead; needed when he bought from a competitor."),
    )
    price_amount = forms.DecimalField(
        label=_("Price there (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    dealer_name = forms.CharField(label=_("Dealer of the competitor"), max_length=80, required=False)
    note = forms.CharField(label=_("What the customer said"), widget=forms.Textarea, max_length=2000)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("lost_reason") == Opportunity.LostReason.COMPETITOR and not cleaned.get("competitor"):
            self.add_error("competitor", _("Name the car the customer bought instead."))
        return cleaned


class IdNumberField(forms.CharField):
    """Shows the number that is kept masked; the mask sent back stands for that number."""

    kept = ""

    def clean(self, value):
        typed = super().clean(value)
        return self.kept if self.kept and typed == masked_id_number(self.kept) else typed


class CustomerForm(RecordForm):
    masks_phone = True
    id_number = IdNumberField(
        label=_("ID number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted. Leave the masked number as it is to keep it; empty it to take it away."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Customer
        fields = [
            "name",
            "kind",
            "phone",
            "other_phone",
            "level",
            "care_level",
            "source",
            "id_number",
            "credit_code",
            "credit_code_note",
            "division",
            "address",
            "industry",
            "size",
            "website",
            "parent",
        ]
        widgets = {"division": DivisionSelect}
        help_texts = {
            "credit_code_note": _("Only for a code that breaks the standard and yet stands so on the licence.")
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.instance.division:
            self.initial["division"] = code_of(self.instance.province, self.instance.city)
        self._show_id_number_masked()

    def _show_id_number_masked(self) -> None:
        """One that was written with a lost key can be neither shown nor overwritten here."""
        try:
            kept = decrypted(self.instance.id_number_cipher)
        except RuleBroken:
            del self.fields["id_number"]
            return
        self.fields["id_number"].kept = kept
        self.initial["id_number"] = masked_id_number(kept) if kept else ""


def _number_choice(label, last: int) -> forms.TypedChoiceField:
    choices = [("", "---------"), *((number, number) for number in range(1, last + 1))]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class ContactForm(RecordForm):
    masks_phone = True
    birth_month = _number_choice(_("Month of birth"), 12)
    birth_day = _number_choice(_("Day of birth"), 31)

    class Meta:
        model = Contact
        fields = [
            "customer",
            "name",
            "role",
            "phone",
            "other_phone",
            "email",
            "wechat",
            "is_primary",
            "birth_calendar",
            "birth_year",
            "birth_month",
            "birth_day",
            "is_leap_month",
        ]

    def clean(self):
        cleaned = super().clean()
        month, day = cleaned.get("birth_month"), cleaned.get("birth_day")
        is_lunar = cleaned.get("birth_calendar") == Contact.Calendar.LUNAR
        if bool(month) != bool(day):
            self.add_error("birth_day", _("A birthday needs a month and a day."))
        elif month and not rules.is_day_of_some_year(month, day, is_lunar=is_lunar):
            self.add_error("birth_day", _("There is no such day in this calendar."))
        if cleaned.get("is_leap_month") and not is_lunar:
            self.add_error("is_leap_month", _("Only the lunar calendar has leap months."))
        return cleaned


class OpportunityForm(RecordForm):
    class Meta:
        model = Opportunity
        fields = ["customer", "title", "series", "quantity", "amount", "expected_close_on", "manual_probability"]
        field_classes = {"expected_close_on": ComingDayField}
        help_texts = {"amount": _("With products below it is their sum.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["customer"]


class OpportunityLineForm(LineForm):
    series = forms.ModelChoiceField(label=_("Series"), queryset=Series.objects.all())
    configuration = forms.ModelChoiceField(
        label=_("Configuration"), queryset=Configuration.objects.select_related("vehicle_model"), required=False
    )
    quantity = forms.IntegerField(label=_("Cars"), min_value=1, max_value=9999, initial=1)
    unit_price_amount = forms.DecimalField(
        label=_("Unit price (empty: guide price)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )


class AnyLines(BaseLines):
    """None is needed."""

    def clean(self):
        pass


OPPORTUNITY_LINES = forms.formset_factory(
    OpportunityLineForm, formset=AnyLines, extra=1, can_delete=True, max_num=50, absolute_max=60
)


class MetCompetitorForm(RecordForm):
    class Meta:
        model = MetCompetitor
        fields = ["opportunity", "model", "price_amount", "dealer_name", "note"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["opportunity"]


class WalkInsForm(RecordForm):
    class Meta:
        model = WalkIns
        fields = ["on", "count"]


class PipelineForm(RecordForm):
    class Meta:
        model = Pipeline
        fields = ["name", "unit"]
        help_texts = {"unit": _("Empty: for the whole company. A pipeline of a unit goes before those above it.")}


class StageForm(RecordForm):
    required = forms.MultipleChoiceField(
        label=_("Needed to enter"),
        choices=Stage.Requirement.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who wants to move an opportunity here is told what is still missing."),
    )

    class Meta:
        model = Stage
        fields = ["pipeline", "name", "position", "probability", "required", "is_active"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["pipeline"]
            if self.instance.kind != Stage.Kind.OPEN:  # what is decided is not held up
                del self.fields["required"]


class ContactRecordForm(RecordForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, kind.label) for kind in ContactRecord.BY_HAND])

    class Meta:
        model = ContactRecord
        fields = ["lead", "customer", "opportunity", "kind", "summary", "next_contact_on"]
        field_classes = {"next_contact_on": ComingDayField}

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("lead") or cleaned.get("customer") or cleaned.get("opportunity")):
            raise forms.ValidationError(_("Choose the lead or the customer you spoke with."))
        return cleaned


class LogContactForm(StepForm):
    """The short form on the page of a lead, a customer, an opportunity."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in ContactRecord.BY_HAND],
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(label=_("Summary"), max_length=2_000, widget=forms.Textarea)
    next_contact_on = ComingDayField(label=_("Next contact on"), required=False)
    at = forms.DateTimeField(label=_("When"), required=False)
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["next_contact_on"].required = self.needs_next_contact

    @property
    def needs_next_contact(self) -> bool:
        """A warm lead is not let go without a day for the next step."""
        record = self.record
        return isinstance(record, Lead) and record.status in Lead.OPEN and record.intent_level in rules.WARM

    def clean_at(self):
        """Empty: just now. What lies ahead is no contact yet."""
        at = self.cleaned_data["at"]
        if at and not timezone.now() - LONG_AGO < at <= timezone.now():
            raise forms.ValidationError(_("Enter a moment of the last twelve months that has passed."))
        return at


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = ["name", "code"]
