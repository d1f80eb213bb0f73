"""Order entry by matrix: configurations and colours of one series."""

from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.utils import timezone

from contracts import forms, pages, queries
from contracts.price_conditions import EVERYBODY, Buyer, explained_prices
from core.views import AddPage
from products.models import Price, Series


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
        data = self.request.POST if self.request.method == "POST" else None
        return forms.OrderMatrix(data, skus=skus, prices=self.prices({sku.configuration_id for sku in skus}))

    def prices(self, configurations: set[int]) -> dict[int, Decimal]:
        """What a dealer's people pay themselves; others see what holds for everybody."""
        unit = self.request.user.unit
        dealer = getattr(unit, "dealer", None)
        buyer = Buyer(unit.path, dealer.level) if dealer else EVERYBODY
        prices = explained_prices(
            configurations, price_kind=Price.Kind.WHOLESALE, buyer=buyer, day=timezone.localdate()
        )
        return {key: explanation.price for key, explanation in prices.items()}

    def get_context_data(self, **context) -> dict:
        about = {name: value for name, value in self.request.GET.items() if name != "series"}
        tabs = [(series, f"?{urlencode(about | {'series': series.pk})}") for series in self.all_series]
        return super().get_context_data(series=self.series, tabs=tabs, **context)
