"""Documents for print in Chinese: A4, fonts of our own, a head and page numbers on every page."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from html import escape
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, LongTable, PageTemplate, Paragraph

from core.errors import RuleBroken

FONTS = Path(settings.BASE_DIR) / "core" / "fonts"
REGULAR, BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
INK, MUTED, RULE, SHADE = HexColor("#1d2939"), HexColor("#5b6b82"), HexColor("#c3ccd9"), HexColor("#eef2f7")
MARK = Color(0.8, 0.2, 0.2, alpha=0.16)
MARGIN, HEAD_HEIGHT = 18 * mm, 12 * mm
WIDTH = A4[0] - 2 * MARGIN

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9.5, leading=14, textColor=INK, wordWrap="CJK")
STRONG = ParagraphStyle("strong", BODY, fontName=BOLD)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=12, textColor=MUTED)
FIGURE = ParagraphStyle("figure", BODY, alignment=TA_RIGHT)
STRONG_FIGURE = ParagraphStyle("strong figure", STRONG, alignment=TA_RIGHT)
TITLE = ParagraphStyle("title", STRONG, fontSize=18, leading=26, alignment=TA_CENTER)
LOOK = [
    ("GRID", (0, 0), (-1, -1), 0.5, RULE),
    ("BACKGROUND", (0, 0), (-1, 0), SHADE),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
]


@cache
def load_fonts() -> dict[str, frozenset[int]]:
    """Registers both fonts, once in a process; answers which signs each has."""
    signs = {}
    for name in (REGULAR, BOLD):
        font = TTFont(name, str(FONTS / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        signs[name] = frozenset(font.face.charToGlyph)
    return signs


def text(value: object, style: ParagraphStyle = BODY) -> Paragraph:
    """A piece of text that wraps; one that the fonts cannot write is refused, for it would be printed as boxes."""
    signs, lines = load_fonts(), str(value).expandtabs(2).splitlines()
    used = {ord(sign) for line in lines for sign in line}
    if missing := used - signs[REGULAR]:
        raise RuleBroken(
            _("“%(text)s” cannot be printed: the font has no “%(signs)s”. Write it in another way.")
            % {"text": str(value)[:60], "signs": "".join(sorted(map(chr, missing)))}
        )
    if style.fontName == BOLD and not used <= signs[BOLD]:
        style = ParagraphStyle(f"{style.name} plain", style, fontName=REGULAR)
    return Paragraph("<br/>".join(escape(line) for line in lines), style)


def table(rows: Sequence[Sequence[Paragraph]], *, widths: Sequence[float], look: Iterable[tuple] = ()) -> LongTable:
    """The first row is the heading and is repeated on each page; ``widths`` are shares of the width."""
    return LongTable(
        rows, colWidths=[share * WIDTH / sum(widths) for share in widths], repeatRows=1, style=[*LOOK, *look]
    )


def pdf_of(story: list[Flowable], *, title: str, author: str, mark: str = "") -> bytes:
    """The finished document. ``author`` and ``title`` stand at the head of each page, ``mark`` across it."""
    load_fonts()
    file = BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=A4,
        title=title,
        author=author,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN + HEAD_HEIGHT,
        bottomMargin=MARGIN,
    )
    frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN - HEAD_HEIGHT, leftPadding=0, rightPadding=0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(story, canvasmaker=partial(Pages, left=author, right=title, mark=mark))
    return file.getvalue()


class Pages(Canvas):
    """Holds the pages back until their number is known, then writes head, foot and mark on each."""

    def __init__(self, *args, left: str, right: str, mark: str, **options):
        super().__init__(*args, **options)
        self._words, self._held = (left, right, mark), []

    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._held, start=1):
            self.__dict__.update(page)
            self._furnish(number, len(self._held))
            super().showPage()
        super().save()

    def _furnish(self, number: int, count: int) -> None:
        left, right, mark = self._words
        top = A4[1] - MARGIN
        self.setFont(REGULAR, 8.5)
        self.setFillColor(MUTED)
        self.drawString(MARGIN, top, left)
        self.drawRightString(A4[0] - MARGIN, top, right)
        self.setStrokeColor(RULE)
        self.line(MARGIN, top - 2 * mm, A4[0] - MARGIN, top - 2 * mm)
        self.drawCentredString(
            A4[0] / 2, MARGIN / 2, _("Page %(number)d of %(count)d") % {"number": number, "count": count}
        )
        if mark:
            self.translate(A4[0] / 2, A4[1] / 2)
            self.rotate(45)
            self.setFont(REGULAR, 90)
            self.setFillColor(MARK)
            self.drawCentredString(0, 0, mark)
