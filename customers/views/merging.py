"""The page on which two customers are merged, and where the address of a merged one leads."""

from collections.abc import Iterable

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import RuleBroken, refusal_of
from core.views import DetailPage
from core.views.page import Page
from customers import actions, comparison, ownership_forms, pages
from customers.models import Customer


class CustomerPage(DetailPage):
    """The address of a row that was merged leads to the row that stands for it."""

    pages = pages.CUSTOMERS

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            winner = Customer.objects.filter(pk=kwargs["pk"]).values_list("merged_into", flat=True).first()
            if winner is None or not self.get_queryset().filter(pk=winner).exists():
                raise
        messages.info(request, _("This customer was merged; here is the record that was kept."))
        return redirect("customers:customer_detail", winner)


class MergePage(Page, TemplateView):
    """Two customers side by side: which row stays, and which value of each field."""

    pages = pages.CUSTOMERS
    verb = "merge"
    template_page = "merge"

    def get_queryset(self):
        return Customer.objects.within(self.request.user, self.verb)

    def chosen(self, keys: Iterable[str]) -> list[Customer]:
        wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19][:2]
        found = self.get_queryset().select_related("owner", "unit", "source", "dealer", "parent").in_bulk(wanted)
        return [found[key] for key in dict.fromkeys(wanted) if key in found]

    def get(self, request: HttpRequest) -> HttpResponse:
        if len(request.GET.getlist("pk")) > 2:
            messages.info(request, _("Two customers are merged at a time: these are the first two."))
        return super().get(request)

    def get_context_data(self, **context) -> dict:
        customers = self.chosen(self.request.GET.getlist("pk"))
        if len(customers) == 2:
            context["rows"] = comparison.compared(*customers, user=self.request.user)
        else:
            context["form"] = ownership_forms.OtherCustomerForm(user=self.request.user)
            context["twins"] = comparison.twins_of(customers[0], self.get_queryset()) if customers else ()
        return super().get_context_data(customers=customers, **context)

    def post(self, request: HttpRequest) -> HttpResponse:
        address = f"{reverse('customers:customer_merge')}?{request.GET.urlencode()}"
        customers = {str(row.pk): row for row in self.chosen(request.GET.getlist("pk"))}
        winner = customers.pop(request.POST.get("winner", ""), None)
        if winner is None or len(customers) != 1:
            messages.error(request, _("Choose which of the two customers is kept."))
            return redirect(address)
        ((loser_key, loser),) = customers.items()
        taken = [name for name in comparison.choice_names(winner, loser) if request.POST.get(name) == loser_key]
        try:
            merge = actions.merge_customers(winner.pk, loser.pk, by=request.user, taken=taken)
        except (RuleBroken, DatabaseError) as error:
            messages.error(request, refusal_of(error).sentence)
            return redirect(address)
        text = _("“%(loser)s” was merged into “%(winner)s”; %(count)d records followed. It can be undone for 30 days.")
        messages.success(request, text % {"loser": loser, "winner": winner, "count": merge.moved_count})
        return redirect("customers:customer_detail", winner.pk)
