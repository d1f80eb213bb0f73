"""Bars: figures by category against a plan, and rankings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .base import Chart, Mark, Number, Size, Table, label_cell, percent, percent_cell, shortened, tick_text
from .canvas import Canvas
from .style import PALE, PRIMARY, WARNING

CROWDED = 16
OVERCROWDED = 30
CHARACTERS_AN_INCH = 15


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Bars per category; with `plan` (one per mark) pale plan bars stand behind them."""

    marks: Sequence[Mark]
    plan: Sequence[Number] = ()
    category: str = ""
    newest_last: bool = True

    def __post_init__(self) -> None:
        if self.plan and len(self.plan) != len(self.marks):
            raise ValueError("A plan has one figure per mark")

    @property
    def is_empty(self) -> bool:
        return all(self.unit.scaled(value) is None for value in [*(mark.value for mark in self.marks), *self.plan])

    @property
    def opens_at_end(self) -> bool:
        return self.newest_last

    @property
    def table(self) -> Table:
        headings = [self.category or _("Category"), _("Actual") if self.plan else self.heading]
        rows = [[label_cell(mark.label, mark.url), self.cell(mark.value, mark.url)] for mark in self.marks]
        if self.plan:
            headings += [_("Plan"), _("Completion")]
            for row, mark, plan in zip(rows, self.marks, self.plan, strict=True):
                row += [self.cell(plan), percent_cell(mark.value, plan)]
        return Table(headings, rows)

    def draw(self, canvas: Canvas) -> None:
        axes = canvas.axes
        canvas.show_grid()
        if self.plan:
            self._draw_plan(canvas)
        self._draw_bars(canvas)
        labels = [shortened(mark.label, 8) for mark in self.marks]
        step = -(-len(labels) // self._labels_that_fit(labels))
        axes.set_xticks(range(0, len(labels), step), labels[::step])
        axes.set_xlim(-0.6, len(self.marks) - 0.4)
        axes.margins(y=0.12)
        axes.locator_params(axis="y", nbins=5, integer=not self.unit.decimals)
        axes.yaxis.set_major_formatter(tick_text)
        axes.axhline(0, color=canvas.theme.grid, linewidth=0.8, zorder=0.5)

    def _labels_that_fit(self, labels: Sequence[str]) -> int:
        """Side by side with a gap between them; a Chinese character is as wide as two Latin ones."""
        widest = max(sum(1 if character.isascii() else 2 for character in label) for label in labels)
        room = int(self.size.value * CHARACTERS_AN_INCH / (widest + 1))
        return max(1, min(room, CROWDED if self.size is not Size.HALF else 8))

    def _draw_plan(self, canvas: Canvas) -> None:
        values = [self.unit.scaled(plan) or 0 for plan in self.plan]
        plan = canvas.axes.bar(range(len(values)), values, width=0.68, color=PALE, alpha=0.28)
        reached = canvas.axes.bar([0], [0], color=PRIMARY)
        missed = canvas.axes.bar([0], [0], color=WARNING, **self._pattern(canvas))
        canvas.legend([plan, reached, missed], [_("Plan"), _("Actual, plan reached"), _("Actual, plan missed")])

    def _draw_bars(self, canvas: Canvas) -> None:
        plans = self.plan or [None] * len(self.marks)
        known = [
            (position, mark, plan)
            for position, (mark, plan) in enumerate(zip(self.marks, plans, strict=True))
            if self.unit.scaled(mark.value) is not None
        ]
        bars = canvas.axes.bar(
            [position for position, _mark, _plan in known],
            [self.unit.scaled(mark.value) for _position, mark, _plan in known],
            width=0.42 if self.plan else 0.58,
            color=PRIMARY,
        )
        for bar, (position, mark, plan) in zip(bars, known, strict=True):
            if plan is not None and mark.value < plan:
                bar.set(color=WARNING, **self._pattern(canvas))
            canvas.mark(bar, self._tip(mark, plan), mark.url)
            self._write_above(canvas, position, mark, plan)

    def _pattern(self, canvas: Canvas) -> dict[str, object]:
        """Stripes where there is no room for the percentage: colour alone must not carry the meaning."""
        if len(self.marks) <= OVERCROWDED:
            return {}
        return {"hatch": "////", "hatchcolor": canvas.theme.surface}

    def _write_above(self, canvas: Canvas, position: int, mark: Mark, plan: Number) -> None:
        value = self.unit.scaled(mark.value) or 0
        if len(self.marks) > OVERCROWDED:
            return
        text = percent(mark.value, plan) if self.plan else self.unit.text(mark.value)
        below = value < 0
        end = min(value, self.unit.scaled(plan) or 0) if below else max(value, self.unit.scaled(plan) or 0)
        canvas.write(
            text,
            position,
            end,
            shift=(0, -2 if below else 2),
            ha="center",
            va="top" if below else "bottom",
            fontsize=8 if len(self.marks) <= CROWDED else 6,
        )

    def _tip(self, mark: Mark, plan: Number) -> str:
        if mark.tip or plan is None:
            return mark.tip or _("%(label)s: %(figure)s") % {
                "label": mark.label,
                "figure": self.unit.phrase(mark.value),
            }
        return _("%(label)s: actual %(actual)s, plan %(plan)s, completion %(rate)s") % {
            "label": mark.label,
            "actual": self.unit.phrase(mark.value),
            "plan": self.unit.phrase(plan),
            "rate": percent(mark.value, plan),
        }


@dataclass(frozen=True, kw_only=True)
class RankingChart(Chart):
    """Horizontal bars in the order given, the first on top."""

    marks: Sequence[Mark]
    category: str = ""
    size: Size = Size.HALF

    @property
    def is_empty(self) -> bool:
        return all(self.unit.scaled(mark.value) is None for mark in self.marks)

    @property
    def height(self) -> float:
        return super().height if self.is_empty else max(1.2, 0.36 * len(self.marks) + 0.35)

    @property
    def table(self) -> Table:
        return Table(
            [self.category or _("Category"), self.heading],
            [[label_cell(mark.label, mark.url), self.cell(mark.value, mark.url)] for mark in self.marks],
        )

    def draw(self, canvas: Canvas) -> None:
        axes, count = canvas.axes, len(self.marks)
        known = [
            (position, mark) for position, mark in enumerate(self.marks) if self.unit.scaled(mark.value) is not None
        ]
        values = [self.unit.scaled(mark.value) or 0 for _position, mark in known]
        bars = axes.barh(
            [position for position, _mark in known],
            values,
            height=0.55,
            color=[
                (WARNING if value < 0 else PRIMARY, 1 - 0.55 * position / count)
                for value, (position, _mark) in zip(values, known, strict=True)
            ],
        )
        for bar, value, (position, mark) in zip(bars, values, known, strict=True):
            canvas.mark(
                bar,
                mark.tip or _("%(label)s: %(figure)s") % {"label": mark.label, "figure": self.unit.phrase(mark.value)},
                mark.url,
            )
            canvas.write(
                self.unit.text(mark.value),
                value,
                position,
                shift=(-4 if value < 0 else 4, 0),
                va="center",
                ha="right" if value < 0 else "left",
                fontsize=8.5,
            )
        axes.set_yticks(range(count), [shortened(mark.label) for mark in self.marks])
        axes.set_ylim(count - 0.4, -0.6)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.axvline(0, color=canvas.theme.grid, linewidth=0.8)
        axes.margins(x=0.16)
