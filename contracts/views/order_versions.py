"""A change of an approved order: asked for, and shown beside what was approved before."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from contracts import actions, pages, queries
from contracts.models import Order, OrderVersion
from contracts.pages.orders import lines_of_record
from core.views import AddPage, DetailPage


class OrderChangePage(AddPage):
    """Begins with the lines of the order as they are."""

    pages = pages.ORDER_VERSIONS

    @cached_property
    def order(self) -> Order:
        return get_object_or_404(Order.objects.changeable_by(self.request.user), pk=self.kwargs["pk"])

    def lines_initial(self) -> list[dict]:
        return [line for line in lines_of_record(self.order) if line["quantity"]]

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(order=self.order, **context)

    def act(self, fields: dict) -> OrderVersion:
        return actions.propose_version(self.order.pk, by=self.request.user, **fields)

    def saved_message(self, version: OrderVersion) -> str:
        return _("“%(version)s” waits for its approval.") % {"version": version}


class OrderVersionPage(DetailPage):
    pages = pages.ORDER_VERSIONS

    def get_queryset(self):
        return super().get_queryset().select_related("order")

    def get_context_data(self, **context) -> dict:
        version = self.object
        former = (
            version.order.versions.filter(version__lt=version.version)
            .exclude(status=OrderVersion.Status.REJECTED)
            .order_by("-version")
            .first()
        )
        return super().get_context_data(
            former=former,
            former_url=self.pages.url("detail", former.pk) if former else "",
            difference=version.total_amount - former.total_amount if former else None,
            differences=queries.line_differences(former.lines.all(), version.lines.all()) if former else [],
            **context,
        )
