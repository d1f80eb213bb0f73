import subprocess
import sys

import numpy as np
import pytest

from analytics.forecasting import Series, forecast_collection, forecast_series, make_plan
from analytics.forecasting.families import Family, family_of
from analytics.forecasting.series import whole_history

START = 2019 * 12
MONTHS = np.arange(60)
YEAR = 1 + 0.4 * np.sin(2 * np.pi * MONTHS / 12)
WAVE = np.array([3, -2, 4, -1, 0, -4, 2, 1, -3, 5, -5])


def noise(size: int) -> np.ndarray:
    return np.resize(WAVE, size)


SEASONAL = 100 * YEAR + noise(60)
GROWING = 20 + 3 * MONTHS + noise(60)
PART = np.array([0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 0, 0] * 2)


def forecast_of(*values: float, horizon: int = 12):
    return forecast_collection({"one": Series(START, values)}, horizon=horizon)["one"]


def family(values) -> Family:
    return family_of(whole_history(Series(START, values), 12))


COLLECTION = {
    "seasonal": SEASONAL,
    "growing": GROWING,
    "part": PART,
    "constant": np.full(40, 7.0),
    "nothing": np.zeros(40),
    "no values": np.full(5, np.nan),
    "one": np.array([12.0]),
    "three": np.array([5.0, 8.0, 6.0]),
    "five": np.array([5.0, 8.0, 6.0, 9.0, 7.0]),
    "twenty": 50 + noise(20),
    "gap": np.where(np.isin(MONTHS, (17, 18, 40)), np.nan, SEASONAL),
    "ended": np.r_[GROWING[:50], np.zeros(10)],
    "jump": np.r_[np.full(30, 10.0) + noise(30), 900 + noise(30)],
    "huge": SEASONAL * 1e9,
    "tiny": SEASONAL * 1e-6,
    "falling": np.maximum(60 - 2.0 * MONTHS, 1) + noise(60) % 2,
    "negative": noise(60) - 20.0,
}


@pytest.fixture(scope="module")
def forecasts():
    return forecast_collection({key: Series(START, values) for key, values in COLLECTION.items()}, horizon=14)


@pytest.mark.parametrize("key", COLLECTION)
def test_every_kind_of_series_gets_a_finite_forecast_inside_its_bands(forecasts, key):
    one = forecasts[key]
    rows = np.array([one.lower95, one.lower80, one.mean, one.upper80, one.upper95])
    assert rows.shape == (5, 14)
    assert np.isfinite(rows).all()
    assert (np.diff(rows, axis=0) >= 0).all()
    assert key == "negative" or rows.min() >= 0
    assert one.model


def test_constant_series_stays_constant(forecasts):
    assert forecasts["constant"].mean.tolist() == [7.0] * 14


def test_series_without_sales_is_forecast_at_zero(forecasts):
    assert forecasts["nothing"].upper95.tolist() == [0.0] * 14
    assert not forecasts["nothing"].is_ended


def test_one_value_is_repeated_and_marked_as_a_fallback(forecasts):
    assert forecasts["one"].mean.tolist() == [12.0] * 14
    assert forecasts["one"].is_fallback


def test_season_and_growth_are_continued(forecasts):
    expected = 100 * (1 + 0.4 * np.sin(2 * np.pi * np.arange(60, 74) / 12))
    assert np.abs(forecasts["seasonal"].mean - expected).max() < 12
    assert forecasts["growing"].mean[-1] > 200


def test_gap_in_a_steady_series_is_not_read_as_zero(forecasts):
    assert np.abs(forecasts["gap"].mean - forecasts["seasonal"].mean).max() < 25


def test_months_without_rows_are_zero_where_most_months_have_none():
    values = np.full(40, np.nan)
    values[[0, 5, 9, 17, 26, 33, 39]] = 2
    assert whole_history(Series(START, values), 12).values.sum() == 14
    assert family(values) is Family.SPARSE


def test_product_that_stopped_selling_has_ended(forecasts):
    assert forecasts["ended"].is_ended
    assert forecasts["ended"].mean.sum() == 0


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(np.r_[GROWING[:55], np.zeros(5)], id="five silent months"),
        pytest.param(PART, id="part sold now and then"),
        pytest.param(np.tile([9, 8, 7, 6, 0, 0, 0, 0, 0, 0, 0, 0], 5), id="sold in winter only"),
        pytest.param(SEASONAL, id="steady"),
    ],
)
def test_series_that_may_go_on_has_not_ended(values):
    assert family(values) is not Family.ENDED


def test_months_before_the_launch_do_not_count_against_a_new_product():
    assert forecast_of(*np.zeros(30), *(80.0 + noise(20))).mean.min() > 70


def test_same_input_gives_the_same_forecast_again(forecasts):
    again = forecast_collection({key: Series(START, values) for key, values in COLLECTION.items()}, horizon=14)
    for key, one in forecasts.items():
        assert again[key].model == one.model
        assert np.array_equal([again[key].mean, again[key].upper95], [one.mean, one.upper95])


def test_chunks_with_one_plan_give_the_forecast_of_the_whole(forecasts):
    whole = {key: Series(START, values) for key, values in COLLECTION.items()}
    plan = make_plan(whole, horizon=14)
    seen = []
    chunk = {key: whole[key] for key in ("growing", "part")}
    chunked = forecast_collection(chunk, horizon=14, plan=plan, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
    for key in chunk:
        assert np.array_equal(chunked[key].mean, forecasts[key].mean)


def test_errors_of_the_backtest_stand_beside_those_of_the_seasonal_naive():
    series = Series(START, SEASONAL)
    plan = make_plan({"one": series}, horizon=12)
    one = forecast_series(series, plan, with_errors=True)
    assert 0 < one.wape < 0.1
    assert 0 < one.naive_wape < 0.1
    assert abs(one.bias) <= one.wape
    assert forecast_series(series, plan).wape is None


def test_web_processes_do_not_load_the_forecasting_library():
    code = "import sys, analytics.forecasting; sys.exit('statsforecast' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
