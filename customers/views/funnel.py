"""The sales funnel of a period: counts and shares by cohort and by calendar, each figure with its rows."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.charts import FunnelChart, Mark, Unit
from core.periods import Period, parse_period, period_of
from customers.filters import FunnelFilter
from customers.funnel import Basis, Figure, Funnel, FunnelFigures, figures_of
from customers.models import ContactRecord, Opportunity, WalkIns

KINDS = ("month", "quarter", "year")


@require_safe
@never_cache
@permission_required(("customers.view_contactrecord", "customers.view_opportunity"), raise_exception=True)
def funnel_page(request: HttpRequest) -> HttpResponse:
    period = asked_period(request)
    chosen = FunnelFilter(request.GET or None, ContactRecord.objects.visible_to(request.user), user=request.user)
    is_readable = not chosen.is_bound or chosen.is_valid()
    funnel = funnel_of(chosen, period) if is_readable else None
    found = [figures_of(funnel, basis) for basis in Basis.values] if funnel else []
    filters = {name: request.GET[name] for name in ("unit", "source") if request.GET.get(name)}
    context = {
        "period": period,
        "periods": [(period_of(kind, period.last_day), period_of(kind, period.last_day).label()) for kind in KINDS],
        "former": period.previous(),
        "later": period.next(),
        "filter": chosen,
        "chips": list(chosen.chips()) if chosen.is_bound else [],
        "tables": [(Basis(one.basis).label, one, lines_of(one, period, filters)) for one in found],
        "chart": funnel_chart(found[0], period, filters) if found else None,
    }
    return render(request, "customers/funnel.html", context)


def asked_period(request: HttpRequest) -> Period:
    """This month where none is asked for that can be read."""
    try:
        return parse_period(request.GET.get("period", ""))
    except ValueError:
        return period_of("month", timezone.localdate())


def funnel_of(chosen: FunnelFilter, period: Period) -> Funnel:
    user = chosen.user
    unit = chosen.form.cleaned_data.get("unit") if chosen.is_bound else None
    source = chosen.form.cleaned_data.get("source") if chosen.is_bound else None
    opportunities, walk_ins = Opportunity.objects.visible_to(user), WalkIns.objects.visible_to(user)
    if unit:
        opportunities = opportunities.filter(unit__path__startswith=unit.path)
        walk_ins = walk_ins.filter(unit__path__startswith=unit.path)
    if source:  # of parties without a name no source is known
        opportunities, walk_ins = opportunities.of_source(source), walk_ins.none()
    return Funnel(chosen.qs, opportunities, walk_ins, period)


def lines_of(found: FunnelFigures, period: Period, filters: dict) -> list[tuple[str, int, str]]:
    """The counts from the first contact to the delivery, each with the rows it counts."""
    lines = [
        (Figure(name).label, found.counts[name], rows_url(name, found.basis, period, filters)) for name in Figure.values
    ]
    days = {"from_day": period.start, "to_day": period.last_day}
    walk_ins = f"{reverse('customers:walkins_list')}?{urlencode(filters | days)}"
    lines.insert(2, (_("Walk-ins without contact data"), found.anonymous, walk_ins))
    for status, count in ((Opportunity.Status.WON, found.won), (Opportunity.Status.LOST, found.lost)):
        label = _("Opportunities: %(status)s") % {"status": status.label}
        lines.append((label, count, opportunities_url(status, found.basis, period, filters)))
    return lines


def rows_url(figure: str, basis: str, period: Period, filters: dict) -> str:
    query = filters | {"figure": figure, "basis": basis, "period": period}
    return f"{reverse('customers:contactrecord_list')}?{urlencode(query)}"


def opportunities_url(status: str, basis: str, period: Period, filters: dict) -> str:
    when = {"visited": period}
    if basis == Basis.CALENDAR:
        when = {"closed_from": period.start, "closed_until": period.last_day}
    return f"{reverse('customers:opportunity_list')}?{urlencode(filters | {'status': status} | when)}"


def funnel_chart(found: FunnelFigures, period: Period, filters: dict) -> FunnelChart:
    shown = (Figure.FILES, Figure.TEST_DRIVES, Figure.QUOTATIONS, Figure.ORDERS, Figure.DELIVERIES)
    marks = [Mark(_("First visits"), found.first_visits)]
    marks += [Mark(str(one.label), found.counts[one], rows_url(one, found.basis, period, filters)) for one in shown]
    return FunnelChart(
        title=_("Visitors who first came in %(period)s") % {"period": period.label()},
        unit=Unit(_("visitors")),
        marks=marks,
        note=_("By cohort: whatever these visitors did later counts, whenever they did it."),
    )
