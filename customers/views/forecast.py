"""The weighted pipeline by month of expected close."""

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.charts import BarChart, Mark, Size, Unit
from customers.filters import ForecastFilter
from customers.models import Opportunity
from customers.outlook import Expected, Outlook, outlook


@require_safe
@never_cache
@permission_required("customers.view_opportunity", raise_exception=True)
def forecast_page(request: HttpRequest) -> HttpResponse:
    visible = Opportunity.objects.visible_to(request.user)
    chosen = ForecastFilter(request.GET or None, visible, user=request.user)
    is_readable = not chosen.is_bound or chosen.is_valid()
    found = outlook(chosen.qs if is_readable else visible.none(), timezone.localdate())
    filters = {name: value for name, value in request.GET.items() if name in chosen.filters and value}
    shown = sorted([*found.months, *found.others], key=place_of)
    rows = [(label_of(one), one, links_of(one, filters)) for one in shown]
    context = {
        "filter": chosen,
        "chips": list(chosen.chips()) if chosen.is_bound else [],
        "rows": rows,
        "total": found.total,
        "chart": forecast_chart(found, filters),
    }
    return render(request, "customers/opportunity_forecast.html", context)


def place_of(one: Expected) -> tuple[bool, date]:
    """In the order of time; what has no day comes last."""
    return one.start is None and one.end is None, one.start or date.min


def label_of(one: Expected) -> str:
    if one.start is None:
        return _("Without a day") if one.end is None else _("Earlier")
    return _("Later") if one.end is None else f"{one.start:%Y-%m}"


def links_of(one: Expected, filters: dict) -> dict[str, str]:
    """Each figure opens the rows it sums; the lost ones in the list of the weighted amount are worth nothing."""
    chosen = filters | one.days
    return {
        "open": list_url(chosen | {"is_open": "true"}),
        "won": list_url(chosen | {"status": Opportunity.Status.WON}),
        "weighted": list_url(chosen),
    }


def list_url(query: dict) -> str:
    return f"{reverse('customers:opportunity_list')}?{urlencode(query)}"


def forecast_chart(found: Outlook, filters: dict) -> BarChart:
    return BarChart(
        title=_("Weighted pipeline by month of expected close"),
        unit=Unit(_("10,000 yuan"), divisor=10_000, decimals=1),
        size=Size.FULL,
        category=_("Month"),
        marks=[
            Mark(f"{one.start:%Y-%m}", one.weighted_amount, links_of(one, filters)["weighted"]) for one in found.months
        ],
        newest_last=False,
        note=_("Open opportunities by their chance, won ones in full, lost ones not at all."),
    )
