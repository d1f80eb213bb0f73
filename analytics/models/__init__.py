from analytics.models.forecasts import (
    COUNTED,
    KEY_SEPARATOR,
    ForecastRun,
    ForecastSeries,
    ForecastValue,
    TrendScheme,
)
from analytics.models.history import HistorySource, SalesHistory

__all__ = [
    "COUNTED",
    "KEY_SEPARATOR",
    "ForecastRun",
    "ForecastSeries",
    "ForecastValue",
    "HistorySource",
    "SalesHistory",
    "TrendScheme",
]
