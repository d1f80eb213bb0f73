"""Parts of a whole: shares, a grid of intensities, a funnel."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .base import Cell, Chart, Mark, Number, Size, Table, label_cell, local_url, percent, percent_cell, shortened
from .canvas import Canvas
from .style import PALE, PRIMARY, WARNING, series_colour

MOST_SLICES = 6


@dataclass(frozen=True, kw_only=True)
class ShareChart(Chart):
    """A ring of the largest shares; the rest is one slice, and all of it stands in the table."""

    marks: Sequence[Mark]
    category: str = ""
    size: Size = Size.HALF

    @property
    def is_empty(self) -> bool:
        return not self._slices()

    @property
    def height(self) -> float:
        return 2.75

    @property
    def table(self) -> Table:
        rows = [
            [label_cell(mark.label, mark.url), self.cell(mark.value, mark.url), percent_cell(mark.value, self.total)]
            for mark in self.marks
        ]
        return Table([self.category or _("Category"), self.heading, _("Share")], rows)

    @property
    def total(self) -> Number:
        return sum(mark.value for mark in self.marks if self.unit.scaled(mark.value) is not None)

    def draw(self, canvas: Canvas) -> None:
        slices = self._slices()
        colours = [*(series_colour(number) for number in range(MOST_SLICES)), PALE]
        wedges = canvas.axes.pie(
            [self.unit.scaled(mark.value) for mark in slices],
            colors=colours,
            startangle=90,
            counterclock=False,
            wedgeprops={"width": 0.36, "edgecolor": canvas.theme.surface, "linewidth": 1.5},
        )[0]
        for wedge, mark in zip(wedges, slices, strict=True):
            tip = mark.tip or _("%(label)s: %(figure)s, %(share)s") % {
                "label": mark.label,
                "figure": self.unit.phrase(mark.value),
                "share": percent(mark.value, self.total, 1),
            }
            canvas.mark(wedge, tip, mark.url)
        canvas.axes.text(
            0, 0.06, self.unit.text(self.total), ha="center", va="center", fontsize=13, color=canvas.theme.ink
        )
        canvas.axes.text(
            0,
            -0.2,
            str(self.unit.label or _("Total")),
            ha="center",
            va="center",
            fontsize=8.5,
            color=canvas.theme.muted,
        )
        canvas.legend(
            wedges,
            [f"{shortened(mark.label, 10)}  {percent(mark.value, self.total, 1)}" for mark in slices],
            loc="center left",
            bbox_to_anchor=(1.02, 0.5),
            ncols=1,
            labelspacing=0.75,
        )

    def _slices(self) -> list[Mark]:
        """Largest first; a share of nothing or less cannot be drawn."""
        shown = sorted(
            (mark for mark in self.marks if (self.unit.scaled(mark.value) or 0) > 0),
            key=lambda mark: float(mark.value),
            reverse=True,
        )
        if len(shown) <= MOST_SLICES + 1:
            return shown
        rest = shown[MOST_SLICES:]
        return [*shown[:MOST_SLICES], Mark(_("Other"), sum(mark.value for mark in rest))]


@dataclass(frozen=True, kw_only=True)
class HeatMap(Chart):
    """`values[row][column]`: the stronger the colour, the larger the figure; negative ones take the warning colour."""

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[Number]]
    urls: Sequence[Sequence[str]] = ()
    category: str = ""

    def __post_init__(self) -> None:
        if len(self.values) != len(self.rows) or any(len(row) != len(self.columns) for row in self.values):
            raise ValueError("A heat map has one value per row and column, None where there is none")
        for row in self.urls:
            for url in row:
                local_url(url)

    @property
    def opens_at_end(self) -> bool:
        return False  # a row without its name says nothing

    @property
    def is_empty(self) -> bool:
        return all(self.unit.scaled(value) is None for row in self.values for value in row)

    @property
    def height(self) -> float:
        return super().height if self.is_empty else 0.3 * len(self.rows) + 0.5

    @property
    def table(self) -> Table:
        rows = [
            [
                label_cell(label),
                *(self.cell(value, self._url(row, column)) for column, value in enumerate(self.values[row])),
            ]
            for row, label in enumerate(self.rows)
        ]
        return Table([self.category or _("Category"), *(str(column) for column in self.columns)], rows)

    def draw(self, canvas: Canvas) -> None:
        axes = canvas.axes
        places = [
            (row, column)
            for row, values in enumerate(self.values)
            for column, value in enumerate(values)
            if self.unit.scaled(value) is not None
        ]
        figures = [self.unit.scaled(self.values[row][column]) or 0 for row, column in places]
        strongest = max(abs(figure) for figure in figures) or 1
        # At most 0.7: the figure on top must stay readable in light and in dark.
        cells = axes.barh(
            [row for row, _column in places],
            0.94,
            left=[column - 0.47 for _row, column in places],
            height=0.88,
            color=[(WARNING if figure < 0 else PRIMARY, 0.05 + 0.65 * abs(figure) / strongest) for figure in figures],
        )
        for cell, place in zip(cells, places, strict=True):
            self._describe_cell(canvas, cell, *place)
        axes.set_xticks(range(len(self.columns)), [shortened(column, 8) for column in self.columns])
        axes.set_yticks(range(len(self.rows)), [shortened(row) for row in self.rows])
        axes.set_xlim(-0.5, len(self.columns) - 0.5)
        axes.set_ylim(len(self.rows) - 0.5, -0.5)
        axes.xaxis.tick_top()
        axes.spines[:].set_visible(False)

    def _describe_cell(self, canvas: Canvas, cell, row: int, column: int) -> None:
        value = self.values[row][column]
        canvas.mark(
            cell,
            _("%(series)s, %(label)s: %(figure)s")
            % {
                "series": self.rows[row],
                "label": self.columns[column],
                "figure": self.unit.phrase(value),
            },
            self._url(row, column),
        )
        if len(self.columns) <= 4 * canvas.width:
            canvas.write(
                self.unit.text(value),
                column,
                row,
                ha="center",
                va="center",
                fontsize=8 if len(self.columns) <= 2 * canvas.width else 6.5,
            )

    def _url(self, row: int, column: int) -> str:
        return self.urls[row][column] if self.urls else ""


@dataclass(frozen=True, kw_only=True)
class FunnelChart(Chart):
    """Stages from first to last, each with its share of the stage before."""

    marks: Sequence[Mark]
    category: str = ""
    size: Size = Size.HALF

    @property
    def is_empty(self) -> bool:
        return not any(self.unit.scaled(mark.value) for mark in self.marks)

    @property
    def height(self) -> float:
        return super().height if self.is_empty else max(1.4, 0.5 * len(self.marks) + 0.3)

    @property
    def table(self) -> Table:
        rows = [
            [label_cell(mark.label, mark.url), self.cell(mark.value, mark.url), self._conversion(position)]
            for position, mark in enumerate(self.marks)
        ]
        return Table([self.category or _("Stage"), self.heading, _("Conversion")], rows)

    def draw(self, canvas: Canvas) -> None:
        axes = canvas.axes
        widest = max(self.unit.scaled(mark.value) or 0 for mark in self.marks)
        for position, mark in enumerate(self.marks):
            value = max(self.unit.scaled(mark.value) or 0, 0)
            (bar,) = axes.barh(
                position,
                value,
                left=-value / 2,
                height=0.66,
                color=PRIMARY,
                alpha=0.62 - 0.42 * position / len(self.marks),
            )
            canvas.mark(bar, mark.tip or self._tip(position), mark.url)
            canvas.write(self.unit.text(mark.value), 0, position, ha="center", va="center", fontsize=9)
            if position:
                axes.annotate(
                    f"↓ {self._conversion(position).text}",
                    (widest * 0.53, position - 0.5),
                    va="center",
                    fontsize=8,
                    color=canvas.theme.muted,
                )
        axes.set_yticks(range(len(self.marks)), [shortened(mark.label, 10) for mark in self.marks])
        axes.set_ylim(len(self.marks) - 0.5, -0.5)
        axes.set_xlim(-widest * 0.52, widest * 0.72)
        axes.set_xticks([])
        axes.spines[:].set_visible(False)

    def _conversion(self, position: int) -> Cell:
        if position == 0:
            return percent_cell(None, None)
        return percent_cell(self.marks[position].value, self.marks[position - 1].value)

    def _tip(self, position: int) -> str:
        mark = self.marks[position]
        if position == 0:
            return _("%(label)s: %(figure)s") % {"label": mark.label, "figure": self.unit.phrase(mark.value)}
        return _("%(label)s: %(figure)s, %(rate)s of the stage before") % {
            "label": mark.label,
            "figure": self.unit.phrase(mark.value),
            "rate": self._conversion(position).text,
        }
