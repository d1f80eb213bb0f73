from salesplan.models.forecasts import Forecast
from salesplan.models.production_plans import ProductionPlan, ProductionPlanLine
from salesplan.models.quotas import Quota
from salesplan.models.sales_plans import SalesPlan, SalesPlanLine

__all__ = ["Forecast", "ProductionPlan", "ProductionPlanLine", "Quota", "SalesPlan", "SalesPlanLine"]
