"""The pages that are more than list, record, form or step: quotations, allocation, retail, release."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts import actions, forms, needs, pages
from contracts.models import Allocation, Quotation
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
        return super().get_form_kwargs() | {"record": self.object, "offered": needs.offered_cars(self.need)}

    def get_initial(self) -> dict:
        return {"vehicles": needs.proposed_cars(self.need)}

    def get_context_data(self, **context) -> dict:
        context.setdefault("form", self.get_form())
        cars = context["form"].fields["vehicles"].queryset
        offered = list(zip(context["form"]["vehicles"], cars, strict=True))
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


class CarPage(DeedPage):
    """A deed done with one allocated car."""

    pages = pages.ALLOCATIONS
    template_name = "contracts/car_deed.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_queryset(self):
        return super().get_queryset().select_related("vehicle__sku", "order_line__order__customer")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}


class RetailPage(CarPage):
    permission = "contracts.retail_allocation"
    form_class = forms.RetailForm

    @property
    def heading(self) -> str:
        return _("Enter the retail sale")

    def get_initial(self) -> dict:
        order = self.object.order_line.order
        return {
            "customer": order.customer_id or order.buyer_customer_id,
            "retailed_on": timezone.localdate(),
            "price_amount": self.object.order_line.retail_price_amount,
        }

    def act(self, fields: dict) -> str:
        retail = actions.retail_car(self.object.pk, by=self.request.user, **fields)
        return _("%(vin)s was sold to %(customer)s; its warranty starts on %(day)s.") % {
            "vin": retail.vehicle,
            "customer": retail.customer,
            "day": retail.warranty_starts_on,
        }


class ReleasePage(CarPage):
    permission = "contracts.release_allocation"
    form_class = forms.ReleaseForm

    @property
    def heading(self) -> str:
        return _("Give the car back")

    def act(self, fields: dict) -> str:
        allocation: Allocation = actions.release_allocation(self.object.pk, by=self.request.user, **fields)
        return _("%(vin)s is free again.") % {"vin": allocation.vehicle}
