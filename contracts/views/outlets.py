"""Retail by selling outlet: what each second-tier outlet handed over for its dealer, each figure with its rows."""

from datetime import timedelta

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contracts.links import counted_retails
from contracts.models import Retail
from contracts.queries import OutletVolume, outlet_volumes
from core.addresses import key_in
from core.periods import Period
from dealers.models import Dealer
from dealers.views import PeriodForm


@require_safe
@never_cache
@permission_required("contracts.view_retail", raise_exception=True)
def outlets_page(request: HttpRequest) -> HttpResponse:
    """In the reader's rights; of one dealer where the address names him."""
    form = PeriodForm(request.GET)
    dealer = Dealer.objects.visible_to(request.user).filter(pk=key_in(request.GET.get("dealer", ""))).first()
    context = {"form": form, "dealer": dealer}
    if form.is_valid():
        first, last = form.days
        period = Period("custom", first, last + timedelta(days=1))
        retails = Retail.objects.visible_to(request.user)
        volumes = outlet_volumes(retails.filter(dealer=dealer) if dealer else retails, period)
        context |= {
            "period": period,
            "rows": [(volume, _rows_behind(volume, period)) for volume in volumes],
            "total": sum(volume.count for volume in volumes),
            "total_amount": sum(volume.amount for volume in volumes),
        }
    return render(request, "contracts/outlets.html", context, status=200 if form.is_valid() else 400)


def _rows_behind(volume: OutletVolume, period: Period) -> str:
    if volume.outlet_id:
        return counted_retails(period, dealer=volume.outlet_id)
    return counted_retails(period, dealer=volume.dealer_id, is_by_outlet="false")
