"""Colours of the charts: sentinels become CSS variables in SVG, so that dark mode works; PNG uses the light theme."""

from dataclasses import dataclass

PALETTE = ("#2f6fdb", "#12a594", "#f59f00", "#8e6ad8", "#e5534b", "#3aa3e3")
PRIMARY, SECONDARY, WARNING = PALETTE[0], PALETTE[1], PALETTE[2]
PALE = "#8fa3bf"
DASHES = ("-", "--", "-.", ":")


@dataclass(frozen=True)
class Theme:
    ink: str
    muted: str
    grid: str
    surface: str


# Colours nobody would choose, so that replacing them in the markup cannot hit a real one.
PAGE_THEME = Theme(ink="#010203", muted="#010204", grid="#010205", surface="#010206")
PAPER_THEME = Theme(ink="#1d2939", muted="#5b6b82", grid="#e1e6ee", surface="#ffffff")

CSS_COLOURS = {
    PAGE_THEME.ink: "currentColor",
    PAGE_THEME.muted: "var(--chart-muted, #5b6b82)",
    PAGE_THEME.grid: "var(--chart-grid, #e1e6ee)",
    PAGE_THEME.surface: "var(--chart-surface, #ffffff)",
    PALE: f"var(--chart-pale, {PALE})",
} | {colour: f"var(--chart-{position}, {colour})" for position, colour in enumerate(PALETTE, start=1)}


def series_colour(position: int) -> str:
    return PALETTE[position % len(PALETTE)]


def series_dash(position: int) -> str:
    """A second sign beside the colour, for readers who cannot tell colours apart."""
    return DASHES[position % len(DASHES)]
