from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from salesplan import queries
from salesplan.models import (
    Forecast,
    ProductionPlan,
    ProductionPlanLine,
    Quota,
    ReportTemplate,
    SalesPlan,
    SalesPlanLine,
    WorkReport,
)
from salesplan.models.work_reports import IS_LATE

# The sum over all dealers is for those who see all dealers.
PLANNED = Column(
    "planned_count",
    _("Planned cars"),
    kind="number",
    expression=Sum("lines__quantity"),
    permission="salesplan.view_productionplan",
)
SALES_PLANS = Table(
    SalesPlan,
    (
        Column("number", link=True),
        Column("month", kind="month"),
        Column("version", kind="number"),
        Column("status", kind="status"),
        PLANNED,
        Column("owner__name"),
        Column("created_at", kind="datetime"),
        Column("note", shown=False),
    ),
    order=("-month", "-version", "-pk"),
)
SALES_PLAN_LINES = Table(
    SalesPlanLine,
    (
        Column("dealer__name"),
        Column("sku__name"),
        Column("sku__code", _("SKU code"), shown=False),
        Column("quantity", kind="number", total=True),
        Column("plan__month", _("Month"), kind="month"),
        Column("plan__version", _("Version"), kind="number", shown=False),
        Column("plan__status", _("Status of the plan"), kind="status", shown=False),
    ),
    order=("-plan__month", "-plan__version", "dealer__code", "sku__code", "pk"),
)
PRODUCTION_PLANS = Table(
    ProductionPlan,
    (
        Column("number", link=True),
        Column("month", kind="month"),
        Column("status", kind="status"),
        Column("sales_plan__number"),
        Column("to_build_count", _("Cars to build"), kind="number", expression=Sum("lines__quantity")),
        Column("built_count", _("Built"), kind="number", expression=Sum("lines__produced_count")),
        Column("created_at", kind="datetime"),
    ),
    order=("-month", "-pk"),
)
PRODUCTION_PLAN_LINES = Table(
    ProductionPlanLine,
    (
        Column("sku__name"),
        Column("sku__code", _("SKU code")),
        Column("demand_count", kind="number", total=True),
        Column("stock_count", kind="number", total=True),
        Column("quantity", kind="number", total=True),
        Column("produced_count", kind="number", total=True),
        Column(
            "open_cars", _("Still to build"), kind="number", expression=F("quantity") - F("produced_count"), total=True
        ),
        Column("plan__month", _("Month"), kind="month"),
        Column("plan__status", _("Status of the plan"), kind="status", shown=False),
    ),
    order=("-plan__month", "sku__code", "pk"),
)
QUOTAS = Table(
    Quota,
    (
        Column("user__name", link=True),
        Column("month", kind="month"),
        Column("target_count", kind="number", total=True),
        Column("actual_count", _("Sold (cars)"), kind="number", expression=queries.quota_actual()),
        Column("target_amount", kind="money", total=True),
        Column("user__unit__name", _("Unit")),
    ),
    order=("-month", "user__name", "pk"),
)
FORECASTS = Table(
    Forecast,
    (
        Column("label"),
        Column("month", kind="month"),
        Column("mean", kind="money"),
        Column("lower80", kind="money"),
        Column("upper80", kind="money"),
        Column("lower95", kind="money", shown=False),
        Column("upper95", kind="money", shown=False),
        Column("model"),
        Column("published_at", kind="datetime"),
        Column("scope_key", shown=False),
        Column("run_reference", kind="number", shown=False),
    ),
    order=("label", "month", "pk"),
)
REPORT_TEMPLATES = Table(
    ReportTemplate,
    (
        Column("role", kind="choice", link=True),
        Column("kind", kind="choice"),
        Column("section_count", _("Sections"), kind="number", expression=Count("sections")),
        Column("due_after_days", kind="number"),
        Column("due_at"),
        Column("is_required", kind="boolean"),
    ),
    order=("role", "kind", "pk"),
)
LATE = Case(When(Q(submitted_at=None), then=None), When(IS_LATE, then=Value(True)), default=Value(False))
WORK_REPORTS = Table(
    WorkReport,
    (
        Column("starts_on", kind="date", link=True),
        Column("kind", kind="choice"),
        Column("owner__name", _("Written by")),
        Column("unit__name"),
        Column("status", kind="status"),
        Column("mark", kind="choice"),
        Column("submitted_at", kind="datetime"),
        Column("late", _("Late"), kind="boolean", expression=LATE),
        Column("reviewer__name"),
        Column("due_at", kind="datetime", shown=False),
        Column("reviewed_at", kind="datetime", shown=False),
        Column("review", shown=False),
    ),
    order=("-starts_on", "-pk"),
)
