from analytics.models.forecasts import ForecastRun, ForecastSeries, ForecastValue, TrendScheme
from analytics.models.history import HistorySource, SalesHistory

__all__ = ["ForecastRun", "ForecastSeries", "ForecastValue", "HistorySource", "SalesHistory", "TrendScheme"]
