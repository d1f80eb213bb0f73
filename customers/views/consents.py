from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import RuleBroken
from customers import actions
from customers.models import Customer


@permission_required("customers.add_consent", raise_exception=True)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_object_or_404(Customer.objects.changeable_by(request.user), pk=pk)
    try:
        consent = actions.withdraw_consent(customer.pk, request.POST.get("purpose", ""), by=request.user)
        purpose = consent.text.get_purpose_display()
        messages.success(
            request, _("%(customer)s took back: %(purpose)s.") % {"customer": customer, "purpose": purpose}
        )
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
    return redirect("customers:customer_detail", customer.pk)
