"""One figure being drawn: never pyplot, which keeps global state and is not safe in threads."""

import io
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from .style import PAGE_THEME, Theme

FONTS = Path(__file__).resolve().parent.parent / "fonts"
SETTINGS = {
    "font.family": ["Noto Sans SC", "DejaVu Sans"],
    "font.size": 9,
    "axes.unicode_minus": False,
    "text.parse_math": False,  # a customer called "$5$" is not a formula
    "svg.fonttype": "none",
    "svg.hashsalt": "charts",
    "hatch.linewidth": 1.2,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "legend.frameon": False,
    "figure.constrained_layout.h_pad": 0.06,
}
_loading = threading.Lock()


@cache
def _load_matplotlib() -> SimpleNamespace:
    # Imported on first use: it takes longer than the whole of Django, and most commands draw nothing.
    import matplotlib
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    font_manager.fontManager.addfont(FONTS / "NotoSansSC-Regular.ttf")
    matplotlib.rcParams.update(SETTINGS)
    return SimpleNamespace(Figure=Figure, svg=FigureCanvasSVG, png=FigureCanvasAgg)


def warm_up() -> SimpleNamespace:
    """Load the drawing library once per process; settings are global, so they are never changed afterwards."""
    with _loading:
        return _load_matplotlib()


class Canvas:
    """Axes in a theme, with the tips and links of what is drawn on them."""

    def __init__(self, width: float, height: float, theme: Theme = PAGE_THEME) -> None:
        self._library = warm_up()
        self.theme = theme
        self.width = width
        self.figure = self._library.Figure(figsize=(width, height), layout="constrained")
        self.axes = self.figure.add_subplot()
        self.tips: dict[str, Sequence[str]] = {}
        for patch in (self.figure.patch, self.axes.patch):
            patch.set_visible(theme is not PAGE_THEME)
            patch.set_facecolor(theme.surface)
        self.axes.tick_params(which="both", colors=theme.muted, labelcolor=theme.ink)
        for spine in self.axes.spines.values():
            spine.set_color(theme.grid)

    def show_grid(self, axis: str = "y") -> None:
        self.axes.grid(True, axis=axis, linewidth=0.6, color=self.theme.grid)

    def hide_axes(self) -> None:
        self.axes.set_axis_off()

    def mark(self, artist, tip: str, url: str = "") -> None:
        """Give one drawn thing a tip and, when it sums a list, the link to that list."""
        name = f"mark{len(self.tips)}"
        artist.set_gid(name)
        artist.set_url(url or None)
        self.tips[name] = [tip]

    def mark_points(
        self, points: Sequence[tuple[float, float]], tips: Sequence[str], urls: Sequence[str], colour: str
    ) -> None:
        """Discs over a line, since a point is too small to hit: nearly invisible, for what is invisible has no fill."""
        if not points:
            return
        discs = self.axes.scatter(*zip(*points, strict=True), s=90, color=colour, alpha=0.001, linewidths=0, zorder=5)
        name = f"mark{len(self.tips)}"
        discs.set_gid(name)
        discs.set_urls([url or None for url in urls])
        self.tips[name] = list(tips)

    def write(self, text: str, x: float, y: float, **options) -> None:
        """Write a label next to a point of the data, `shift` points away from it."""
        shift = options.pop("shift", (0, 0))
        options.setdefault("color", self.theme.ink)
        note = self.axes.annotate(text, (x, y), xytext=shift, textcoords="offset points", **options)
        note.set_in_layout(False)  # it lies inside the axes; measuring it would double the time to draw

    def legend(self, handles: Sequence, labels: Sequence[str], **options) -> None:
        # A label that begins with an underscore would be left out by the library.
        visible = [f"\u200b{label}" if label.startswith("_") else label for label in labels]
        placed = {"loc": "lower right", "bbox_to_anchor": (1, 1), "ncols": len(labels)} | options
        self.axes.legend(
            handles,
            visible,
            fontsize=8.5,
            handlelength=1.6,
            handleheight=0.9,
            columnspacing=1.4,
            borderaxespad=0.3,
            labelcolor=self.theme.ink,
            **placed,
        )

    def svg(self) -> str:
        stream = io.StringIO()
        self._library.svg(self.figure).print_svg(stream, metadata={"Date": None, "Creator": None})
        return stream.getvalue()

    def png(self) -> bytes:
        stream = io.BytesIO()
        self.figure.set_dpi(192)
        self._library.png(self.figure).print_png(stream, metadata={"Software": None})
        return stream.getvalue()
