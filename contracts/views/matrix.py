"""Order entry by matrix: configurations and colours of one series."""

from functools import cached_property
from urllib.parse import urlencode

from django.utils import timezone

from contracts import forms, pages, queries
from core.views import AddPage
from products.models import Price, Series
from products.queries import prices_of


class OrderMatrixPage(AddPage):
    """The cars of one series; another series is another order. Works without scripts, which only add up."""

    pages = pages.ORDERS
    template_page = "matrix"

    @cached_property
    def all_series(self) -> list[Series]:
        return list(queries.orderable_series())

    @cached_property
    def series(self) -> Series | None:
        wanted = self.request.GET.get("series", "")
        chosen = (series for series in self.all_series if str(series.pk) == wanted)
        return next(chosen, None) or next(iter(self.all_series), None)

    @cached_property
    def lines(self) -> forms.OrderMatrix:
        skus = list(queries.orderable_skus(self.series))
        prices = prices_of({sku.configuration_id for sku in skus}, Price.Kind.WHOLESALE, timezone.localdate())
        data = self.request.POST if self.request.method == "POST" else None
        return forms.OrderMatrix(data, skus=skus, prices=prices)

    def get_context_data(self, **context) -> dict:
        about = {name: value for name, value in self.request.GET.items() if name != "series"}
        tabs = [(series, f"?{urlencode(about | {'series': series.pk})}") for series in self.all_series]
        return super().get_context_data(series=self.series, tabs=tabs, **context)
