"""Forms by which customers change hands: transfer, share, pool, merge; and the settings of the pool."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.bulk import BulkForm
from core.forms import RecordForm
from customers.forms import SELLERS
from customers.models import ClaimLimit, Customer, CustomerShare, PoolRule
from users.access import Scope
from users.models import User


def _sellers():
    return User.objects.on_duty().filter(groups__name__in=SELLERS).distinct()


class TransferForm(BulkForm):
    owner = forms.ModelChoiceField(label=_("New owner"), queryset=_sellers())
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
    with_opportunities = forms.BooleanField(
        label=_("Open leads and opportunities go along"), required=False, initial=True
    )
    with_tasks = forms.BooleanField(label=_("Open tasks go along"), required=False, initial=True)


class ShareForm(BulkForm):
    person = forms.ModelChoiceField(label=_("Share with"), queryset=_sellers())
    access = forms.ChoiceField(label=_("Access"), choices=CustomerShare.Access.choices)
    until = forms.DateField(label=_("Until"))
    note = forms.CharField(label=_("Reason"), max_length=200, required=False)


class ReturnForm(BulkForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


class AssignPooledForm(BulkForm):
    owner = forms.ModelChoiceField(label=_("New owner"), queryset=_sellers())


class UnitSettingForm(RecordForm):
    """A setting of a unit: one may make it for the units one is responsible for."""

    def clean_unit(self):
        unit, scope = self.cleaned_data["unit"], self.user.scope_of(self._meta.model, "change")
        if scope is not Scope.ALL and not self.user.unit.contains(unit):
            raise forms.ValidationError(_("Choose your own unit or one below it."))
        return unit


class PoolRuleForm(UnitSettingForm):
    class Meta:
        model = PoolRule
        fields = [
            "unit",
            "level",
            "no_contact_days",
            "no_order_days",
            "protection_days",
            "warning_days",
            "spares_buyers",
            "is_active",
        ]


class ClaimLimitForm(UnitSettingForm):
    class Meta:
        model = ClaimLimit
        fields = ["unit", "claims_per_day", "capacity", "cooling_off_days"]


class OtherCustomerForm(BulkForm):
    """The second customer of a merge; its key joins the first one's in the address."""

    pk = forms.ModelChoiceField(label=_("Merge with"), queryset=Customer.objects.all())
