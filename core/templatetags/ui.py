"""Small building blocks of the templates."""

from functools import cache
from html import escape
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import formats
from core.addresses import filled_in
from core.tables import Cell, Row
from core.tones import tone as tone_of

register = template.Library()
ICONS = Path(settings.BASE_DIR) / "static" / "icons"


@register.simple_tag
@cache
def icon(name: str, css: str = "icon") -> SafeString:
    """The drawing of static/icons/<name>.svg, inline, hidden from screen readers."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    return mark_safe(drawing.replace("<svg", f'<svg class="{css}" aria-hidden="true" focusable="false"', 1))


@register.filter
def tone(word: str) -> str:
    return tone_of(word)


@register.filter
def money(value) -> str:
    return formats.money(value) if value is not None else "–"


@register.filter
def labelled(label, text) -> str:
    return formats.labelled(label, text)


@register.filter
def percent(value) -> str:
    """A share in percent with one decimal; a dash where there is none."""
    return f"{value * 100:.1f}%" if value is not None else "–"


@register.filter
def wan(value) -> str:
    """Yuan in units of ten thousand, one decimal."""
    return f"{float(value or 0) / 10_000:,.1f}"


@register.filter
def undo_key(tags: str) -> str:
    """The key of the offer a message carries in its tags, empty where it carries none."""
    return next((tag.removeprefix("undo-") for tag in (tags or "").split() if tag.startswith("undo-")), "")


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The present query string with some parameters changed; an empty value removes the parameter."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None) if value in (None, "") else parameters.__setitem__(name, value)
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def without(context, *names) -> str:
    """The present query string without the named parameters and back on page 1."""
    parameters = context["request"].GET.copy()
    for name in (*names, "page"):
        parameters.pop(name, None)
    return f"?{parameters.urlencode()}"


@register.simple_tag
def cells(row: Row) -> SafeString:
    """The cells of one row of a list; hundreds stand on a page, and as a template they took a third of its time."""
    linked = next((cell for cell in row.cells if cell.column.link), row.cells[0] if row.cells else None)
    return mark_safe("".join(_cell(cell, row.url if cell is linked or cell.column.link else "") for cell in row.cells))


@register.simple_tag(takes_context=True)
def quick_cell(context, row: Row) -> SafeString:
    """The link at the end of a row."""
    quick, address = context["quick"], filled_in(context["quick_url"], row.pk)
    link = '<td class="row-quick"><a class="tool" href="{}" title="{}" aria-label="{}">{}</a></td>'
    return format_html(link, address, quick.label, quick.label, icon(quick.icon))


def _cell(cell: Cell, url: str) -> str:
    inner = _escaped(cell.html)
    if url and cell.column.kind != "phone":
        inner = f'<a href="{_escaped(url)}">{inner}</a>'
    css = ' class="num"' if cell.column.is_right_aligned else ""
    return f'<td data-label="{_escaped(cell.label)}"{css}>{inner}</td>'


@register.simple_tag
def options(groups: list[tuple]) -> SafeString:
    """The options of a select, as Django's own template writes them, which includes two templates for each."""
    return mark_safe("".join(_options(name, choices) for name, choices, _ in groups))


def _options(group: str | None, choices: list[dict]) -> str:
    written = "".join(
        f'<option value="{_escaped(one["value"])}"{_attributes(one["attrs"])}>{_escaped(one["label"])}</option>'
        for one in choices
    )
    return f'<optgroup label="{_escaped(group)}">{written}</optgroup>' if group else written


def _attributes(attributes: dict) -> str:
    pairs = ((name, value) for name, value in attributes.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_escaped(value)}"' for name, value in pairs)


def _escaped(value: object) -> str:
    """As Django escapes, without its detour over lazy texts: a page holds thousands of these."""
    return value if isinstance(value, SafeString) else escape(str(value))


@register.filter
def timeline_url(key: int, pages) -> str:
    """Where a record's timeline is read."""
    return pages.url("timeline", key)
