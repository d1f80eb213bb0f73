"""Forecasting as pure functions: no database, no Django models; statsforecast is imported by the first fit only."""

from .engine import forecast_collection, forecast_series, make_plan
from .plan import Plan
from .series import Forecast, Series

__all__ = ["Forecast", "Plan", "Series", "forecast_collection", "forecast_series", "make_plan"]
