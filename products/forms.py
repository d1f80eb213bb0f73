from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from products.models import Brand, Colour, CompetitorModel, Configuration, Price, Series, Sku, VehicleModel


class BrandForm(RecordForm):
    class Meta:
        model = Brand
        fields = ["code", "name"]


class SeriesForm(RecordForm):
    class Meta:
        model = Series
        fields = ["brand", "code", "name", "body", "launched_on", "ended_on"]


class VehicleModelForm(RecordForm):
    class Meta:
        model = VehicleModel
        fields = ["series", "code", "sales_name", "launched_on", "end_of_sale_on", "predecessor"]
        help_texts = {"code": _("As announced by the ministry and printed on certificate and invoice: HFJ7133.")}


class ConfigurationForm(RecordForm):
    class Meta:
        model = Configuration
        fields = ["vehicle_model", "code", "name", "model_year", "engine", "gearbox", "emission_standard"]


class ColourForm(RecordForm):
    class Meta:
        model = Colour
        fields = ["code", "name", "kind"]


class SkuForm(RecordForm):
    exterior = forms.ModelChoiceField(
        label=_("Exterior colour"), queryset=Colour.objects.filter(kind=Colour.Kind.EXTERIOR)
    )
    interior = forms.ModelChoiceField(
        label=_("Interior colour"), queryset=Colour.objects.filter(kind=Colour.Kind.INTERIOR)
    )

    class Meta:
        model = Sku
        fields = ["code", "configuration", "exterior", "interior", "is_orderable"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            for name in ("configuration", "exterior", "interior"):
                del self.fields[name]


class PriceForm(RecordForm):
    amount = forms.DecimalField(label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2)

    class Meta:
        model = Price
        fields = ["configuration", "kind", "valid_from", "valid_until", "amount"]
        help_texts = {
            "valid_from": _("An open price of the same kind ends on this day."),
            "valid_until": _("The first day it no longer holds; empty: until further notice."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["configuration"], self.fields["kind"]

    def validate_constraints(self):
        """The action ends the open price before it looks for overlaps, so the form must not look first."""


class CompetitorModelForm(RecordForm):
    class Meta:
        model = CompetitorModel
        fields = ["maker", "name", "guide_price_amount", "rival_of"]
