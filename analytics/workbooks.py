"""Forecasts as workbooks: the table and the picture of its chart, side by side."""

import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analytics.charts import series_chart
from analytics.models import ForecastRun, ForecastSeries
from core.charts import Chart
from core.export import cell_for
from users.models import User

PICTURES_IN_SCHEME = 6
PICTURE_WIDTH = 900
ROWS_OF_PICTURE = 18


def series_workbook(series: ForecastSeries, *, user: User, notes: list[tuple[str, str]]) -> bytes:
    """History, forecast and bands by month, with the fan chart beside them."""
    book = Workbook()
    chart = series_chart(series, user)
    sheet = _sheet(book, _("Forecast"), chart.table.headings)
    for row in chart.table.rows:
        _append(sheet, [cell.value for cell in row])
    _add_picture(sheet, chart, f"{get_column_letter(len(chart.table.headings) + 2)}2")
    return _saved(book, [*notes, (_("Method"), series.get_model_name_display()), (_("About"), chart.note)])


def scheme_workbook(
    run: ForecastRun, rows: Iterable[ForecastSeries], *, user: User, notes: list[tuple[str, str]]
) -> bytes:
    """All series of a scheme: one line each, all months below one another, and charts of the largest."""
    rows = list(rows)
    book = Workbook()
    _summary(book, rows)
    _figures(book, rows)
    sheet = book.create_sheet(_("Charts"))
    for position, series in enumerate(rows[:PICTURES_IN_SCHEME]):
        _add_picture(sheet, series_chart(series, user), f"A{1 + position * ROWS_OF_PICTURE}")
    return _saved(book, [*notes, (_("Trend scheme"), str(run.scheme)), (_("As of"), str(run.business_date))])


def _summary(book: Workbook, rows: Sequence[ForecastSeries]) -> None:
    names = (
        "label",
        "last_year",
        "next_year",
        "model_name",
        "wape",
        "naive_wape",
        "verdict",
        "family",
        "last_sold_in",
    )
    sheet = _sheet(book, _("Series"), [str(ForecastSeries._meta.get_field(name).verbose_name) for name in names])
    for series in rows:
        shown = {
            "model_name": str(series.get_model_name_display()),
            "verdict": str(series.get_verdict_display()),
            "family": str(series.get_family_display()),
        }
        _append(sheet, [shown.get(name, getattr(series, name)) for name in names])


def _figures(book: Workbook, rows: Sequence[ForecastSeries]) -> None:
    """One row per series and month: what was sold, then what is forecast."""
    bands = [_("80% from"), _("80% to"), _("95% from"), _("95% to")]
    sheet = _sheet(book, _("Figures"), [_("Series of figures"), _("Month"), _("Actual"), _("Forecast"), *bands])
    for series in rows:
        for month, value in zip(series.months, series.history, strict=True):
            _append(sheet, [series.label, month, value])
        for one in series.values.all():
            ranges = [one.lower80, one.upper80, one.lower95, one.upper95]
            _append(sheet, [series.label, one.month, None, one.mean, *ranges])


def _sheet(book: Workbook, title: str, headings: Sequence[str]) -> Worksheet:
    sheet = book.active if len(book.sheetnames) == 1 and book.active.max_row == 1 else book.create_sheet()
    sheet.title = title
    sheet.append([str(heading) for heading in headings])
    sheet.freeze_panes = "B2"
    for position in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(position)].width = 16
    return sheet


def _append(sheet: Worksheet, values: Sequence[object]) -> None:
    sheet.append([cell_for(sheet, value) for value in values])


def _add_picture(sheet: Worksheet, chart: Chart, anchor: str) -> None:
    image = Image(io.BytesIO(chart.png()))
    image.height = round(image.height * PICTURE_WIDTH / image.width)
    image.width = PICTURE_WIDTH
    sheet.add_image(image, anchor)


def _saved(book: Workbook, notes: list[tuple[str, str]]) -> bytes:
    about = book.create_sheet(_("About"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, 90
    for label, text in notes:
        _append(about, [label, str(text)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
