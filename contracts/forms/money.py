from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Receipt, Receivable, Refund
from contracts.rules import oldest_first
from core.forms import RecordForm, StepForm

MOST_DEBTS = 100


class ReceiptForm(RecordForm):
    class Meta:
        model = Receipt
        fields = ["payer_dealer", "payer_customer", "amount", "received_on", "method", "reference", "note"]
        help_texts = {
            "payer_customer": _("Only where a key account buys without a dealer."),
            "reference": _("Number of the bank's advice; each one is entered once. Empty for cash."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["reference"].required = False
        self.fields["received_on"].initial = timezone.localdate()

    def validate_unique(self):
        """Left to the action, which names the receipt that holds the reference."""


class DebtsForm(forms.Form):
    """One amount for each open receivable of a payer, the oldest first; what is given to none stays a prepayment."""

    def __init__(self, data=None, *, debts: list[Receivable], money: Decimal | None = None):
        super().__init__(data)
        self.debts = debts
        proposed = oldest_first(money or Decimal(0), ((debt.pk, debt.outstanding_amount) for debt in debts))
        for debt in debts:
            self.fields[_name(debt)] = forms.DecimalField(
                label=str(debt),
                required=False,
                min_value=Decimal(0),
                max_value=debt.outstanding_amount,
                max_digits=14,
                decimal_places=2,
                initial=proposed.get(debt.pk),
                widget=forms.NumberInput(
                    attrs={"class": "form-control", "step": "0.01", "data-debt": debt.outstanding_amount}
                ),
            )

    @property
    def rows(self):
        return [(debt, self[_name(debt)]) for debt in self.debts]

    @property
    def settles(self) -> dict[int, Decimal]:
        typed = {debt.pk: self.cleaned_data.get(_name(debt)) for debt in self.debts}
        return {key: amount for key, amount in typed.items() if amount}


def _name(debt: Receivable) -> str:
    return f"settle-{debt.pk}"


class RefundForm(StepForm):
    amount = forms.DecimalField(label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    refunded_on = forms.DateField(label=_("Refunded on"), initial=timezone.localdate)
    reference = forms.CharField(
        label=_("Bank reference"), max_length=60, help_text=_("Number of the bank's advice; each one is entered once.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=Refund._meta.get_field("reason").max_length)


class WriteOffForm(StepForm):
    amount = forms.DecimalField(label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    text = forms.CharField(label=_("Reason"), max_length=200)
