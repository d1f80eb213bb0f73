from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats import labelled
from core.forms import RecordForm, suit_field
from core.models import Attachment
from products.actions.features import Entry
from products.models import (
    Availability,
    Brand,
    Colour,
    CompetitorModel,
    Configuration,
    Feature,
    FeatureValue,
    Option,
    Price,
    Series,
    Sku,
    VehicleModel,
)


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
        fields = [
            "vehicle_model",
            "code",
            "name",
            "model_year",
            "engine",
            "gearbox",
            "emission_standard",
            "launched_on",
            "end_of_sale_on",
            "predecessor",
        ]
        help_texts = {
            "launched_on": _("Empty: with its model."),
            "end_of_sale_on": _("The last day of sale. Empty: with its model."),
        }


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
    """``kind`` stands outside Meta.fields, so that the constraint on overlaps is left to the action.

    The action ends the open price first; the form would find it still in the way.
    """

    kind = forms.ChoiceField(label=_("Kind"))
    amount = forms.DecimalField(label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2)
    field_order = ["configuration", "kind"]

    class Meta:
        model = Price
        fields = ["configuration", "valid_from", "valid_until", "amount"]
        help_texts = {
            "valid_from": _("An open price of the same kind ends on this day."),
            "valid_until": _("The first day it no longer holds; empty: until further notice."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = Price.kinds_seen_by(self.user)
        if self.instance.pk:
            del self.fields["configuration"], self.fields["kind"]


class CompetitorModelForm(RecordForm):
    class Meta:
        model = CompetitorModel
        fields = ["maker", "name", "guide_price_amount", "rival_of"]


class FeatureForm(RecordForm):
    class Meta:
        model = Feature
        fields = ["group", "name", "kind", "measure", "position"]


class OptionForm(RecordForm):
    class Meta:
        model = Option
        fields = ["configuration", "name", "feature", "price_amount", "is_offered"]


class SheetForm(forms.Form):
    """One field per feature for a measure, two for equipment: whether it is there, and a remark."""

    def __init__(self, *args, user, values: dict[int, FeatureValue], **options):
        super().__init__(*args, **options)
        self.features = list(Feature.objects.visible_to(user))
        for feature in self.features:
            self._add_fields(feature, values.get(feature.pk, FeatureValue()))

    def _add_fields(self, feature: Feature, value: FeatureValue) -> None:
        label = f"{feature.name} ({feature.measure})" if feature.measure else feature.name
        longest = FeatureValue._meta.get_field("text").max_length
        written = forms.CharField(label=label, max_length=longest, required=False, initial=value.text)
        if feature.kind == Feature.Kind.EQUIPMENT:
            choices = [("", _("not known")), *Availability.choices]
            has = forms.ChoiceField(label=label, choices=choices, required=False, initial=value.availability)
            has.widget.attrs["class"] = "form-select"
            self.fields[f"has-{feature.pk}"] = has
            written.widget.attrs |= {"placeholder": _("Remark"), "aria-label": labelled(feature.name, _("Remark"))}
        written.widget.attrs["class"] = "form-control"
        self.fields[f"text-{feature.pk}"] = written

    @property
    def groups(self) -> list[tuple[str, list]]:
        """The fields of each feature, below the name of their group."""
        found: dict[str, list] = {group: [] for group in Feature.Group.values}
        for feature in self.features:
            names = (f"has-{feature.pk}", f"text-{feature.pk}")
            found[feature.group].append([self[name] for name in names if name in self.fields])
        return [(Feature.Group(group).label, features) for group, features in found.items() if features]

    @property
    def entries(self) -> list[Entry]:
        data = self.cleaned_data
        return [
            Entry(feature, data.get(f"has-{feature.pk}", ""), data[f"text-{feature.pk}"]) for feature in self.features
        ]


class ModelYearForm(forms.Form):
    model_year = forms.IntegerField(label=_("Model year"), min_value=1990, max_value=2099)
    launched_on = forms.DateField(
        label=_("Launched on"),
        help_text=_("The day before is the last day of sale of the present model year."),
    )
    code_ending = forms.CharField(
        label=_("Ending of the new SKU codes"), max_length=6, help_text=_("Put behind the present codes, such as -27.")
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        suit_field(self.fields["launched_on"])


class MainPictureForm(forms.Form):
    picture = forms.ModelChoiceField(queryset=Attachment.objects.none())

    def __init__(self, *args, user, record, **options):
        super().__init__(*args, **options)
        self.fields["picture"].queryset = Attachment.objects.of(record).pictures()
