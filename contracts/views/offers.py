"""The pages that are more than list, record, form or step: quotations, allocation, retail, release."""

import json
from io import BytesIO

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from contracts import actions, discounts, links, pages, papers, printing, queries
from contracts.fulfilment import fulfilment_of
from contracts.models import DiscountLimit, Quotation
from core.downloads import download
from core.errors import RuleBroken
from core.views import AddPage, DetailPage, EditPage, StepPage
from core.views.page import Page
from customers.models import Opportunity


class QuotationPage(DetailPage):
    """With what changed from the version before, and whose approval the prices still need."""

    pages = pages.QUOTATIONS

    def get_queryset(self):
        return super().get_queryset().select_related("customer", "revises", "unit")

    def get_context_data(self, **context) -> dict:
        quotation = self.object
        return super().get_context_data(
            former=quotation.revises,
            former_url=self.pages.url("detail", quotation.revises_id) if quotation.revises else "",
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


class ContractPage(DetailPage):
    """With what was ordered, delivered, invoiced and paid of what was agreed."""

    pages = pages.CONTRACTS

    def get_context_data(self, **context) -> dict:
        contract, user, today = self.object, self.request.user, timezone.localdate()
        may_add = user.has_perm("contracts.add_contract")
        return super().get_context_data(
            fulfilment=fulfilment_of(contract, user),
            renewal=contract.ends_soon(today),
            renew_url=links.renewal_of(contract) if may_add else "",
            **context,
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


class PdfPage(Page, SingleObjectMixin, View):
    """The record on paper; what cannot be printed is said on the record page."""

    def printed(self, record) -> bytes:
        raise NotImplementedError

    def get(self, request, pk):
        record = self.get_object()
        try:
            content = self.printed(record)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
            return redirect(self.pages.url("detail", record.pk))
        actions.log_printing(record, by=request.user)
        return download(BytesIO(content), name=f"{record}.pdf".replace(" ", "-"), media_type="application/pdf")


class QuotationPdfPage(PdfPage):
    pages = pages.QUOTATIONS

    def get_queryset(self):
        return super().get_queryset().select_related("customer", "owner", "unit")

    def printed(self, record) -> bytes:
        return printing.quotation_pdf(record)


class ContractPdfPage(PdfPage):
    pages = pages.CONTRACTS

    def get_queryset(self):
        return super().get_queryset().select_related("dealer", "customer", "quotation__unit")

    def printed(self, record) -> bytes:
        return papers.contract_pdf(record)


class OrderPdfPage(PdfPage):
    pages = pages.ORDERS

    def get_queryset(self):
        return super().get_queryset().select_related("contract", "buyer_dealer", "buyer_customer", "owner")

    def printed(self, record) -> bytes:
        return papers.order_pdf(record)
