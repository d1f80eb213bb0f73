"""Sealing of contracts (用印): whoever seals is named by ``SEAL_GATEWAY``, this house itself unless set otherwise.

A service for electronic signatures is another class with ``name`` and ``seal``: it takes the plain paper, has it
signed outside, and gives the signed file back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import cos, radians, sin
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import FILL_NON_ZERO
from reportlab.platypus import Flowable

from core import pdf

RED = HexColor("#c81e1e")
RADIUS = 19 * mm


@dataclass(frozen=True)
class Paper:
    """What is to be sealed; ``printed`` makes its PDF, with a stamp in the place of the seal if one is given."""

    number: str
    company: str
    day: date
    printed: Callable[[Flowable | None], bytes]


class SealGateway(Protocol):
    name: str

    def seal(self, paper: Paper) -> bytes:
        """The sealed PDF. Raises RuleBroken with what to do where it cannot be had."""


class LocalSeal:
    """Draws the company's round seal with the day. Proves no identity: what it sealed is known by its digest."""

    name = "local"

    def seal(self, paper: Paper) -> bytes:
        return paper.printed(Stamp(paper.company, paper.day))


def gateway() -> SealGateway:
    return import_string(settings.SEAL_GATEWAY)()


class Stamp(Flowable):
    """Red and round: the name along the rim, a star, the day. It lies over what follows and takes no room itself."""

    def __init__(self, company: str, day: date):
        super().__init__()
        self.company, self.day = company, day

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        pdf.load_fonts()
        canvas = self.canv
        canvas.translate(RADIUS + 20 * mm, -RADIUS - 4 * mm)
        canvas.setStrokeColor(RED)
        canvas.setFillColor(RED)
        canvas.setLineWidth(1.2 * mm)
        canvas.circle(0, 0, RADIUS)
        canvas.setFont(pdf.REGULAR, 8)
        canvas.drawCentredString(0, -RADIUS * 0.62, self.day.isoformat())
        self._draw_star(RADIUS * 0.3)
        self._write_name()

    def _write_name(self) -> None:
        step = min(20, 250 / max(len(self.company) - 1, 1))  # degrees between two signs
        self.canv.setFont(pdf.BOLD, 10)
        for place, sign in enumerate(self.company):
            self.canv.saveState()
            self.canv.rotate(((len(self.company) - 1) / 2 - place) * step)
            self.canv.drawCentredString(0, RADIUS - 5.5 * mm, sign)
            self.canv.restoreState()

    def _draw_star(self, radius: float) -> None:
        corners = [(radius * sin(radians(144 * corner)), radius * cos(radians(144 * corner))) for corner in range(5)]
        star = self.canv.beginPath()
        star.moveTo(*corners[0])
        for corner in corners[1:]:
            star.lineTo(*corner)
        star.close()
        self.canv.drawPath(star, stroke=0, fill=1, fillMode=FILL_NON_ZERO)
