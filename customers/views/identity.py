from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from customers.identity import compact
from customers.models import Customer


class IdNumberForm(forms.Form):
    id_number = forms.CharField(max_length=30)


class FindByIdNumber(PermissionRequiredMixin, View):
    """By POST and whole, so that no ID number stands in an address, a log or a saved view."""

    permission_required = "customers.view_customer"
    raise_exception = True

    def get(self, request):
        return redirect("customers:customer_list")

    def post(self, request):
        form = IdNumberForm(request.POST)
        number = compact(form.cleaned_data["id_number"]) if form.is_valid() else ""
        found = Customer.objects.visible_to(request.user).with_id_number(number).first() if number else None
        if found is None:
            messages.warning(request, _("None of the customers you may see has this ID number."))
            return redirect("customers:customer_list")
        return redirect("customers:customer_detail", pk=found.pk)
