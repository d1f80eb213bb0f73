"""The long CSV file of the command forecast_file: series, period YYYY-MM, value in; one row per forecast month out."""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from .series import Forecast, Series

COLUMNS = ("series", "period", "value")
OUTPUT_COLUMNS = ("series", "period", "mean", "lower80", "upper80", "lower95", "upper95", "model")
MISSING = ("", "na", "nan", "null")
# `start` of a Series counts months; a typing error of a year must not make a history of 20,000 months.
LONGEST_MONTHS = 2400
PERIOD = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")


class FileRefused(ValueError):
    """The file cannot be forecast; the message says where and why."""


def read_series(path: Path) -> dict[str, Series]:
    """Months that the file does not name become gaps; each series ends with its own last row."""
    values: dict[str, dict[int, float]] = {}
    for line, row in _rows(_text(path)):
        key = row["series"].strip()
        if not key:
            raise FileRefused(_("Line %(line)s: the series has no name.") % {"line": line})
        months = values.setdefault(key, {})
        month = _month(row["period"], line)
        if month in months:
            raise FileRefused(
                _("Line %(line)s: series “%(series)s” has the period %(period)s twice.")
                % {"line": line, "series": key, "period": row["period"].strip()}
            )
        months[month] = _number(row["value"], line)
    if not values:
        raise FileRefused(_("The file holds no rows under its heading."))
    return {key: _series(key, months) for key, months in values.items()}


def write_forecasts(path: Path, series: Mapping[str, Series], forecasts: Mapping[str, Forecast]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(OUTPUT_COLUMNS)
        for key, forecast in forecasts.items():
            first = series[key].start + len(series[key].values)
            for ahead in range(forecast.mean.size):
                bands = (getattr(forecast, name)[ahead] for name in OUTPUT_COLUMNS[2:7])
                writer.writerow([key, _period(first + ahead), *(f"{value:.6g}" for value in bands), forecast.model])


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileRefused(
            _("The file %(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("The file is neither UTF-8 nor GB18030 text."))


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heading = [name.strip().lower() for name in next(reader, [])]
        for name in COLUMNS:
            if name not in heading:
                raise FileRefused(
                    _("Line 1: the column “%(column)s” is missing; needed are %(columns)s.")
                    % {"column": name, "columns": ", ".join(COLUMNS)}
                )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(heading):
                raise FileRefused(_("Line %(line)s: the row has too few columns.") % {"line": reader.line_num})
            yield reader.line_num, dict(zip(heading, cells, strict=False))
    except csv.Error as error:
        raise FileRefused(
            _("Line %(line)s: not a row of a CSV file (%(reason)s).") % {"line": reader.line_num, "reason": error}
        ) from error


def _month(text: str, line: int) -> int:
    found = PERIOD.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        raise FileRefused(
            _("Line %(line)s: “%(value)s” is not a period of the form YYYY-MM.") % {"line": line, "value": text}
        )
    return int(found[1]) * 12 + int(found[2]) - 1


def _number(text: str, line: int) -> float:
    if text.strip().lower() in MISSING:
        return math.nan
    try:
        number = float(text)
    except ValueError:
        number = math.inf
    if not math.isfinite(number):
        raise FileRefused(_("Line %(line)s: “%(value)s” is not a number.") % {"line": line, "value": text})
    return number


def _series(key: str, months: Mapping[int, float]) -> Series:
    known = [month for month, value in months.items() if math.isfinite(value)] or list(months)
    first, count = min(known), max(known) - min(known) + 1
    if count > LONGEST_MONTHS:
        raise FileRefused(
            _("Series “%(series)s” runs from %(first)s to %(last)s: longer than %(limit)s years.")
            % {"series": key, "first": _period(first), "last": _period(max(known)), "limit": LONGEST_MONTHS // 12}
        )
    values = np.full(count, math.nan)
    for month in known:
        values[month - first] = months[month]
    return Series(first, values)


def _period(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
