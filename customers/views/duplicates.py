"""What the form of a lead or customer asks while one types."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.addresses import key_in
from core.search import normal
from customers.divisions import place_of
from customers.duplicates import duplicates, known
from customers.models import Customer, Lead
from customers.widgets import DivisionSelect


@permission_required("customers.view_customer", raise_exception=True)
@never_cache
@require_POST
def show_duplicates(request: HttpRequest) -> HttpResponse:
    """Who is registered already under what is being typed; by POST, so that no phone stands in a log of addresses."""
    typed = {name: normal(request.POST.get(name, "")) for name in ("name", "city", "credit_code")}
    typed["city"] = typed["city"] or place_of(DivisionSelect().value_from_datadict(request.POST, None, "division")).city
    about = known(phones=[request.POST.get(name, "") for name in ("phone", "other_phone")], **typed)
    found = duplicates(about, user=request.user, but=_edited(request.POST.get("record", "")))
    return render(request, "customers/_duplicates.html", {"duplicates": found})


def _edited(record: str) -> Customer | Lead | None:
    """The record whose form is open, named like "lead:7": it is no duplicate of itself."""
    kind, _mark, key = record.partition(":")
    model = {"customer": Customer, "lead": Lead}.get(kind)
    return model(pk=key_in(key)) if model and key_in(key) else None
