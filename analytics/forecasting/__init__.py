"""Forecasting as pure functions: no database, no Django models; statsforecast is imported by the first fit only."""

from .engine import Plan, forecast_collection, forecast_series, make_plan
from .series import Forecast, Series

__all__ = ["Forecast", "Plan", "Series", "forecast_collection", "forecast_series", "make_plan"]
