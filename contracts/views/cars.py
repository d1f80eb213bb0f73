"""What is done with one car of an order: sold, given back, returned; and with its sale: taken back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import actions, forms, pages
from contracts.models import Allocation
from core.formats import money
from core.views.deeds import DeedPage


class CarPage(DeedPage):
    """A deed done with one allocated car."""

    pages = pages.ALLOCATIONS
    template_name = "contracts/car_deed.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("vehicle__sku", "order_line__order__customer", "order_line__order__buyer_dealer")
        )

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


class ReturnCarPage(CarPage):
    permission = "contracts.return_allocation"
    form_class = forms.ReturnCarForm

    @property
    def heading(self) -> str:
        return _("Return the car to the factory")

    def act(self, fields: dict) -> str:
        allocation = actions.return_car(self.object.pk, by=self.request.user, **fields)
        return _("%(vin)s is back in %(warehouse)s; the buyer owes %(amount)s yuan less.") % {
            "vin": allocation.vehicle,
            "warehouse": fields["warehouse"],
            "amount": money(allocation.order_line.unit_price_amount),
        }


class TakeBackRetailPage(DeedPage):
    """The customer gave the car back."""

    pages = pages.RETAILS
    permission = "contracts.reverse_retail"
    form_class = forms.TakeBackForm

    @property
    def heading(self) -> str:
        return _("Take the sale back")

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"record": self.object}

    def act(self, fields: dict) -> str:
        retail = actions.take_back_retail(self.object.pk, by=self.request.user, **fields)
        return _("%(vin)s stands in the dealer's stock again.") % {"vin": retail.vehicle}
