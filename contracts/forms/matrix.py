from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from core.formats import labelled
from products.models import Colour, Configuration, Sku

MOST_CARS = 9999


@dataclass(frozen=True)
class MatrixRow:
    """A configuration with one interior; None stands where it is not built in a colour."""

    configuration: Configuration
    interior: Colour
    price: Decimal | None
    cells: list[tuple[Colour, BoundField | None]]


class OrderMatrix(forms.Form):
    """How many cars of each SKU of a series: configurations below one another, exterior colours beside one another.

    Stands where other forms have their lines.
    """

    def __init__(self, *args, skus: Iterable[Sku], prices: dict[int, Decimal], **options):
        super().__init__(*args, **options)
        self.skus, self.prices = {self.name_of(sku): sku for sku in skus}, prices
        for name, sku in self.skus.items():
            self.fields[name] = forms.IntegerField(label=str(sku), min_value=0, max_value=MOST_CARS, required=False)
            self.fields[name].widget.attrs |= {"inputmode": "numeric", "aria-label": str(sku), "class": "form-control"}

    @staticmethod
    def name_of(sku: Sku) -> str:
        return f"cars-{sku.pk}"

    @property
    def colours(self) -> list[Colour]:
        return sorted({sku.exterior for sku in self.skus.values()}, key=lambda colour: (colour.name, colour.pk))

    @cached_property
    def rows(self) -> list[MatrixRow]:
        colours = self.colours
        by_place = {((sku.configuration, sku.interior), sku.exterior): self[name] for name, sku in self.skus.items()}
        kinds = dict.fromkeys((sku.configuration, sku.interior) for sku in self.skus.values())
        return [
            MatrixRow(
                configuration,
                interior,
                self.prices.get(configuration.pk),
                [(colour, by_place.get(((configuration, interior), colour))) for colour in colours],
            )
            for configuration, interior in kinds
        ]

    @property
    def lines(self) -> list[dict]:
        return [
            {"sku": sku, "quantity": self.cleaned_data[name]}
            for name, sku in self.skus.items()
            if self.cleaned_data.get(name)
        ]

    def total_error_count(self) -> int:
        return len(self.errors)

    def non_form_errors(self) -> list[str]:
        """As a set of lines tells what is wrong as a whole; here each mistake with the SKU it stands at."""
        return [
            labelled(self.skus[name], message) if name in self.skus else message
            for name, messages in self.errors.items()
            for message in messages
        ]

    def clean(self):
        if not self.errors and not self.lines:
            raise forms.ValidationError(_("Enter at least one car."))
        return self.cleaned_data
