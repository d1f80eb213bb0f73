"""Plan execution: what was planned for a month beside what was sold."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contracts.links import counted_retails
from core.charts import BarChart, Mark, Size, Unit
from core.months import MonthField
from core.periods import month_of
from core.working_days import is_published
from salesplan import queries

GROUPINGS = (
    (queries.DEALER, gettext_lazy("Dealer")),
    (queries.REGION, gettext_lazy("Region")),
    (queries.SERIES, gettext_lazy("Series")),
    (queries.SKU, gettext_lazy("SKU")),
)
MOST_BARS = 60


class ExecutionForm(forms.Form):
    month = MonthField(label=gettext_lazy("Month"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Grouped by"), choices=GROUPINGS, required=False)


@require_safe
@permission_required("salesplan.view_salesplanline", raise_exception=True)
def execution(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = ExecutionForm(request.GET)
    if not form.is_valid():
        return render(request, "salesplan/execution.html", {"form": form}, status=400)
    period = month_of(form.cleaned_data["month"] or today)
    by = form.cleaned_data["by"] or queries.DEALER
    shown = ExecutionForm(initial={"month": period.start, "by": by})
    found = queries.plan_execution(period, user=request.user, today=today, group_by=by)
    rows = [(row, retail_url(row, period, by)) for row in found.rows]
    context = {
        "form": shown,
        "execution": found,
        "rows": rows,
        "grouping": dict(GROUPINGS)[by],
        "plan": queries.published_plan(period.start),
        "chart": execution_chart(rows, period, dict(GROUPINGS)[by]),
        "is_calendar_published": is_published(period.last_day),
        "former": period.previous(),
        "later": period.next(),
    }
    return render(request, "salesplan/execution.html", context)


def retail_url(row: queries.Progress, period, by: str) -> str:
    """The sales of the row; empty where they have no dealer or region, which no list can be filtered by."""
    return counted_retails(period, **{queries.RETAIL_FILTERS[by]: row.key}) if row.key else ""


def execution_chart(rows: list[tuple[queries.Progress, str]], period, grouping: str) -> BarChart:
    drawn = rows[:MOST_BARS]
    return BarChart(
        title=_("Plan and retail sales of %(month)s") % {"month": period.label()},
        unit=Unit(_("cars")),
        size=Size.FULL,
        category=str(grouping),
        marks=[Mark(row.label, row.actual, url) for row, url in drawn],
        plan=[row.plan for row, _url in drawn],
        newest_last=False,
        note=_("Retail sales by the day of sale, returns deducted; the plan is the version published last."),
    )
