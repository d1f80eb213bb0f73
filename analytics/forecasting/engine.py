"""The forecast of a collection of series: a plan chosen once for each family, then every series on its own.

A chunk of a collection forecast with the plan of the whole gives the same numbers as the whole at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from zlib import crc32

import numpy as np

from .backtest import Trial, candidates, choose, combined_forecast, member_names, run_trials, series_errors
from .families import MODELLED, Family, family_of
from .intervals import noise, spread_of
from .models import Combination, mean_of, member_forecasts
from .new_year import YEAR, NewYearEffect, proved_effect, without_new_year
from .plan import FamilyPlan, Plan
from .pooling import pooled_index
from .series import Forecast, History, Series, whole_history

SAMPLE_SIZE = 150
# Their models take a hundredth of the time, and a choice among series of mostly zeros needs more of them.
SPARSE_SAMPLE_SIZE = 1000
NEW_YEAR_SAMPLE_SIZE = 400
ORIGIN_COUNT = 3
# The better but dearer models are tried where a collection has no more long series than this.
THOROUGH_LIMIT = 2000
LONG = (Family.SEASONAL, Family.STEADY)

Progress = Callable[[int, int], None]
# The built-in map, or that of a pool of processes.
Run = Callable[[Callable, Iterable], Iterable]


def forecast_collection(
    series: Mapping[str, Series],
    *,
    horizon: int,
    season: int = 12,
    plan: Plan | None = None,
    with_errors: bool = False,
    progress: Progress | None = None,
    run: Run = map,
) -> dict[str, Forecast]:
    """Forecast every series; `with_errors` also backtests each one, which costs three times the forecast itself."""
    plan = plan or make_plan(series, horizon=horizon, season=season, run=run)
    results = run(partial(forecast_series, plan=plan, with_errors=with_errors), series.values())
    forecasts = {}
    for done, (key, forecast) in enumerate(zip(series, results, strict=True), start=1):
        forecasts[key] = forecast
        if progress is not None:
            progress(done, len(series))
    return forecasts


def make_plan(series: Mapping[str, Series], *, horizon: int, season: int = 12, run: Run = map) -> Plan:
    """Choose the models of each family by a backtest on a sample of its series, always the same sample."""
    keys = sorted(series, key=lambda key: (crc32(key.encode()), key))
    histories = [whole_history(series[key], season) for key in keys]
    new_year = _new_year_effect(histories) if season == YEAR else None
    plan = Plan(horizon, season, new_year=new_year, borrowed_index=pooled_index(histories, season))
    members: dict[Family, list[History]] = {}
    for history in histories:
        prepared = _prepared(history, plan)
        members.setdefault(family_of(prepared), []).append(prepared)
    if Family.SHORT in members:
        members[Family.SHORT] = _with_earlier_index(members[Family.SHORT], histories)
    is_thorough = sum(len(members.get(family, ())) for family in LONG) <= THOROUGH_LIMIT
    families = {
        family: _family_plan(family, members[family], horizon, run, is_thorough=is_thorough)
        for family in MODELLED
        if family in members
    }
    return replace(plan, families=families)


def _with_earlier_index(short: Sequence[History], histories: Sequence[History]) -> list[History]:
    """For the trial of short series: the season of all without the last third, which is what they have to forecast."""
    longest = max(history.values.size for history in short)
    earlier = pooled_index(
        [history.until(history.values.size - longest // 3) for history in histories], short[0].season
    )
    index = None if earlier is None else np.array(earlier)
    return [replace(history, borrowed_index=index) for history in short]


def _new_year_effect(histories: Sequence[History]) -> NewYearEffect | None:
    return proved_effect([history for history in histories if family_of(history) in LONG][:NEW_YEAR_SAMPLE_SIZE])


def _prepared(history: History, plan: Plan) -> History:
    """What the models see: without the New Year effect where one was proved, with the season of all where too short."""
    family = family_of(history)
    if plan.new_year is not None and family in LONG:
        return without_new_year(history, plan.new_year)
    if plan.borrowed_index is not None and family is Family.SHORT:
        return replace(history, borrowed_index=np.array(plan.borrowed_index))
    return history


def _family_plan(
    family: Family, histories: Sequence[History], horizon: int, run: Run, *, is_thorough: bool
) -> FamilyPlan:
    combinations = candidates(family, is_thorough=is_thorough)
    sample = histories[: SPARSE_SAMPLE_SIZE if family is Family.SPARSE else SAMPLE_SIZE]
    try_out = partial(run_trials, names=member_names(combinations), horizon=horizon, wanted=ORIGIN_COUNT)
    trials = [trial for tried in run(try_out, sample) for trial in tried]
    combination = choose(family, trials, combinations)
    return FamilyPlan(combination, spread_of([_scaled_error(trial, combination) for trial in trials]))


def _scaled_error(trial: Trial, combination: Combination) -> tuple[np.ndarray, np.ndarray]:
    return noise(trial.history, trial.actual.size), trial.actual - combined_forecast(combination, trial)


def forecast_series(series: Series, plan: Plan, *, with_errors: bool = False) -> Forecast:
    raw = whole_history(series, plan.season)
    history = _prepared(raw, plan)
    family = family_of(history)
    if family not in MODELLED:
        return _simple_forecast(history, family, plan.horizon)
    chosen = plan.families.get(family) or _default_plan(family)
    factors = _factors(family, plan, raw.start + raw.values.size, plan.horizon)
    forecast = _modelled_forecast(history, family, chosen, factors)
    return _with_errors(forecast, raw, history, plan, chosen.combination) if with_errors else forecast


def _default_plan(family: Family) -> FamilyPlan:
    return FamilyPlan(candidates(family, is_thorough=False)[0], spread_of([]))


def _modelled_forecast(history: History, family: Family, chosen: FamilyPlan, factors: np.ndarray) -> Forecast:
    combination = chosen.combination
    mean = combination.combine(member_forecasts(combination.members, history, factors.size))
    is_fallback = mean is None
    if is_fallback:
        combination = mean_of("SeasonalNaive" if family is Family.SEASONAL else "Naive")
        mean = combination.combine(member_forecasts(combination.members, history, factors.size))
    bands = chosen.spread.bands(history, mean)
    return _forecast(mean * factors, bands * factors, combination.name, family, is_fallback=is_fallback)


def _simple_forecast(history: History, family: Family, horizon: int) -> Forecast:
    """Series that need no model: nothing sold, ended, always the same, or fewer than four values."""
    if family in (Family.EMPTY, Family.ENDED):
        return _forecast(np.zeros(horizon), np.zeros((4, horizon)), str(family), family)
    mean = np.full(horizon, history.values.mean())
    if family is Family.CONSTANT:
        return _forecast(mean, np.tile(mean, (4, 1)), "constant", family)
    return _forecast(mean, spread_of([]).bands(history, mean), "average", family, is_fallback=True)


def _forecast(
    mean: np.ndarray, bands: np.ndarray, model: str, family: Family, *, is_fallback: bool = False
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
        is_ended=family is Family.ENDED,
    )


def _with_errors(forecast: Forecast, raw: History, history: History, plan: Plan, combination: Combination) -> Forecast:
    trials = run_trials(history, combination.members, plan.horizon, ORIGIN_COUNT)
    factors = _factors(family_of(history), plan, raw.start, raw.values.size)
    return replace(forecast, **series_errors(trials, combination, raw, factors))


def _factors(family: Family, plan: Plan, start: int, count: int) -> np.ndarray:
    """By which the New Year changes each of these months, for series that were forecast without it."""
    if plan.new_year is None or family not in LONG:
        return np.ones(count)
    return plan.new_year.factors(start, count)
