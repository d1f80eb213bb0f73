"""Rolling-origin backtest: forecast from earlier months what is known by now, and choose what did best."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from . import measures
from .families import Family
from .models import SHORT, SPARSE, STEADY, THOROUGH, Combination, member_forecasts, seasonal_naive
from .series import DEMAND_INTERVAL, History, mean_interval

# A challenger must beat the default by this share, and by more where few series speak for it: the last months of a
# collection share their surprises, so small gains in a backtest are noise.
MARGIN = 0.02
MARGIN_OF_ONE_SERIES = 0.1
BIAS_WEIGHT = 0.25


@dataclass(frozen=True)
class Trial:
    """What the members forecast for one series from one origin, and what came."""

    history: History
    actual: np.ndarray
    forecasts: dict[str, np.ndarray]


def candidates(family: Family, *, is_thorough: bool) -> tuple[Combination, ...]:
    """The first is the default, kept unless another is clearly better."""
    if family is Family.SPARSE:
        return SPARSE
    if family is Family.SHORT:
        return SHORT
    return THOROUGH if is_thorough else STEADY


def member_names(combinations: Iterable[Combination]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for combination in combinations for name in combination.members))


def origins(history: History, horizon: int, wanted: int) -> list[tuple[int, int]]:
    """(months known, months to forecast) of each trial: the latest first, a third of the horizon apart."""
    count, season = history.values.size, history.season
    if mean_interval(history.values) >= DEMAND_INTERVAL:
        fewest = max(3, count // 3)
        span = min(horizon, count - fewest)
    elif count <= 2 * season:
        fewest = max(3, count // 2)
        span = min(horizon, count // 3)
    else:
        fewest = 2 * season + 1
        span = min(horizon, count - fewest)
    if span < 1:
        return []
    step = max(1, round(span / 3))
    known = [count - span - step * turn for turn in range(wanted)]
    return [(months, span) for months in known if months >= fewest]


def run_trials(history: History, names: tuple[str, ...], horizon: int, wanted: int) -> list[Trial]:
    trials = []
    for known, span in origins(history, horizon, wanted):
        past = history.until(known)
        if past.values.any():
            actual = history.values[known : known + span]
            trials.append(Trial(past, actual, member_forecasts(names, past, span)))
    return trials


def choose(family: Family, trials: list[Trial], combinations: tuple[Combination, ...]) -> Combination:
    """The combination with the lowest error over all trials; the first one where nothing could be tried."""
    if not trials:
        return combinations[0]
    score = _sparse_score if family is Family.SPARSE else _relative_score
    reference = combinations[0]
    scores = [score(combination, reference, trials) for combination in combinations]
    best = int(np.argmin(scores))
    margin = MARGIN + MARGIN_OF_ONE_SERIES / np.sqrt(len(trials))
    return combinations[best] if scores[best] < scores[0] * (1 - margin) else reference


def combined_forecast(combination: Combination, trial: Trial) -> np.ndarray:
    forecast = combination.combine(trial.forecasts)
    return np.full(trial.actual.size, trial.history.values[-1]) if forecast is None else forecast


def _relative_score(combination: Combination, reference: Combination, trials: list[Trial]) -> float:
    """Mean of sMAPE and MASE against those of the reference; squared errors would let a few series decide."""
    pairs = zip(_mean_errors(combination, trials), _mean_errors(reference, trials), strict=True)
    return float(np.mean([measured / usual if usual > 0 else 1.0 for measured, usual in pairs]))


def _mean_errors(combination: Combination, trials: list[Trial]) -> tuple[float, float]:
    rows = []
    for trial in trials:
        forecast, past = combined_forecast(combination, trial), trial.history.values
        rows.append(
            (
                measures.smape(trial.actual, forecast),
                measures.mase(trial.actual, forecast, past, trial.history.season),
            )
        )
    table = np.array(rows)
    usable = np.isfinite(table).all(axis=1)
    return tuple(table[usable].mean(axis=0)) if usable.any() else (0.0, 0.0)


def _sparse_score(combination: Combination, _reference: Combination, trials: list[Trial]) -> float:
    """RMSSE plus bias, never an absolute error: forecasting zero would win that wherever most months are zero."""
    forecasts = [combined_forecast(combination, trial) for trial in trials]
    errors = [
        measures.rmsse(trial.actual, forecast, trial.history.values)
        for trial, forecast in zip(trials, forecasts, strict=True)
    ]
    errors = [error for error in errors if np.isfinite(error)]
    total = sum(float(trial.actual.sum()) for trial in trials)
    off = sum(float(forecast.sum()) for forecast in forecasts) - total
    bias = abs(off) / total if total > 0 else 0.0
    return (float(np.mean(errors)) if errors else 0.0) + BIAS_WEIGHT * bias


def series_errors(
    trials: list[Trial], combination: Combination, history: History, factors: np.ndarray
) -> dict[str, float]:
    """Errors of one series over all origins, beside those of the seasonal naive; empty where nothing could be tried.

    `history` is the series as sold; the trials may have been run on it divided by `factors`.
    """
    if not trials:
        return {}
    actual, forecast, plain = [], [], []
    for trial in trials:
        known, span = trial.history.values.size, trial.actual.size
        actual.append(history.values[known : known + span])
        forecast.append(combined_forecast(combination, trial) * factors[known : known + span])
        plain.append(seasonal_naive(history.until(known), span))
    actual, forecast, plain = np.concatenate(actual), np.concatenate(forecast), np.concatenate(plain)
    return {
        "wape": measures.wape(actual, forecast),
        "naive_wape": measures.wape(actual, plain),
        "rmsse": measures.rmsse(actual, forecast, trials[0].history.values),
        "bias": measures.bias(actual, forecast),
    }
