"""The pages that are more than list, record, form or step: quotations, allocation, retail, release."""

import json
from io import BytesIO

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from contracts import actions, discounts, forms, pages, printing, queries
from contracts.models import Allocation, DiscountLimit, Quotation
from core.downloads import download
from core.errors import RuleBroken
from core.views import AddPage, DetailPage, EditPage, StepPage
from core.views.deeds import DeedPage
from core.views.page import Page
from customers.models import Opportunity


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
    def needs(self) -> list[queries.LineNeed]:
        return queries.line_needs(self.object)

    @cached_property
    def need(self) -> queries.LineNeed | None:
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
        return super().get_form_kwargs() | {"record": self.object, "offered": queries.offered_cars(self.need)}

    def get_initial(self) -> dict:
        return {"vehicles": queries.proposed_cars(self.need)}

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


class QuotationPage(DetailPage):
    """With what changed from the version before, and whose approval the prices still need."""

    pages = pages.QUOTATIONS

    def get_queryset(self):
        return super().get_queryset().select_related("customer", "revises", "unit")

    def get_context_data(self, **context) -> dict:
        quotation = self.object
        return super().get_context_data(
            former=quotation.revises,
            difference=quotation.total_amount - quotation.revises.total_amount if quotation.revises else None,
            differences=queries.version_differences(quotation.revises, quotation) if quotation.revises else [],
            revision=Quotation.objects.filter(revises=quotation).first(),
            needed_approval=self.needed_approval(),
            **context,
        )

    def needed_approval(self) -> str:
        """Said to whoever could send it, were the discount within his limit."""
        quotation, user, today = self.object, self.request.user, timezone.localdate()
        is_open = quotation.status in (*Quotation.CHANGEABLE, Quotation.Status.SUBMITTED)
        return (
            ""
            if not is_open or discounts.is_within(quotation, user, today)
            else discounts.why_beyond(quotation, user, today)
        )


class QuotationFormPage:
    """The form shows guide price, discount and amount as they are typed."""

    pages = pages.QUOTATIONS

    def get_context_data(self, **context) -> dict:
        user, today = self.request.user, timezone.localdate()
        limit = (
            discounts.limit_for(self.object, user, today)
            if self.object
            else DiscountLimit.objects.limit_of(user, today)
        )
        return super().get_context_data(
            guide_prices=json.dumps(queries.guide_prices(today)),
            discount_limit=limit,
            **context,
        )


class QuotationAddPage(QuotationFormPage, AddPage):
    """Made from an opportunity it begins with what the customer wants."""

    def lines_initial(self) -> list[dict]:
        key = self.request.GET.get("opportunity", "")
        if not key.isdecimal():
            return []
        opportunity = Opportunity.objects.visible_to(self.request.user).filter(pk=int(key)).first()
        return queries.wanted_cars(opportunity) if opportunity else []


class QuotationEditPage(QuotationFormPage, EditPage):
    pass


class RevisePage(StepPage):
    """The way leads on to the new version; whoever clicks twice gets there too."""

    pages = pages.QUOTATIONS

    def form_valid(self, form):
        if self.object.status == Quotation.Status.SUPERSEDED:
            return redirect(self.next_url(self.object))
        return super().form_valid(form)

    def next_url(self, quotation: Quotation) -> str:
        return self.pages.url("edit", quotation.revision.pk)


class MakeContractPage(StepPage):
    pages = pages.QUOTATIONS

    def next_url(self, quotation: Quotation) -> str:
        return pages.CONTRACTS.url("detail", quotation.contract.pk)


class QuotationPdfPage(Page, SingleObjectMixin, View):
    pages = pages.QUOTATIONS

    def get_queryset(self):
        return super().get_queryset().select_related("customer", "owner", "unit")

    def get(self, request, pk):
        quotation = self.get_object()
        try:
            content = printing.quotation_pdf(quotation)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
            return redirect(self.pages.url("detail", quotation.pk))
        actions.log_printing(quotation, by=request.user)
        return download(BytesIO(content), name=f"{quotation}.pdf".replace(" ", "-"), media_type="application/pdf")
