from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.pages import Pages, Panel
from salesplan import actions, filters, forms, tables, workflow
from salesplan.models import (
    ProductionPlan,
    ProductionPlanLine,
    ReportTemplate,
    SalesPlan,
    SalesPlanLine,
    WorkReport,
)

LIST_ONLY = frozenset({"list"})


def plan_lines(plan: SalesPlan) -> list[dict]:
    return list(plan.lines.order_by("dealer__code", "sku__code").values("dealer", "sku", "quantity"))


def plan_links(plan: SalesPlan, user):
    if plan.status != SalesPlan.Status.PUBLISHED:
        return
    if user.has_perm("salesplan.add_productionplan"):
        yield _("Derive the production plan"), f"{reverse('salesplan:productionplan_add')}?sales_plan={plan.pk}"
    if user.has_perm("salesplan.view_salesplanline"):
        yield _("Plan execution"), f"{reverse('salesplan:execution')}?month={plan.month:%Y-%m}"


def template_sections(template: ReportTemplate) -> list[dict]:
    return list(template.sections.values("part", "title", "prompt", "is_required"))


def report_links(report: WorkReport, user):
    if report.owner_id != user.pk and user.has_perm("users.supervise_user"):
        yield _("All reports of the author"), f"{reverse('salesplan:workreport_list')}?owner={report.owner_id}"


def derive_production_plan(*, by, sales_plan: SalesPlan) -> ProductionPlan:
    return actions.derive_production_plan(sales_plan.pk, by=by)


SALES_PLANS = Pages(
    table=tables.SALES_PLANS,
    filters=filters.SalesPlanFilter,
    form=forms.SalesPlanForm,
    create=actions.add_sales_plan,
    update=actions.change_sales_plan,
    lines=forms.SalesPlanLines,
    lines_initial=plan_lines,
    steps=workflow.SALES_PLAN_STEPS,
    links=plan_links,
    key_figures=("month", "version", "planned_count"),
    panels=(
        Panel(
            SalesPlanLine._meta.verbose_name_plural,
            tables.SALES_PLAN_LINES,
            lambda plan, user: SalesPlanLine.objects.visible_to(user).filter(plan=plan),
        ),
    ),
)
SALES_PLAN_LINES = Pages(table=tables.SALES_PLAN_LINES, filters=filters.SalesPlanLineFilter, only=LIST_ONLY)
PRODUCTION_PLANS = Pages(
    table=tables.PRODUCTION_PLANS,
    filters=filters.ProductionPlanFilter,
    form=forms.DeriveForm,
    create=derive_production_plan,
    steps=workflow.PRODUCTION_PLAN_STEPS,
    key_figures=("month", "to_build_count", "built_count"),
    panels=(
        Panel(
            ProductionPlanLine._meta.verbose_name_plural,
            tables.PRODUCTION_PLAN_LINES,
            lambda plan, user: ProductionPlanLine.objects.visible_to(user).filter(plan=plan),
        ),
    ),
)
PRODUCTION_PLAN_LINES = Pages(
    table=tables.PRODUCTION_PLAN_LINES, filters=filters.ProductionPlanLineFilter, only=LIST_ONLY
)
QUOTAS = Pages(
    table=tables.QUOTAS,
    filters=filters.QuotaFilter,
    form=forms.QuotaForm,
    create=actions.add_quota,
    update=actions.change_quota,
    key_figures=("target_count", "actual_count", "target_amount"),
)
FORECASTS = Pages(table=tables.FORECASTS, filters=filters.ForecastFilter, only=LIST_ONLY)
REPORT_TEMPLATES = Pages(
    table=tables.REPORT_TEMPLATES,
    filters=filters.ReportTemplateFilter,
    form=forms.ReportTemplateForm,
    create=actions.add_report_template,
    update=actions.change_report_template,
    lines=forms.ReportSections,
    lines_initial=template_sections,
)
# A report is begun from the buttons above the list, one for each period that is still open.
WORK_REPORTS = Pages(
    table=tables.WORK_REPORTS,
    filters=filters.WorkReportFilter,
    form=forms.WorkReportForm,
    update=actions.change_report,
    steps=workflow.WORK_REPORT_STEPS,
    key_figures=("owner__name", "submitted_at", "mark", "reviewer__name"),
    links=report_links,
    only=frozenset({"list", "detail", "edit"}),
)

PAGES = (
    SALES_PLANS,
    SALES_PLAN_LINES,
    PRODUCTION_PLANS,
    PRODUCTION_PLAN_LINES,
    QUOTAS,
    FORECASTS,
    REPORT_TEMPLATES,
    WORK_REPORTS,
)
