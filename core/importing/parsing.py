"""A cell as people type it, made into a value: full-width digits, thousands separators, Chinese dates."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

MOST_LETTERS = 500
LARGEST = Decimal(10) ** 12
FIRST_YEAR, LAST_YEAR = 1950, 2099
LANGUAGES = ("zh-hans", "en")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月份?)?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(?:0\d{9,11}|[48]00\d{7}|\d{7,8})(?:-\d{1,6})?", re.ASCII)


def parse_text(cell: Any) -> str:
    """The words as they are written, without the blanks around them."""
    text = written(cell)
    if _UNPRINTABLE.search(text):
        raise ValidationError(_("The text holds characters that cannot be printed."))
    if len(text) > MOST_LETTERS:
        raise ValidationError(_("The text is longer than %(count)d characters.") % {"count": MOST_LETTERS})
    return text


def parse_decimal(cell: Any) -> Decimal:
    """Money and other numbers, with two places."""
    return _number(cell).quantize(Decimal("0.01"), ROUND_HALF_UP)


def parse_number(cell: Any) -> Decimal:
    """With the places it has."""
    return _number(cell)


def parse_whole_number(cell: Any) -> int:
    number = _number(cell)
    if number != number.to_integral_value():
        raise ValidationError(_("This is not a whole number."))
    return int(number)


def parse_month(cell: Any) -> date:
    """The first day of the month: 2010-01, 201001, 2010/1, 2010年1月, or any date in it."""
    if isinstance(cell, date):
        return _within(cell.year, cell.month, 1)
    # 2010.1 in a number cell may have been 2010.10.
    return _month("" if isinstance(cell, float) and not cell.is_integer() else _narrow(cell))


def parse_date(cell: Any) -> date:
    if isinstance(cell, date):
        return _within(cell.year, cell.month, cell.day)
    return _date(_narrow(cell))


def parse_phone(cell: Any) -> str:
    """The digits: a mobile number without +86, or a landline with its area code, an extension after a hyphen."""
    text = re.sub(r"[\s()]", "", _narrow(cell)).replace("转", "-")
    text = re.sub(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))-?", "", text)
    joined = text.replace("-", "")
    if _MOBILE.fullmatch(joined):
        return joined
    number, separator, extension = text.rpartition("-") if re.search(r"\d{7,}-\d{1,6}$", text) else (text, "", "")
    number = number.replace("-", "")
    if not _LANDLINE.fullmatch(number):
        raise ValidationError(_("This is not a phone number."))
    return f"{number}{separator}{extension}"


def parse_yes_no(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    word = _narrow(cell).casefold()
    if word in ("是", "有", "yes", "y", "true", "1", "√"):
        return True
    if word in ("否", "无", "没有", "no", "n", "false", "0", "×"):
        return False
    raise ValidationError(_("Write yes or no."))


def choice_of(choices: type[TextChoices], **synonyms: Iterable[str]) -> Callable[[Any], str]:
    """A parser for one of the choices, written as its value, its label in any language, or a synonym."""

    @lru_cache(maxsize=1)
    def known() -> dict[str, str]:
        words = {str(value).casefold(): str(value) for value in choices.values}
        for language in LANGUAGES:
            with translation.override(language):
                words |= {str(label).casefold(): str(value) for value, label in choices.choices}
        return words | {word.casefold(): value for value, others in synonyms.items() for word in others}

    def parse(cell: Any) -> str:
        value = known().get(_narrow(cell).casefold())
        if value is None:
            labels = ", ".join(str(label) for label in choices.labels)
            raise ValidationError(_("This must be one of: %(choices)s.") % {"choices": labels})
        return value

    return parse


def written(cell: Any) -> str:
    """The cell as a person would write it: a spreadsheet keeps 7133 as 7133.0."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return str(cell).strip()


def _narrow(cell: Any) -> str:
    return unicodedata.normalize("NFKC", written(cell)).strip()


def _number(cell: Any) -> Decimal:
    if isinstance(cell, (bool, date)):
        raise ValidationError(_("This is not a number."))
    text = re.sub(r"[\s¥¥元]", "", _narrow(cell))
    if not _NUMBER.fullmatch(text):
        raise ValidationError(_("This is not a number."))
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValidationError(_("This is not a number.")) from error
    if abs(number) >= LARGEST:
        raise ValidationError(_("The number is too large."))
    return number


@lru_cache(maxsize=4096)
def _month(text: str) -> date:
    match = _MONTH.fullmatch(text) or _DATE.fullmatch(text) or _DIGITS.fullmatch(text)
    if not match:
        raise ValidationError(_("This is not a month such as 2010-01."))
    if match.re is not _MONTH and match[3]:
        _within(int(match[1]), int(match[2]), int(match[3]))
    return _within(int(match[1]), int(match[2]), 1)


@lru_cache(maxsize=4096)
def _date(text: str) -> date:
    match = _DATE.fullmatch(text) or _DIGITS.fullmatch(text)
    if not match or not match[3]:
        raise ValidationError(_("This is not a date such as 2010-01-15."))
    return _within(int(match[1]), int(match[2]), int(match[3]))


def _within(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("The year must lie between %(first)d and %(last)d.") % _YEARS)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(_("There is no such day in the calendar.")) from error


_YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}
