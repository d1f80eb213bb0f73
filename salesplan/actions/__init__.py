from salesplan.actions.forecasts import ForecastRow, publish_forecast, withdraw_forecast
from salesplan.actions.production import derive_production_plan, record_production
from salesplan.actions.quotas import add_quota, change_quota
from salesplan.actions.sales_plans import add_sales_plan, change_sales_plan, take_over_forecast
from salesplan.actions.work_reports import (
    add_report_template,
    add_standard_templates,
    answer_review,
    begin_report,
    change_report,
    change_report_template,
    remind_of_reports,
    return_report,
    review_report,
    submit_report,
)

__all__ = [
    "ForecastRow",
    "add_quota",
    "add_report_template",
    "add_sales_plan",
    "add_standard_templates",
    "answer_review",
    "begin_report",
    "change_quota",
    "change_report",
    "change_report_template",
    "change_sales_plan",
    "derive_production_plan",
    "publish_forecast",
    "record_production",
    "remind_of_reports",
    "return_report",
    "review_report",
    "submit_report",
    "take_over_forecast",
    "withdraw_forecast",
]
