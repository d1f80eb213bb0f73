"""Customers change hands: transferred, shared, returned to the public pool, claimed from it."""

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from core.bulk import Outcome
from core.errors import RuleBroken, refusal_of
from core.views.deeds import DeedPage
from core.views.page import Page
from customers import actions, ownership_forms, pages
from customers.models import CustomerShare


class CustomerDeed(DeedPage):
    pages = pages.CUSTOMERS

    def settle(self, outcome: Outcome) -> None:
        """The one customer was refused: say why, beside the form."""
        if outcome.refused:
            raise RuleBroken(outcome.refused[self.object.pk])


class TransferPage(CustomerDeed):
    permission = "customers.transfer_customer"
    form_class = ownership_forms.TransferForm
    heading = gettext_lazy("Transfer")

    def act(self, fields: dict) -> str:
        self.settle(actions.transfer_customers([self.object.pk], by=self.request.user, **fields))
        return _("“%(customer)s” now belongs to %(owner)s.") % {"customer": self.object, "owner": fields["owner"]}


class SharePage(CustomerDeed):
    permission = "customers.share_customer"
    form_class = ownership_forms.ShareForm
    heading = gettext_lazy("Share the customer")

    def act(self, fields: dict) -> str:
        share = actions.share_customer(self.object.pk, by=self.request.user, **fields)
        return _("“%(customer)s” is shared with %(person)s until %(day)s.") % {
            "customer": self.object,
            "person": share.person,
            "day": share.until.isoformat(),
        }


class ReturnPage(CustomerDeed):
    permission = "customers.return_customer"
    form_class = ownership_forms.ReturnForm
    heading = gettext_lazy("Return to the public pool")

    def act(self, fields: dict) -> str:
        self.settle(actions.return_customers([self.object.pk], by=self.request.user, **fields))
        return _("“%(customer)s” is in the public pool now.") % {"customer": self.object}


class EndSharePage(Page, View):
    pages = pages.SHARES
    verb = "end"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = CustomerShare.objects.within(request.user, self.verb)
        share = actions.end_share(get_object_or_404(rows, pk=pk).pk, by=request.user)
        messages.success(request, _("“%(customer)s” is no longer shared with %(person)s.") % {
            "customer": share.customer, "person": share.person,
        })  # fmt: skip
        return redirect("customers:customer_detail", share.customer_id)


class ClaimPage(Page, View):
    """One click takes a customer; whoever comes second is told who was first."""

    pages = pages.POOL
    verb = "claim"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            outcome = actions.claim_customers([pk], by=request.user)
        except DatabaseError as error:
            outcome = Outcome(refused={pk: refusal_of(error).sentence})
        if outcome.refused:
            messages.error(request, outcome.refused[pk])
            return redirect("customers:pooledcustomer_list")
        messages.success(request, _("The customer is yours now."))
        return redirect("customers:customer_detail", pk)
