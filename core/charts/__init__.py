"""Charts drawn on the server: describe the figures, then ask for .svg(ident), .png() or .table."""

from .bars import BarChart, RankingChart
from .base import Cell, Chart, Mark, Series, Size, Table, Unit
from .caching import cached_svg
from .canvas import warm_up
from .lines import FanChart, ForecastPoint, LineChart
from .shares import FunnelChart, HeatMap, ShareChart

__all__ = [
    "BarChart",
    "Cell",
    "Chart",
    "FanChart",
    "ForecastPoint",
    "FunnelChart",
    "HeatMap",
    "LineChart",
    "Mark",
    "RankingChart",
    "Series",
    "ShareChart",
    "Size",
    "Table",
    "Unit",
    "cached_svg",
    "warm_up",
]
