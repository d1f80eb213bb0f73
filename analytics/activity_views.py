"""The statistics page: people by figures, each figure leading to its rows; the same as a workbook."""

import tempfile
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from analytics.activity import DEFAULT_SORT, KINDS, Statistics, statistics_of
from analytics.charts import activity_chart
from analytics.files import file_response, log_export
from core import export
from core.filters import limit_to_visible
from core.periods import Period, parse_period, period_of
from salesplan.activity import CONTACTS
from users.models import Unit

KIND_LABELS = {
    "day": gettext_lazy("By day"),
    "week": gettext_lazy("By week"),
    "month": gettext_lazy("By month"),
    "quarter": gettext_lazy("By quarter"),
}
may_view = permission_required("customers.view_contactrecord", raise_exception=True)


class StatisticsForm(forms.Form):
    """What the address asks for; a period that cannot be read is the present month."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit and those below it"), queryset=Unit.objects.all(), required=False, empty_label=""
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        limit_to_visible(self.fields["unit"], user)


@require_safe
@never_cache
@may_view
def activity_page(request: HttpRequest) -> HttpResponse:
    form = StatisticsForm(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "analytics/activity.html", {"form": form}, status=400)
    found = _statistics(request, form)
    today, kept = timezone.localdate(), {"sort": found.sorted_by.name, "unit": request.GET.get("unit", "")}
    context = {
        "form": form,
        "found": found,
        "lines": [(line, CONTACTS.url(CONTACTS.figures[0], line.person_id, found.period)) for line in found.lines],
        "chart": activity_chart(found),
        "kinds": [(kind, KIND_LABELS[kind], _address(_switched(found.period, kind, today), kept)) for kind in KINDS],
        "former": _address(found.period.previous(), kept),
        "later": _address(found.period.next(), kept) if found.period.end <= today else "",
        "now": timezone.localtime(),
    }
    return render(request, "analytics/activity.html", context)


@require_safe
@never_cache
@may_view
@permission_required("core.export_rows", raise_exception=True)
def activity_file(request: HttpRequest) -> HttpResponse:
    form = StatisticsForm(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "analytics/activity.html", {"form": form}, status=400)
    found = _statistics(request, form)
    title = _("Statistics of salespeople")
    headings = [_("Rank"), _("Name"), _("Unit"), *(str(figure.label) for figure in found.figures)]
    people = [[line.rank, line.name, line.unit, *(line.values.values())] for line in found.lines]
    total = ["", _("Total"), "", *(total.value for total in found.totals)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statistics.xlsx"
        notes = export.notes_about(request.user, filters=f"{found.period.label()} {form.cleaned_data['unit'] or ''}")
        notes += [(str(figure.label), str(figure.definition)) for figure in found.figures]
        export.write_workbook(path, title=title, headings=headings, rows=[*people, total], notes=notes)
        content = path.read_bytes()
    log_export(request, "analytics:activity_workbook", len(people))
    return file_response(content, f"{title}-{found.period}.xlsx", export.XLSX)


def _statistics(request: HttpRequest, form: StatisticsForm) -> Statistics:
    today = timezone.localdate()
    sort = request.GET.get("sort", DEFAULT_SORT)
    period = _asked_period(request, today)
    return statistics_of(request.user, period, unit=form.cleaned_data["unit"], sort=sort, today=today)


def _asked_period(request: HttpRequest, today) -> Period:
    try:
        period = parse_period(request.GET.get("period", ""))
    except ValueError:
        return period_of("month", today)
    return period if period.kind in KINDS and period.start <= today else period_of("month", today)


def _switched(period: Period, kind: str, today) -> Period:
    """The period of another kind one means: today's where today is looked at, else the one that ends with it."""
    return period_of(kind, today if period.contains(today) else period.last_day)


def _address(period: Period, kept: dict[str, str]) -> str:
    parameters = {"period": period} | {name: value for name, value in kept.items() if value}
    return f"{reverse('analytics:activity')}?{urlencode(parameters)}"
