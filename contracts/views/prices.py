from contracts import pages
from contracts.models import OrderLine
from contracts.price_conditions import shown_steps
from core.views import DetailPage


class OrderPage(DetailPage):
    """With how the price of each line came about."""

    pages = pages.ORDERS

    def get_context_data(self, **context) -> dict:
        lines = OrderLine.objects.visible_to(self.request.user).filter(order=self.object).select_related("sku")
        return super().get_context_data(
            explained_lines=[(line, shown_steps(line.price_steps)) for line in lines.order_by("pk")], **context
        )
