from analytics.models.findings import RetailFinding
from analytics.models.forecasts import (
    COUNTED,
    KEY_SEPARATOR,
    ForecastRun,
    ForecastSeries,
    ForecastValue,
    TrendScheme,
)
from analytics.models.history import HistorySource, SalesHistory
from analytics.models.scores import DealerScore

__all__ = [
    "COUNTED",
    "KEY_SEPARATOR",
    "DealerScore",
    "ForecastRun",
    "ForecastSeries",
    "ForecastValue",
    "HistorySource",
    "RetailFinding",
    "SalesHistory",
    "TrendScheme",
]
