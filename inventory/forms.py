from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from inventory.models import Certificate, Vehicle, Warehouse


class VehicleForm(RecordForm):
    """What the stock keeper may correct; where a car is follows from its movements alone."""

    class Meta:
        model = Vehicle
        fields = ["engine_number", "warehouse", "sale_block"]
        help_texts = {"sale_block": _("The reason why the car must not be sold; empty lifts the block.")}


class WarehouseForm(RecordForm):
    class Meta:
        model = Warehouse
        fields = ["code", "name", "kind", "dealer"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Warehouse.Kind.DEALER and not cleaned.get("dealer"):
            self.add_error("dealer", _("Choose the dealer whose warehouse it is."))
        if cleaned.get("kind") == Warehouse.Kind.FACTORY and cleaned.get("dealer"):
            self.add_error("dealer", _("A factory warehouse belongs to no dealer."))
        return cleaned


class CertificateForm(RecordForm):
    """A certificate goes from hand to hand; number and car stay."""

    holder = forms.ChoiceField(label=_("Held by"), choices=Certificate.Holder.choices)

    class Meta:
        model = Certificate
        fields = ["holder", "held_since_on"]
