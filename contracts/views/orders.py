"""Orders from quotations, and cars for their lines."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts import actions, forms, needs, pages
from contracts.models import Quotation
from contracts.needs import LineNeed
from core.views import AddPage
from core.views.deeds import DeedPage


class OrderAddPage(AddPage):
    """Lines are taken over from the quotation named in the address."""

    pages = pages.ORDERS

    def lines_initial(self) -> list[dict]:
        key = self.request.GET.get("quotation", "")
        if not key.isdecimal():
            return []
        quotation = Quotation.objects.visible_to(self.request.user).filter(pk=int(key)).first()
        if quotation is None:
            return []
        return [
            {"sku": line.sku, "quantity": line.quantity, "retail_price_amount": line.unit_price_amount}
            for line in quotation.lines.select_related("sku")
        ]


class AllocatePage(DeedPage):
    """Choose cars for one line of an order after the other; the oldest free ones are proposed."""

    pages = pages.ORDERS
    permission = "contracts.allocate_order"
    template_page = "allocate"
    form_class = forms.AllocateForm

    @cached_property
    def needs(self) -> list[LineNeed]:
        return needs.line_needs(self.object)

    @cached_property
    def need(self) -> LineNeed | None:
        """The line named in the address, else the first that still needs cars."""
        wanted = self.request.GET.get("line", "")
        return next((need for need in self.needs if str(need.line.pk) == wanted), None) or next(
            (need for need in self.needs if need.open_count), None
        )

    def dispatch(self, request, *args, **kwargs):
        if self.has_permission() and self.need is None:
            messages.info(request, _("Every line of “%(order)s” has its cars.") % {"order": self.object})
            return redirect(self.pages.url("detail", self.object.pk))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object, "need": self.need}

    def get_initial(self) -> dict:
        return {"vehicles": needs.proposed_cars(self.need)}

    def get_context_data(self, **context) -> dict:
        context.setdefault("form", self.get_form())
        form = context["form"]
        offered = list(zip(form["vehicles"], form.offered, strict=True))
        return super().get_context_data(needs=self.needs, need=self.need, offered=offered, **context)

    def act(self, fields: dict) -> str:
        cars = actions.allocate_vehicles(
            self.need.line.pk,
            by=self.request.user,
            vehicle_ids=[vehicle.pk for vehicle in fields["vehicles"]],
            reserved_until=fields["reserved_until"],
            reason=fields["reason"],
        )
        return ngettext(
            "%(cars)d car was allocated to “%(order)s”.", "%(cars)d cars were allocated to “%(order)s”.", len(cars)
        ) % {"cars": len(cars), "order": self.object}
