from salesplan.actions.forecasts import ForecastRow, publish_forecast, withdraw_forecast
from salesplan.actions.production import derive_production_plan, record_production
from salesplan.actions.quotas import add_quota, change_quota
from salesplan.actions.sales_plans import add_sales_plan, change_sales_plan, take_over_forecast

__all__ = [
    "ForecastRow",
    "add_quota",
    "add_sales_plan",
    "change_quota",
    "change_sales_plan",
    "derive_production_plan",
    "publish_forecast",
    "record_production",
    "take_over_forecast",
    "withdraw_forecast",
]
