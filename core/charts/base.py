"""What every chart is: a description of figures that can be drawn as SVG or PNG and read as a table."""

import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from unicodedata import east_asian_width

from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .canvas import Canvas
from .inline import inline_svg, printable
from .style import PAGE_THEME, PAPER_THEME, Theme

Number = int | float | Decimal | None
MISSING = "–"


class Size(Enum):
    """Width in inches, by the card the chart stands in."""

    HALF = 4.4
    WIDE = 7.4
    FULL = 11.6


@dataclass(frozen=True)
class Unit:
    """How the figures of a chart are written: Unit(_("10,000 yuan"), divisor=10_000, decimals=1)."""

    label: str = ""
    divisor: int = 1
    decimals: int = 0

    def scaled(self, value: Number) -> float | None:
        if value is None or not math.isfinite(value):
            return None
        return float(value) / self.divisor

    def text(self, value: Number) -> str:
        scaled = self.scaled(value)
        return MISSING if scaled is None else f"{scaled:,.{self.decimals}f}"

    def phrase(self, value: Number) -> str:
        return f"{self.text(value)} {self.label}".rstrip()


def percent(part: Number, whole: Number, decimals: int = 0) -> str:
    """Share in percent, or a dash where the whole is nothing."""
    return f"{float(part) / float(whole):.{decimals}%}" if part is not None and whole else MISSING


def local_url(url: str) -> str:
    """A mark leads to a list of this site; anything else (javascript:, another host) is refused."""
    if url and not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        raise ValueError(f"A mark of a chart may not lead to {url!r}")
    return url


@dataclass(frozen=True)
class Mark:
    """One figure: `url` is the list that it sums, `tip` replaces the tip made of label and value."""

    label: str
    value: Number
    url: str = ""
    tip: str = ""

    def __post_init__(self) -> None:
        local_url(self.url)


@dataclass(frozen=True)
class Series:
    """One line: a value per position of the axis, None where there is none."""

    label: str
    values: Sequence[Number]
    urls: Sequence[str] = ()

    def __post_init__(self) -> None:
        for url in self.urls:
            local_url(url)

    def url(self, position: int) -> str:
        return self.urls[position] if position < len(self.urls) else ""


@dataclass(frozen=True)
class Cell:
    """`value` for a spreadsheet, `text` for a reader."""

    value: object
    text: str
    url: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class Table:
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`note` says definition, scope and cut-off of the figures below the chart."""

    title: str
    unit: Unit = Unit()
    size: Size = Size.WIDE
    note: str = ""

    @property
    def is_empty(self) -> bool:
        raise NotImplementedError

    @property
    def table(self) -> Table:
        raise NotImplementedError

    @property
    def height(self) -> float:
        return {Size.HALF: 3.28, Size.WIDE: 2.75, Size.FULL: 3.4}[self.size]

    @property
    def opens_at_end(self) -> bool:
        """Where a phone shows only a part: the newest months, not the oldest."""
        return True

    def draw(self, canvas: Canvas) -> None:
        raise NotImplementedError

    def svg(self, ident: str) -> SafeString:
        """The chart for a page; `ident` is unique on that page."""
        canvas = self._drawn(PAGE_THEME)
        return inline_svg(
            canvas.svg(),
            ident=ident,
            label=self.heading,
            tips=canvas.tips,
            css_class=f"chart chart-{self.size.name.lower()}",
        )

    def png(self) -> bytes:
        """The chart for a workbook, in light colours, 192 pixels per inch."""
        canvas = self._drawn(PAPER_THEME)
        canvas.figure.suptitle(printable(self.heading), x=0.01, ha="left", fontsize=10.5, color=PAPER_THEME.ink)
        return canvas.png()

    @property
    def heading(self) -> str:
        if not self.unit.label:
            return str(self.title)
        return _("%(title)s (%(unit)s)") % {"title": self.title, "unit": self.unit.label}

    def cell(self, value: Number, url: str = "") -> Cell:
        return Cell(self.unit.scaled(value), self.unit.text(value), url)

    def _drawn(self, theme: Theme) -> Canvas:
        canvas = Canvas(self.size.value, self.height, theme)
        if self.is_empty:
            canvas.hide_axes()
            canvas.axes.text(
                0.5,
                0.5,
                _("No figures for this period and scope yet"),
                ha="center",
                va="center",
                fontsize=10,
                color=theme.muted,
                transform=canvas.axes.transAxes,
            )
        else:
            self.draw(canvas)
        return canvas


def label_cell(label: str, url: str = "") -> Cell:
    return Cell(str(label), str(label), url, is_number=False)


def percent_cell(part: Number, whole: Number) -> Cell:
    value = float(part) / float(whole) if part is not None and whole else None
    return Cell(value, percent(part, whole, 1))


def shortened(text: str, length: int = 12) -> str:
    """No wider than so many Chinese characters; a Latin letter takes half the room of one."""
    text = printable(text).replace("\n", " ")
    widths = list(accumulate(2 if east_asian_width(letter) in "FW" else 1 for letter in text))
    if not text or widths[-1] <= 2 * length:
        return text
    return f"{text[: bisect(widths, 2 * length - 2)]}…"


def tick_text(value: float, _position: int | None = None) -> str:
    return f"{value:,.10g}"
