import json

import numpy as np
import pytest

from analytics.forecasting import Plan, Series, forecast_collection, make_plan
from analytics.forecasting.new_year import new_year_shares, proved_effect
from analytics.forecasting.processes import parallel
from analytics.forecasting.series import History

START = 2016 * 12
MONTH_OF_YEAR = np.array([1.1, 0.7, 1.0, 1.0, 0.9, 0.9, 0.8, 0.9, 1.1, 1.1, 1.2, 1.3])
WAVE = np.array([3, -2, 4, -1, 0, -4, 2, 1, -3, 5, -5, 0, 2])


def steady_sales(turn: int, months: int = 72) -> np.ndarray:
    level = 200 + 20 * turn
    return np.resize(MONTH_OF_YEAR, months) * (level + np.resize(np.roll(WAVE, turn), months))


def new_year_sales(turn: int, months: int = 72) -> np.ndarray:
    shares = np.array([new_year_shares(START + month) for month in range(months)])
    return steady_sales(turn, months) * np.exp(0.5 * shares[:, 0] - 0.8 * shares[:, 1])


def mean_error(values: dict[str, np.ndarray], start: int, horizon: int) -> float:
    series = {key: Series(start, row[:-horizon]) for key, row in values.items()}
    forecasts = forecast_collection(series, horizon=horizon)
    return float(np.mean([np.abs(forecasts[key].mean / row[-horizon:] - 1).mean() for key, row in values.items()]))


@pytest.mark.parametrize(
    ("month", "before", "after"),
    [
        (2024 * 12 + 0, 0.55, 0.0),  # New Year on 10 February 2024
        (2024 * 12 + 1, 0.45, 1.0),
        (2025 * 12 + 0, 1.0, 0.2),  # on 29 January 2025
        (2025 * 12 + 1, 0.0, 0.8),
        (2025 * 12 + 6, 0.0, 0.0),
    ],
)
def test_new_year_days_are_shared_out_among_the_months(month, before, after):
    assert new_year_shares(month) == pytest.approx((before, after))


def test_effect_of_new_year_is_found_where_there_is_one():
    effect = proved_effect([History(START, new_year_sales(turn), 12) for turn in range(12)])
    assert 0 < effect.before <= 0.5
    assert -0.8 <= effect.after < -0.3


def test_no_effect_of_new_year_is_seen_where_there_is_none():
    assert proved_effect([History(START, steady_sales(turn), 12) for turn in range(12)]) is None


def test_forecast_of_the_first_months_knows_when_new_year_is():
    values = {str(turn): new_year_sales(turn, 75) for turn in range(8)}
    elsewhere = START + 12 * 7  # the same sales under years whose festival falls otherwise
    assert mean_error(values, START, 3) < 0.8 * mean_error(values, elsewhere, 3)


def test_short_series_borrow_the_season_of_the_collection():
    values = {f"new {turn}": steady_sales(turn, 28) for turn in range(12)}
    assert mean_error(values, START, 6) < 0.1
    series = {key: Series(START, row[:22]) for key, row in values.items()}
    plan = make_plan(series, horizon=6)
    assert plan.borrowed_index == pytest.approx(MONTH_OF_YEAR, abs=0.05)


def test_plan_survives_json():
    series = {str(turn): Series(START, new_year_sales(turn)) for turn in range(6)}
    plan = make_plan(series, horizon=6)
    assert Plan.from_dict(json.loads(json.dumps(plan.as_dict()))) == plan


def test_series_that_the_plan_has_not_seen_gets_the_default_model():
    forecast = forecast_collection({"new": Series(START, steady_sales(1))}, horizon=6, plan=Plan(6, 12))["new"]
    assert forecast.model == "mean(SES, DOT, CES)"


def test_several_processes_give_the_same_forecasts():
    series = {str(turn): Series(START, steady_sales(turn)) for turn in range(4)}
    alone = forecast_collection(series, horizon=6)
    with parallel(2) as run:
        together = forecast_collection(series, horizon=6, run=run)
    assert all(np.array_equal(alone[key].upper80, together[key].upper80) for key in series)
