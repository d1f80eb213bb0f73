from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.forms.fields import price_field, quantity_field
from contracts.models import Contract, DiscountLimit, PaperTerms, Quotation
from core.forms import LineForm, RecordForm, lines_of
from products.models import Sku

USUAL_TERM = timedelta(days=15)


class QuotationForm(RecordForm):
    class Meta:
        model = Quotation
        fields = ["customer", "opportunity", "valid_until", "note"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("valid_until", timezone.localdate() + USUAL_TERM)


class QuotationLineForm(LineForm):
    """The guide price is shown; of discount and price one follows from the other."""

    sku = forms.ModelChoiceField(label=_("SKU"), queryset=Sku.objects.orderable())
    quantity = quantity_field()
    list_price_amount = forms.DecimalField(label=_("Guide price"), required=False, disabled=True)
    discount_percent = forms.DecimalField(
        label=_("Discount (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False
    )
    unit_price_amount = price_field(_("Unit price (empty: guide price)"))


class DiscountLimitForm(RecordForm):
    class Meta:
        model = DiscountLimit
        fields = ["role", "percent", "valid_from"]
        help_texts = {
            "percent": _("What may be taken off the guide price without asking. A larger discount needs an approval.")
        }


class PaperTermsForm(RecordForm):
    class Meta:
        model = PaperTerms
        fields = ["kind", "valid_from", "text"]


class ContractForm(RecordForm):
    class Meta:
        model = Contract
        fields = [
            "kind",
            "dealer",
            "customer",
            "starts_on",
            "ends_on",
            "agreed_count",
            "agreed_amount",
            "deposit_percent",
            "deposit_days",
            "payment_days",
            "instalment_count",
            "note",
        ]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["dealer"].queryset = self.fields["dealer"].queryset.first_tier()


QuotationLines = lines_of(QuotationLineForm)
