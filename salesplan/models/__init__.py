from salesplan.models.forecasts import Forecast
from salesplan.models.production_plans import ProductionPlan, ProductionPlanLine
from salesplan.models.quotas import Quota
from salesplan.models.sales_plans import SalesPlan, SalesPlanLine
from salesplan.models.work_reports import (
    ReportKind,
    ReportPart,
    ReportSection,
    ReportTemplate,
    WorkReport,
    WorkReportEntry,
)

__all__ = [
    "Forecast",
    "ProductionPlan",
    "ProductionPlanLine",
    "Quota",
    "ReportKind",
    "ReportPart",
    "ReportSection",
    "ReportTemplate",
    "SalesPlan",
    "SalesPlanLine",
    "WorkReport",
    "WorkReportEntry",
]
