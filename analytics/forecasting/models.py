"""The forecasting models, one function each, and the combinations of them that a backtest may choose from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .series import History

Member = Callable[[History, int], np.ndarray]


def load_library():
    """statsforecast takes seconds to import: only processes that forecast pay for it."""
    from statsforecast import models

    return models


def _run(model, values: np.ndarray, horizon: int) -> np.ndarray:
    return np.asarray(model.forecast(np.ascontiguousarray(values), horizon)["mean"], dtype=float)


def smoothing(history: History, horizon: int) -> np.ndarray:
    model = load_library().SimpleExponentialSmoothingOptimized()
    return history.adjusted.restore(_run(model, history.adjusted.values, horizon))


def theta(history: History, horizon: int) -> np.ndarray:
    model = load_library().DynamicOptimizedTheta(season_length=1)
    return history.adjusted.restore(_run(model, history.adjusted.values, horizon))


def complex_smoothing(history: History, horizon: int) -> np.ndarray:
    return _run(_complex_smoothing(history), history.values, horizon)


def damped_trend(history: History, horizon: int) -> np.ndarray:
    model = load_library().AutoETS(season_length=1, model="AAN", damped=True)
    return history.adjusted.restore(_run(model, history.adjusted.values, horizon))


def theta_of_logs(history: History, horizon: int) -> np.ndarray:
    model = load_library().DynamicOptimizedTheta(season_length=1)
    logs = history.adjusted_logs
    return np.expm1(logs.restore(_run(model, logs.values, horizon)))


def complex_smoothing_of_logs(history: History, horizon: int) -> np.ndarray:
    return np.expm1(_run(_complex_smoothing(history), history.logs, horizon))


def _complex_smoothing(history: History):
    if history.values.size < 2 * history.season + 1:
        return load_library().AutoCES(season_length=1, model="N")
    return load_library().AutoCES(season_length=history.season, model="Z")


def borrowed_smoothing(history: History, horizon: int) -> np.ndarray:
    return _with_borrowed_season(history, horizon, load_library().SimpleExponentialSmoothingOptimized())


def borrowed_theta(history: History, horizon: int) -> np.ndarray:
    return _with_borrowed_season(history, horizon, load_library().DynamicOptimizedTheta(season_length=1))


def _with_borrowed_season(history: History, horizon: int, model) -> np.ndarray:
    """Forecast without the collection's seasonal index and put it back: short series cannot show their own."""
    if history.borrowed_index is None:
        return _run(model, history.values, horizon)
    months = (history.start + np.arange(history.values.size + horizon)) % history.season
    index = history.borrowed_index[months]
    count = history.values.size
    return _run(model, history.values / index[:count], horizon) * index[count:]


def seasonal_naive(history: History, horizon: int) -> np.ndarray:
    """The same month of last year; the last value where there is less than a year."""
    lag = history.season if history.values.size >= history.season else 1
    return np.resize(history.values[-lag:], horizon)


def naive(history: History, horizon: int) -> np.ndarray:
    return np.full(horizon, history.values[-1])


def average_of_12(history: History, horizon: int) -> np.ndarray:
    return np.full(horizon, history.values[-12:].mean())


def average_of_6(history: History, horizon: int) -> np.ndarray:
    return np.full(horizon, history.values[-6:].mean())


def imapa(history: History, horizon: int) -> np.ndarray:
    return _run(load_library().IMAPA(), history.values, horizon)


def adida(history: History, horizon: int) -> np.ndarray:
    return _run(load_library().ADIDA(), history.values, horizon)


def tsb(history: History, horizon: int) -> np.ndarray:
    return _run(load_library().TSB(alpha_d=0.1, alpha_p=0.1), history.values, horizon)


def croston_sba(history: History, horizon: int) -> np.ndarray:
    return _run(load_library().CrostonSBA(), history.values, horizon)


MEMBERS: dict[str, Member] = {
    "SES": smoothing,
    "DOT": theta,
    "CES": complex_smoothing,
    "Damped": damped_trend,
    "LogDOT": theta_of_logs,
    "LogCES": complex_smoothing_of_logs,
    "BorrowedSES": borrowed_smoothing,
    "BorrowedDOT": borrowed_theta,
    "SeasonalNaive": seasonal_naive,
    "Naive": naive,
    "Average12": average_of_12,
    "Average6": average_of_6,
    "IMAPA": imapa,
    "ADIDA": adida,
    "TSB": tsb,
    "CrostonSBA": croston_sba,
}


@dataclass(frozen=True)
class Combination:
    """Mean or median of several members, or one member alone."""

    members: tuple[str, ...]
    is_median: bool = False

    @property
    def name(self) -> str:
        if len(self.members) == 1:
            return self.members[0]
        return f"{'median' if self.is_median else 'mean'}({', '.join(self.members)})"

    def combine(self, forecasts: dict[str, np.ndarray]) -> np.ndarray | None:
        """None where no member could be fitted; members that failed are left out of the mean."""
        found = [forecasts[name] for name in self.members if name in forecasts]
        if not found:
            return None
        return np.median(found, axis=0) if self.is_median else np.mean(found, axis=0)


def mean_of(*members: str) -> Combination:
    return Combination(members)


def median_of(*members: str) -> Combination:
    return Combination(members, is_median=True)


DEFAULT = mean_of("SES", "DOT", "CES")
STEADY = (
    DEFAULT,
    median_of("SES", "DOT", "CES"),
    mean_of("DOT", "CES"),
    mean_of("SES", "DOT"),
    mean_of("SES"),
    mean_of("DOT"),
    mean_of("CES"),
    mean_of("Naive"),
    mean_of("SeasonalNaive"),
)
# The three together with two of them on logarithms: better by a few per cent for twice the time.
THOROUGH = (
    mean_of("SES", "DOT", "CES", "LogDOT", "LogCES"),
    mean_of("SES", "DOT", "CES", "LogDOT", "LogCES", "Damped"),
    mean_of("DOT", "CES", "LogDOT", "LogCES"),
    median_of("DOT", "CES", "LogDOT", "LogCES"),
    mean_of("DOT", "CES", "Damped"),
    *STEADY,
)
# The season of all only ever in a mean with the plain forecast: one shock to a market looks like a season at first.
SHORT = (
    mean_of("SES", "DOT"),
    mean_of("SES", "DOT", "BorrowedSES", "BorrowedDOT"),
    mean_of("SES"),
    mean_of("DOT"),
    mean_of("Naive"),
    mean_of("SeasonalNaive"),
)
SPARSE = (
    mean_of("IMAPA"),
    mean_of("ADIDA"),
    mean_of("IMAPA", "ADIDA"),
    mean_of("IMAPA", "ADIDA", "Average12"),
    mean_of("Average12"),
    mean_of("Average6"),
    mean_of("TSB"),
    mean_of("CrostonSBA"),
)


def member_forecasts(names: tuple[str, ...], history: History, horizon: int) -> dict[str, np.ndarray]:
    """Forecasts of the named members, clipped at zero where the history is never below; failures are left out."""
    floor = 0.0 if history.values.min() >= 0 else -np.inf
    ceiling = 100 * np.abs(history.values).max()
    forecasts = {}
    for name in names:
        try:
            forecast = MEMBERS[name](history, horizon)
        except Exception:  # noqa: BLE001 - the library raises bare Exception for a series it cannot fit
            continue
        if np.isfinite(forecast).all() and np.abs(forecast).max() <= ceiling:
            forecasts[name] = np.maximum(forecast, floor)
    return forecasts
