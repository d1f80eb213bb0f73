"""Lines over time, and the fan of a forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .base import Cell, Chart, Number, Series, Size, Table, Unit, label_cell, shortened, tick_text
from .canvas import Canvas
from .style import PALE, PRIMARY, SECONDARY, WARNING, series_colour, series_dash

MOST_TICKS = {Size.HALF: 6, Size.WIDE: 12, Size.FULL: 18}
FEW_POINTS = 24


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """Several series over the same labels (months, weeks, days); None leaves a gap."""

    labels: Sequence[str]
    series: Sequence[Series]
    category: str = ""

    def __post_init__(self) -> None:
        if any(len(line.values) != len(self.labels) for line in self.series):
            raise ValueError("A series has one value per label, None where there is none")

    @property
    def is_empty(self) -> bool:
        return all(self.unit.scaled(value) is None for line in self.series for value in line.values)

    @property
    def table(self) -> Table:
        rows = [
            [label_cell(label), *(self.cell(line.values[position], line.url(position)) for line in self.series)]
            for position, label in enumerate(self.labels)
        ]
        return Table([self.category or _("Period"), *(str(line.label) for line in self.series)], rows)

    def draw(self, canvas: Canvas) -> None:
        canvas.show_grid()
        handles = [self._draw_line(canvas, number, line) for number, line in enumerate(self.series)]
        canvas.legend(
            handles,
            [shortened(line.label, 16) for line in self.series],
            ncols=min(len(handles), 3 if self.size is Size.HALF else 6),
        )
        step = -(-len(self.labels) // MOST_TICKS[self.size])
        canvas.axes.set_xticks(
            range(0, len(self.labels), step), [shortened(label, 10) for label in self.labels[::step]]
        )
        canvas.axes.set_xlim(-0.5, len(self.labels) - 0.5)
        finish_value_axis(canvas, self.unit)

    def _draw_line(self, canvas: Canvas, number: int, line: Series):
        colour = series_colour(number)
        values = [self.unit.scaled(value) for value in line.values]
        (handle,) = canvas.axes.plot(
            range(len(values)),
            gaps(values),
            color=colour,
            linewidth=1.8,
            linestyle=series_dash(number),
            marker="o",
            markersize=3.2 if len(values) <= FEW_POINTS else 0,
        )
        known = [position for position, value in enumerate(values) if value is not None]
        canvas.mark_points(
            [(position, values[position]) for position in known],
            [
                _("%(series)s, %(label)s: %(figure)s")
                % {
                    "series": line.label,
                    "label": self.labels[position],
                    "figure": self.unit.phrase(line.values[position]),
                }
                for position in known
            ],
            [line.url(position) for position in known],
            colour,
        )
        return handle


@dataclass(frozen=True)
class ForecastPoint:
    mean: Number
    low_80: Number
    high_80: Number
    low_95: Number
    high_95: Number


@dataclass(frozen=True, kw_only=True)
class FanChart(Chart):
    """`months` covers history and then forecast; `last_year` and `plan` have one value per month, or are left out."""

    months: Sequence[date]
    history: Sequence[Number]
    forecast: Sequence[ForecastPoint] = ()
    last_year: Sequence[Number] = ()
    plan: Sequence[Number] = ()
    urls: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.months) != len(self.history) + len(self.forecast):
            raise ValueError("The months of a fan chart are those of its history and its forecast")
        if any(values and len(values) != len(self.months) for values in (self.last_year, self.plan)):
            raise ValueError("Last year and plan have one value per month")
        Series("", (), self.urls)

    @property
    def is_empty(self) -> bool:
        values = [*self.history, *(point.mean for point in self.forecast)]
        return all(self.unit.scaled(value) is None for value in values)

    @property
    def table(self) -> Table:
        headings, columns = [_("Month"), _("Actual")], [self._padded(self.history, before=False)]
        for heading, values in ((_("Last year"), self.last_year), (_("Plan"), self.plan)):
            if values:
                headings.append(heading)
                columns.append(values)
        for heading, values in self._forecast_columns():
            headings.append(heading)
            columns.append(self._padded(values, before=True))
        rows = [
            [month_cell(month), *(self.cell(column[position]) for column in columns)]
            for position, month in enumerate(self.months)
        ]
        for row, url in zip(rows, self.urls, strict=False):
            row[1] = Cell(row[1].value, row[1].text, url)
        return Table(headings, rows)

    def draw(self, canvas: Canvas) -> None:
        canvas.show_grid()
        handles: dict[str, object] = {}
        lines = (
            (_("Last year"), self.last_year, {"color": PALE, "linestyle": "-.", "linewidth": 1.2}),
            (_("Plan"), self.plan, {"color": SECONDARY, "linestyle": ":", "linewidth": 1.8}),
        )
        for label, values, look in lines:
            if values:
                (handles[label],) = canvas.axes.plot(range(len(values)), gaps(self._scaled(values)), **look)
        (handles[_("Actual")],) = canvas.axes.plot(
            range(len(self.history)),
            gaps(self._scaled(self.history)),
            color=PRIMARY,
            linewidth=1.8,
            marker="o",
            markersize=3 if len(self.months) <= FEW_POINTS else 0,
            zorder=3,
        )
        if self.forecast:
            self._draw_fan(canvas, handles)
        self._add_tips(canvas)
        canvas.legend(list(handles.values()), list(handles), ncols=3 if self.size is Size.HALF else len(handles))
        ticks = month_ticks(self.months, MOST_TICKS[self.size])
        canvas.axes.set_xticks(ticks, [month_text(self.months[position]) for position in ticks])
        canvas.axes.set_xlim(-0.6, len(self.months) - 0.4)
        finish_value_axis(canvas, self.unit)

    def _draw_fan(self, canvas: Canvas, handles: dict[str, object]) -> None:
        start = len(self.history)
        anchor = self._scaled(self.history[-1:])
        joined = [value for value in anchor if value is not None]
        positions = range(start - len(joined), len(self.months))
        columns = [gaps([*joined, *self._scaled(values)]) for _heading, values in self._forecast_columns()]
        mean, low_80, high_80, low_95, high_95 = columns
        outer = canvas.axes.fill_between(positions, low_95, high_95, color=WARNING, alpha=0.16, linewidth=0)
        inner = canvas.axes.fill_between(positions, low_80, high_80, color=WARNING, alpha=0.30, linewidth=0)
        (line,) = canvas.axes.plot(positions, mean, color=WARNING, linestyle="--", linewidth=1.8, zorder=3)
        handles |= {_("Forecast"): line, _("80% interval"): inner, _("95% interval"): outer}
        if self.history:
            canvas.axes.axvline(start - 1, color=canvas.theme.muted, linewidth=0.9, linestyle=(0, (2, 2)))
            canvas.axes.annotate(
                _("Data up to %(month)s") % {"month": month_text(self.months[start - 1])},
                (start - 1, 1),
                xycoords=("data", "axes fraction"),
                xytext=(-4, -3),
                textcoords="offset points",
                ha="right",
                va="top",
                fontsize=8,
                color=canvas.theme.muted,
            )

    def _add_tips(self, canvas: Canvas) -> None:
        actual = [(position, value) for position, value in enumerate(self._scaled(self.history)) if value is not None]
        canvas.mark_points(
            actual,
            [self._tip(_("Actual"), position, self.history[position]) for position, _value in actual],
            [self.urls[position] if position < len(self.urls) else "" for position, _value in actual],
            PRIMARY,
        )
        start = len(self.history)
        means = [
            (start + number, self.unit.scaled(point.mean))
            for number, point in enumerate(self.forecast)
            if self.unit.scaled(point.mean) is not None
        ]
        canvas.mark_points(
            means, [self._forecast_tip(position) for position, _mean in means], [""] * len(means), WARNING
        )

    def _tip(self, series: str, position: int, value: Number) -> str:
        return _("%(series)s, %(label)s: %(figure)s") % {
            "series": series,
            "label": month_text(self.months[position]),
            "figure": self.unit.phrase(value),
        }

    def _forecast_tip(self, position: int) -> str:
        point = self.forecast[position - len(self.history)]
        return _("Forecast for %(month)s: %(mean)s, 80%% between %(low)s and %(high)s") % {
            "month": month_text(self.months[position]),
            "mean": self.unit.phrase(point.mean),
            "low": self.unit.text(point.low_80),
            "high": self.unit.text(point.high_80),
        }

    def _forecast_columns(self) -> list[tuple[str, Sequence[Number]]]:
        if not self.forecast:
            return []
        return [
            (_("Forecast"), [point.mean for point in self.forecast]),
            (_("80% from"), [point.low_80 for point in self.forecast]),
            (_("80% to"), [point.high_80 for point in self.forecast]),
            (_("95% from"), [point.low_95 for point in self.forecast]),
            (_("95% to"), [point.high_95 for point in self.forecast]),
        ]

    def _scaled(self, values: Sequence[Number]) -> list[float | None]:
        return [self.unit.scaled(value) for value in values]

    def _padded(self, values: Sequence[Number], *, before: bool) -> list[Number]:
        padding = [None] * (len(self.months) - len(values))
        return [*padding, *values] if before else [*values, *padding]


def gaps(values: Sequence[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def month_text(month: date) -> str:
    return f"{month:%Y-%m}"


def month_cell(month: date) -> Cell:
    return Cell(month, month_text(month), is_number=False)


def month_ticks(months: Sequence[date], most: int) -> list[int]:
    """Positions of the months to name: every 2nd, 3rd, 6th or 12th from January, so that years line up."""
    for step in (1, 2, 3, 6, 12, 24, 60):
        ticks = [position for position, month in enumerate(months) if (month.year * 12 + month.month - 1) % step == 0]
        if len(ticks) <= most:
            return ticks or [0]
    return [0]


def finish_value_axis(canvas: Canvas, unit: Unit) -> None:
    """From zero where all figures are positive: a cut axis makes small changes look big."""
    axes = canvas.axes
    axes.margins(y=0.12)
    if axes.get_ylim()[0] > 0 or min(axes.dataLim.y0, axes.dataLim.y1) >= 0:
        axes.set_ylim(bottom=0)
    else:
        axes.axhline(0, color=canvas.theme.muted, linewidth=0.6)
    axes.locator_params(axis="y", nbins=5, integer=not unit.decimals)
    axes.yaxis.set_major_formatter(tick_text)
