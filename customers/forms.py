from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm, StepForm
from customers import queries
from customers.models import Contact, ContactRecord, Customer, KeyAccountRegistration, Lead, Opportunity, Source
from users.access import Role
from users.models import User

SELLERS = (Role.REGIONAL_MANAGER, Role.SALESMAN, Role.DEALER_MANAGER, Role.DEALER_SALESMAN)


class LeadForm(RecordForm):
    masks_phone = True

    class Meta:
        model = Lead
        fields = ["name", "phone", "city", "source", "intent_level", "series", "next_contact_on", "note"]
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}


class AssignForm(StepForm):
    owner = forms.ModelChoiceField(
        label=_("New owner"), queryset=User.objects.on_duty().filter(groups__name__in=SELLERS).distinct()
    )


class QualifyForm(StepForm):
    intent_level = forms.ChoiceField(label=_("Intent level"), choices=Lead.IntentLevel.choices)
    next_contact_on = forms.DateField(
        label=_("Next contact on"), required=False, help_text=_("Empty: by the interval of the intent level.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("intent_level", self.record.intent_level)


class ConvertForm(StepForm):
    """To a new customer, or to an existing one: those with the same phone are named first."""

    customer = forms.ModelChoiceField(
        label=_("Existing customer"),
        queryset=Customer.objects.all(),
        required=False,
        empty_label=_("Make a new customer"),
    )
    kind = forms.ChoiceField(label=_("Kind of customer"), choices=Customer.Kind.choices)
    title = forms.CharField(label=_("Title of the opportunity"), max_length=120, required=False)
    quantity = forms.IntegerField(label=_("Cars"), min_value=1, max_value=9999, initial=1)
    amount = forms.DecimalField(
        label=_("Expected amount (yuan)"), min_value=0, max_digits=14, decimal_places=2, initial=0
    )
    expected_close_on = forms.DateField(label=_("Expected close"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        twins = queries.customers_with_phone(self.record.phone, user=self.user)
        self.fields["customer"].queryset = twins.visible
        self.fields["customer"].help_text = twins.warning


class LoseForm(StepForm):
    lost_reason = forms.ChoiceField(label=_("Reason of loss"), choices=Opportunity.LostReason.choices)


class CustomerForm(RecordForm):
    masks_phone = True

    class Meta:
        model = Customer
        fields = ["name", "kind", "phone", "credit_code", "province", "city", "address", "industry"]


class ContactForm(RecordForm):
    masks_phone = True

    class Meta:
        model = Contact
        fields = ["customer", "name", "role", "phone", "email", "birthday_on", "is_primary"]


class OpportunityForm(RecordForm):
    class Meta:
        model = Opportunity
        fields = ["customer", "title", "series", "quantity", "amount", "expected_close_on"]


class ContactRecordForm(RecordForm):
    class Meta:
        model = ContactRecord
        fields = ["lead", "customer", "opportunity", "kind", "summary", "next_contact_on"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("lead") and not cleaned.get("customer"):
            raise forms.ValidationError(_("Choose the lead or the customer you spoke with."))
        if cleaned.get("next_contact_on") and cleaned["next_contact_on"] < timezone.localdate():
            self.add_error("next_contact_on", _("The next contact lies in the past. Choose today or later."))
        return cleaned


class RegistrationForm(RecordForm):
    class Meta:
        model = KeyAccountRegistration
        fields = ["customer", "project_name", "expected_quantity", "dealer"]
        help_texts = {"project_name": _("Protected against other bidders once a manager has registered it.")}


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = ["name", "code"]
