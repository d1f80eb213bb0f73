"""What is typed about key accounts: projects, their protection, price policies, annual frames."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.choices import offer_only
from core.errors import RuleBroken
from core.forms import LineForm, RecordForm, StepForm
from customers import queries, rules
from customers.forms import AnyLines
from customers.models import AnnualFrame, KeyAccountRegistration, PricePolicy


def offer_organisations(field: forms.ModelChoiceField) -> None:
    offer_only(field, field.queryset.organisations(), is_person="false")


class RegistrationForm(RecordForm):
    class Meta:
        model = KeyAccountRegistration
        fields = ["customer", "project_name", "expected_quantity", "dealer"]
        help_texts = {"project_name": _("Protected against other bidders once a manager has registered it.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        offer_organisations(self.fields["customer"])


class ArbitrateForm(StepForm):
    """Which of the two claims holds; both are named with their dealers to whoever may decide on both.

    Each answer names the winner and the loser, so that it cannot fall on a claim that was not on the screen.
    """

    decision = forms.ChoiceField(
        label=_("Who holds the project"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("The claims have changed meanwhile. Look at them again.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        try:
            rival = queries.rival_for(self.user, self.record, timezone.localdate())
        except RuleBroken as refusal:
            self.fields["decision"].help_text = refusal.sentence
            return
        pairs = ((self.record, rival), (rival, self.record))
        self.fields["decision"].choices = [(f"{won.pk}-{lost.pk}", _claim_text(won)) for won, lost in pairs]

    def clean_decision(self) -> tuple[int, int]:
        won, _dash, lost = self.cleaned_data["decision"].partition("-")
        return int(won), int(lost)


class ExtendForm(StepForm):
    protected_until = forms.DateField(label=_("Protected until"))

    def clean_protected_until(self):
        day, today = self.cleaned_data["protected_until"], timezone.localdate()
        latest = today + timedelta(days=rules.LONGEST_EXTENSION_DAYS)
        if not self.record.protected_until < day <= latest:
            raise forms.ValidationError(
                _("Choose a day after %(now)s and not after %(latest)s.")
                % {"now": self.record.protected_until, "latest": latest}
            )
        return day


def _claim_text(claim: KeyAccountRegistration) -> str:
    place = claim.dealer or claim.unit
    return f"{claim} · {claim.customer} · {place} · {claim.owner or ''} · {claim.get_status_display()}"


class ValidityForm(RecordForm):
    """Of what an agreement with a key account says about a period."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        offer_organisations(self.fields["customer"])
        if self.instance.pk:
            del self.fields["customer"]


class PricePolicyForm(ValidityForm):
    class Meta:
        model = PricePolicy
        fields = ["customer", "valid_from", "valid_until", "discount_percent", "note"]


class PolicyTierForm(LineForm):
    from_quantity = forms.IntegerField(label=_("From cars"), min_value=2, max_value=99_999)
    discount_percent = forms.DecimalField(
        label=_("Discount (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )


POLICY_TIERS = forms.formset_factory(PolicyTierForm, formset=AnyLines, extra=2, can_delete=True, max_num=20)


class AnnualFrameForm(ValidityForm):
    class Meta:
        model = AnnualFrame
        fields = ["customer", "valid_from", "valid_until", "agreed_count", "agreed_amount", "note"]
