from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import BaseLines, LineForm, RecordForm
from core.months import MonthField
from dealers.models import (
    AccountEntry,
    Authorisation,
    CreditLineChange,
    Dealer,
    DealerPaper,
    DealerTarget,
    RebatePolicy,
    ServiceStation,
)
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


class AccountEntryForm(RecordForm):
    """Deposits, and what moves on the parts account; cars and rebates are posted by their documents."""

    reference = forms.CharField(
        label=_("Reference"), max_length=40, help_text=_("Number of the bank's advice; each one is entered once.")
    )

    class Meta:
        model = AccountEntry
        fields = ["dealer", "account", "kind", "amount", "on", "text"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, offered in (("account", AccountEntry.BY_HAND), ("kind", AccountEntry.KINDS_BY_HAND)):
            self.fields[name].choices = [
                (value, label) for value, label in self.fields[name].choices if value in offered
            ]
        self.fields["on"].initial = timezone.localdate()


class DealerPaperForm(RecordForm):
    class Meta:
        model = DealerPaper
        fields = ["dealer", "kind", "number", "issued_on", "expires_on", "note"]
        help_texts = {"expires_on": _("Empty: without end. The dealer and his regional manager are reminded.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["dealer"]


class CreditLineChangeForm(RecordForm):
    class Meta:
        model = CreditLineChange
        fields = ["dealer", "wanted_amount", "reason"]


class DealerTargetForm(RecordForm):
    month = MonthField(label=_("Month"))

    class Meta:
        model = DealerTarget
        fields = ["dealer", "month", "target_count"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["dealer"], self.fields["month"]


class RebatePolicyForm(RecordForm):
    """The scope left empty means everything."""

    levels = forms.MultipleChoiceField(
        label=_("Dealer levels"), choices=Dealer.Level.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = RebatePolicy
        fields = [
            "name",
            "kind",
            "cadence",
            "measure",
            "valid_from",
            "valid_until",
            "amount_per_car",
            "levels",
            "regions",
            "series",
            "configurations",
            "counts_fleet",
            "counts_out_of_area",
            "dealer_cap_amount",
            "total_cap_amount",
            "claw_back_percent",
            "note",
        ]
        widgets = {"regions": forms.CheckboxSelectMultiple, "series": forms.CheckboxSelectMultiple}
        help_texts = {
            "cadence": _("Attainment only; the others are settled month by month."),
            "measure": _("Attainment only: which cars are compared with the target of the dealer."),
            "amount_per_car": _("Per car invoiced and retail subsidy; tiers say it for the others."),
            "regions": _("None chosen: all."),
            "series": _("Neither series nor configurations chosen: all cars."),
            "configurations": _("Beside the chosen series."),
            "levels": _("None chosen: all."),
            "dealer_cap_amount": _("While this version holds. Empty: no limit."),
            "total_cap_amount": _("While this version holds; beyond it all get the same share. Empty: no limit."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["regions"].queryset = self.fields["regions"].queryset.filter(kind=Unit.Kind.REGION)


class RebateTierForm(LineForm):
    threshold = forms.DecimalField(
        label=_("From (% of the target, or days in stock)"), min_value=0, max_value=9999, decimal_places=2
    )
    rate_percent = forms.DecimalField(
        label=_("Share of the invoiced value (%)"), min_value=0, max_value=100, decimal_places=2, initial=0
    )
    amount_per_car = forms.DecimalField(
        label=_("Per car (yuan)"), min_value=0, max_value=99_999, decimal_places=2, initial=0
    )


class TierLines(BaseLines):
    """A policy that pays per car has none."""

    def clean(self):
        pass


REBATE_TIERS = forms.formset_factory(RebateTierForm, formset=TierLines, extra=3, can_delete=True, max_num=20)
