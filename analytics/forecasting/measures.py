"""Error measures of forecasts, as the competitions define them; shares of 1, not percent."""

import numpy as np


def smape(actual: np.ndarray, forecast: np.ndarray) -> float:
    """Mean of 2 |F - A| / (|A| + |F|); a month where both are zero counts as no error."""
    size = np.abs(actual) + np.abs(forecast)
    error = np.divide(2 * np.abs(forecast - actual), size, out=np.zeros(size.shape), where=size > 0)
    return float(error.mean())


def absolute_scale(history: np.ndarray, season: int) -> float:
    """Mean absolute error of the seasonal naive within the history; of the naive where there is less than a season."""
    lag = season if history.size > season else 1
    return float(np.abs(history[lag:] - history[:-lag]).mean()) if history.size > lag else 0.0


def squared_scale(history: np.ndarray) -> float:
    """Root mean squared error of the naive forecast within the history."""
    return float(np.sqrt((np.diff(history) ** 2).mean())) if history.size > 1 else 0.0


def mase(actual: np.ndarray, forecast: np.ndarray, history: np.ndarray, season: int) -> float:
    scale = absolute_scale(history, season)
    return float(np.abs(forecast - actual).mean()) / scale if scale > 0 else float("nan")


def rmsse(actual: np.ndarray, forecast: np.ndarray, history: np.ndarray) -> float:
    scale = squared_scale(history)
    return float(np.sqrt(((forecast - actual) ** 2).mean())) / scale if scale > 0 else float("nan")


def wape(actual: np.ndarray, forecast: np.ndarray) -> float:
    """Sum of absolute errors over the sum of actual values."""
    total = float(np.abs(actual).sum())
    return float(np.abs(forecast - actual).sum()) / total if total > 0 else float("nan")


def bias(actual: np.ndarray, forecast: np.ndarray) -> float:
    """Share by which the forecast was too high (+) or too low (-) in total."""
    total = float(np.abs(actual).sum())
    return float((forecast - actual).sum()) / total if total > 0 else float("nan")


def coverage(actual: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    return float(((actual >= lower) & (actual <= upper)).mean())
