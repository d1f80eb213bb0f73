"""Columns of the files with earlier sales, and how their rows are saved."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.actions import HistoryRow, add_history_source, load_history
from analytics.models import HistorySource, SalesHistory
from core.importing import (
    ImportColumn,
    Importer,
    ImportRow,
    ImportSource,
    Outcome,
    parse_decimal,
    parse_month,
    parse_text,
    parse_whole_number,
)
from users.models import User

MOST_CARS = 10_000_000
NAME_LENGTH = HistorySource._meta.get_field("name").max_length


def parse_word(field_name: str, cell) -> str:
    text = parse_text(cell)
    longest = SalesHistory._meta.get_field(field_name).max_length
    if len(text) > longest:
        raise ValidationError(_("The text is longer than %(count)d characters.") % {"count": longest})
    return text


def parse_cars(cell) -> int:
    number = parse_whole_number(cell)
    if abs(number) > MOST_CARS:
        raise ValidationError(_("Nobody sells that many cars in a month."))
    return number


class SalesHistoryOptions(forms.Form):
    source = forms.CharField(
        label=gettext_lazy("History source"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=gettext_lazy("Left empty, the file's name. Figures of one source are never added to another's."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Company or market"),
        choices=[("", gettext_lazy("as it is; a new source is the company's")), *HistorySource.Kind.choices],
        required=False,
    )


def save_sales_history(rows: Iterator[ImportRow], *, by: User | None, source: ImportSource) -> Outcome:
    """Rows with the same key are summed; what changed nothing by itself counts as skipped."""
    name = source.options["source"] or PurePath(source.name).stem[:NAME_LENGTH]
    history = add_history_source(name, kind=source.options["kind"])
    count = 0

    def counted() -> Iterator[HistoryRow]:
        nonlocal count
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the count outlives the loop
            values = row.values
            yield HistoryRow(
                month=values["month"],
                area=values["area"],
                model=values["model"],
                quantity=values["quantity"],
                maker=values["maker"] or "",
                colour=values["colour"] or "",
                price_amount=values["price"],
                amount=values["amount"],
            )

    result = load_history(counted(), source=history)
    return Outcome(created=result.created, updated=result.updated, skipped=count - result.created - result.updated)


def _word(name: str, label, *synonyms: str, is_required: bool = False) -> ImportColumn:
    return ImportColumn(name, label, partial(parse_word, name), is_required, synonyms)


SALES_HISTORY = Importer(
    name="sales_history",
    label=gettext_lazy("Sales history"),
    permission="analytics.import_saleshistory",
    columns=(
        ImportColumn(
            "month", gettext_lazy("Month"), parse_month, is_required=True, synonyms=("月份", "年月", "date", "period")
        ),
        _word("area", gettext_lazy("Area"), "city", "region", "城市", "地区", "区域", is_required=True),
        _word(
            "model", gettext_lazy("Model"), "noticenum", "notice number", "车型", "公告型号", "型号", is_required=True
        ),
        ImportColumn(
            "quantity",
            gettext_lazy("Quantity"),
            parse_cars,
            is_required=True,
            synonyms=("sales", "count", "cars", "销量", "数量", "台数"),
        ),
        _word("maker", gettext_lazy("Maker"), "manufacturer", "厂家", "厂商", "制造商"),
        _word("colour", gettext_lazy("Colour"), "color", "颜色", "车身颜色"),
        ImportColumn(
            "price", gettext_lazy("Price (yuan)"), parse_decimal, synonyms=("price", "MSRP", "价格", "单价", "指导价")
        ),
        ImportColumn(
            "amount", gettext_lazy("Amount (yuan)"), parse_decimal, synonyms=("revenue", "金额", "销售额", "销售金额")
        ),
    ),
    save=save_sales_history,
    options=SalesHistoryOptions,
    help_text=gettext_lazy("One row per month, area and model. Words are kept as they are written."),
)
