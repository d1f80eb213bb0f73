"""The conversion of a lead; whoever comes second is led to what the first one made."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.views import StepPage
from customers.models import Customer, Lead


class ConvertPage(StepPage):
    def get(self, request, *args, **kwargs) -> HttpResponse:
        return self.answer_converted() or super().get(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        answer = super().form_valid(form)
        return self.answer_converted() or answer

    def form_invalid(self, form) -> HttpResponse:
        """A second click is refused by the locked status; to the user that is no error."""
        return self.answer_converted() or super().form_invalid(form)

    def answer_converted(self) -> HttpResponse | None:
        lead = Lead.objects.select_related("customer").get(pk=self.object.pk)
        if lead.status != Lead.Status.CONVERTED:
            return None
        if self.object.status == Lead.Status.CONVERTED or self.request.method == "GET":
            messages.info(
                self.request,
                _("“%(lead)s” is a customer already: %(customer)s.") % {"lead": lead, "customer": lead.customer},
            )
        if Customer.objects.visible_to(self.request.user).filter(pk=lead.customer_id).exists():
            return redirect(reverse("customers:customer_detail", args=[lead.customer_id]))
        return redirect(reverse("customers:lead_detail", args=[lead.pk]))
