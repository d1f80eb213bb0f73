from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from contracts import forms, pages, queries
from contracts.models import Order, OrderLine
from contracts.price_conditions import EVERYBODY, Buyer, explained_prices, shown_steps
from core.views import DetailPage
from dealers.models import Dealer
from products.models import Price


class OrderPage(DetailPage):
    """With how the price of each line came about."""

    pages = pages.ORDERS

    def get_context_data(self, **context) -> dict:
        lines = OrderLine.objects.visible_to(self.request.user).filter(order=self.object).select_related("sku")
        return super().get_context_data(
            explained_lines=[(line, shown_steps(line.price_steps)) for line in lines.order_by("pk")], **context
        )


@method_decorator(never_cache, name="dispatch")
class PriceListPage(PermissionRequiredMixin, TemplateView):
    """What each car costs a dealer on a day, with the steps from the price list."""

    permission_required = "products.view_price"
    raise_exception = True
    template_name = "contracts/price_list.html"

    def get_context_data(self, **context) -> dict:
        form = forms.PriceListForm(self.request.GET or None, user=self.request.user)
        return super().get_context_data(form=form, rows=self.rows(form), **context)

    def rows(self, form: forms.PriceListForm) -> list[tuple]:
        """A configuration, its steps and its price; one without a list price on the day is left out."""
        asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
        if form.is_bound and not asked:
            return []
        dealer = asked.get("dealer") or self.own_dealer()
        configurations = list(queries.configurations_on_sale(asked.get("series")))
        prices = explained_prices(
            [one.pk for one in configurations],
            price_kind=asked.get("price_kind") or Price.Kind.WHOLESALE,
            buyer=Buyer(dealer.unit.path, dealer.level) if dealer else EVERYBODY,
            day=asked.get("day") or timezone.localdate(),
            order_kind=asked.get("order_kind") or Order.Kind.REGULAR,
        )
        return [
            (one, shown_steps([step.frozen() for step in prices[one.pk].steps]), prices[one.pk].price)
            for one in configurations
            if one.pk in prices
        ]

    def own_dealer(self) -> Dealer | None:
        return getattr(self.request.user.unit, "dealer", None)
