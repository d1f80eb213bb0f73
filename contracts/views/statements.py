"""Statements of account: of a dealer on his own page, of a key account that buys without a dealer here."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contracts.statements import customer_statement
from core.choices import ask_remotely
from core.filters import limit_to_visible
from customers.models import Customer
from dealers.models import Dealer
from dealers.printing import headings
from dealers.statements import dealers_with_open_accounts
from dealers.views import PeriodForm, shown, statement_response

may_view = permission_required(("contracts.view_receipt", "contracts.view_invoice"), raise_exception=True)


class HolderForm(forms.Form):
    """Whose statement it shall be."""

    dealer = forms.ModelChoiceField(label=_("Dealer"), queryset=Dealer.objects.all(), required=False)
    customer = forms.ModelChoiceField(
        label=_("Key account buying direct"), queryset=Customer.objects.all(), required=False
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["dealer"].queryset = dealers_with_open_accounts(user)
        limit_to_visible(self.fields["customer"], user)
        buyers = self.fields["customer"].queryset.filter(direct_orders__isnull=False).distinct()
        self.fields["customer"].queryset = buyers
        for field in self.fields.values():
            ask_remotely(field)


@require_safe
@never_cache
@may_view
def statements_page(request: HttpRequest) -> HttpResponse:
    """Leads to the statement of whoever is chosen."""
    form = HolderForm(request.GET or None, user=request.user)
    if form.is_bound and form.is_valid():
        dealer, customer = form.cleaned_data["dealer"], form.cleaned_data["customer"]
        if dealer:
            return redirect("dealers:dealer_accounts", dealer.pk)
        if customer:
            return redirect("contracts:customer_statement", customer.pk)
    return render(request, "contracts/statements.html", {"form": form})


@require_safe
@never_cache
@may_view
def customer_statement_page(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=pk)
    form = PeriodForm(request.GET)
    context = {"customer": customer, "form": form, "headings": headings()}
    if form.is_valid():
        first, last = form.days
        context |= shown(customer_statement(customer, first=first, last=last))
    return render(request, "contracts/customer_statement.html", context, status=200 if form.is_valid() else 400)


@require_safe
@never_cache
@may_view
@permission_required("core.export_rows", raise_exception=True)
def customer_statement_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=pk)
    form = PeriodForm(request.GET)

    def statement():
        first, last = form.days
        return customer_statement(customer, first=first, last=last)

    back = reverse("contracts:customer_statement", args=[customer.pk])
    return statement_response(request, form, statement, kind=kind, name=f"{customer.pk}", back=back)
