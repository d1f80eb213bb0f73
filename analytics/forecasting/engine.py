"""The forecast of a collection of series: a plan chosen once for each family, then every series on its own.

A chunk of a collection forecast with the plan of the whole gives the same numbers as the whole at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from .backtest import (
    Trial,
    candidates,
    choose,
    combined_forecast,
    member_names,
    run_trials,
    series_errors,
)
from .families import MODELLED, Family, family_of
from .intervals import Spread, noise, spread_of
from .models import Combination, mean_of, member_forecasts
from .series import Forecast, History, Series, whole_history

SAMPLE_SIZE = 250
# Their models take a hundredth of the time, and a choice among series of mostly zeros needs more of them.
SPARSE_SAMPLE_SIZE = 1000
ORIGIN_COUNT = 3
# The better but dearer models are tried where a family has no more series than this.
THOROUGH_LIMIT = 2000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class FamilyPlan:
    combination: Combination
    spread: Spread


@dataclass(frozen=True)
class Plan:
    """What the backtest decided for a collection; families it does not name take their defaults."""

    horizon: int
    season: int
    families: Mapping[Family, FamilyPlan]
    borrowed_index: tuple[float, ...] | None = None


def forecast_collection(
    series: Mapping[str, Series],
    *,
    horizon: int,
    season: int = 12,
    plan: Plan | None = None,
    with_errors: bool = False,
    progress: Progress | None = None,
) -> dict[str, Forecast]:
    """Forecast every series; `with_errors` also backtests each one, which costs three times the forecast itself."""
    plan = plan or make_plan(series, horizon=horizon, season=season)
    forecasts = {}
    for done, (key, one) in enumerate(series.items(), start=1):
        forecasts[key] = forecast_series(one, plan, with_errors=with_errors)
        if progress is not None:
            progress(done, len(series))
    return forecasts


def make_plan(series: Mapping[str, Series], *, horizon: int, season: int = 12) -> Plan:
    """Choose the models of each family by a backtest on a sample of its series, always the same sample."""
    members: dict[Family, list[str]] = {}
    histories = {key: whole_history(one, season) for key, one in series.items()}
    for key, history in histories.items():
        members.setdefault(family_of(history), []).append(key)
    families = {}
    for family in MODELLED:
        keys = sorted(members.get(family, []), key=lambda key: (crc32(key.encode()), key))
        if keys:
            is_thorough = len(keys) <= THOROUGH_LIMIT
            size = SPARSE_SAMPLE_SIZE if family is Family.SPARSE else SAMPLE_SIZE
            sample = [histories[key] for key in keys[:size]]
            families[family] = _family_plan(family, sample, horizon, is_thorough=is_thorough)
    return Plan(horizon, season, families)


def _family_plan(family: Family, sample: list[History], horizon: int, *, is_thorough: bool) -> FamilyPlan:
    combinations = candidates(family, is_thorough=is_thorough)
    names = member_names(combinations)
    trials = [trial for history in sample for trial in run_trials(history, names, horizon, ORIGIN_COUNT)]
    combination = choose(family, trials, combinations)
    return FamilyPlan(combination, spread_of([_scaled_error(trial, combination) for trial in trials]))


def _scaled_error(trial: Trial, combination: Combination) -> tuple[np.ndarray, np.ndarray]:
    return noise(trial.history, trial.actual.size), trial.actual - combined_forecast(combination, trial)


def forecast_series(series: Series, plan: Plan, *, with_errors: bool = False) -> Forecast:
    history = whole_history(series, plan.season)
    family = family_of(history)
    if family not in MODELLED:
        return _simple_forecast(history, family, plan.horizon)
    chosen = plan.families.get(family) or FamilyPlan(candidates(family, is_thorough=False)[0], spread_of([]))
    forecast = _modelled_forecast(history, family, chosen, plan.horizon)
    return _with_errors(forecast, history, chosen.combination, plan.horizon) if with_errors else forecast


def _modelled_forecast(history: History, family: Family, chosen: FamilyPlan, horizon: int) -> Forecast:
    combination = chosen.combination
    mean = combination.combine(member_forecasts(combination.members, history, horizon))
    is_fallback = mean is None
    if is_fallback:
        combination = mean_of("Naive" if family is not Family.SEASONAL else "SeasonalNaive")
        mean = combination.combine(member_forecasts(combination.members, history, horizon))
    return _forecast(mean, chosen.spread.bands(history, mean), combination.name, family, is_fallback=is_fallback)


def _simple_forecast(history: History, family: Family, horizon: int) -> Forecast:
    """Series that need no model: nothing sold, ended, always the same, or fewer than four values."""
    if family in (Family.EMPTY, Family.ENDED):
        zeros = np.zeros(horizon)
        return _forecast(zeros, np.zeros((4, horizon)), str(family), family, is_ended=family is Family.ENDED)
    mean = np.full(horizon, history.values.mean())
    if family is Family.CONSTANT:
        return _forecast(mean, np.tile(mean, (4, 1)), "constant", family)
    return _forecast(mean, spread_of([]).bands(history, mean), "average", family, is_fallback=True)


def _forecast(
    mean: np.ndarray,
    bands: np.ndarray,
    model: str,
    family: Family,
    *,
    is_fallback: bool = False,
    is_ended: bool = False,
) -> Forecast:
    lower95, lower80, upper80, upper95 = bands
    return Forecast(
        mean=mean,
        lower80=lower80,
        upper80=upper80,
        lower95=lower95,
        upper95=upper95,
        model=model,
        family=str(family),
        is_fallback=is_fallback,
        is_ended=is_ended,
    )


def _with_errors(forecast: Forecast, history: History, combination: Combination, horizon: int) -> Forecast:
    names = tuple(dict.fromkeys((*combination.members, "SeasonalNaive")))
    errors = series_errors(run_trials(history, names, horizon, ORIGIN_COUNT), combination)
    if errors is None:
        return forecast
    return replace(forecast, wape=errors.wape, naive_wape=errors.naive_wape, rmsse=errors.rmsse, bias=errors.bias)
