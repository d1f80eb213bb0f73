"""The numbers that say who somebody is: the ID card of a person (GB 11643), the credit code of a company (GB 32100)."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as WrongNumber

from core.errors import RuleBroken

ID_NUMBER = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
CODE = re.compile(r"[0-9A-Z]{18}")
CHECK_CHARACTERS = "10X98765432"
FIRST_BIRTH = date(1900, 1, 1)


def compact(text: str) -> str:
    """Full-width letters made narrow, capitals, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def plain_id_number(text: str, today: date) -> str:
    """The 18 characters of an ID card whose day of birth exists and whose last character checks the others."""
    number = compact(text)
    if not number:
        return ""
    wrong = _what_is_wrong(number, today)
    if wrong:
        raise RuleBroken({"id_number": wrong})
    return number


def _what_is_wrong(number: str, today: date) -> str:
    if re.fullmatch(r"\d{15}", number):
        return _("ID numbers of 15 digits are no longer valid. Enter the 18 characters of the present card.")
    if not ID_NUMBER.fullmatch(number):
        return _("An ID number has 17 digits and a last character that is a digit or X. Compare it with the card.")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = None
    if born is None or not FIRST_BIRTH <= born <= today:
        return _("The 7th to 14th digit of an ID number are the day of birth, and these are none.")
    if (
        number[17]
        != CHECK_CHARACTERS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17])) % 11]
    ):
        return _("The last character of the ID number does not fit the others. Compare it with the card.")
    return ""


def is_standard_credit_code(code: str) -> bool:
    try:
        uscc.validate(code)
    except WrongNumber:
        return False
    return True


def plain_credit_code(text: str, *, reason: str) -> str:
    """The code in capitals. One that breaks the standard is kept when a reason says that it really reads so."""
    code = compact(text)
    if not code or is_standard_credit_code(code):
        return code
    if not CODE.fullmatch(code):
        raise RuleBroken({"credit_code": _("A unified social credit code has 18 digits and letters.")})
    if not reason.strip():
        raise RuleBroken(
            {
                "credit_code": _(
                    "The last character of “%(code)s” does not fit the others, or it holds I, O, S, V or Z. Compare it "
                    "with the business licence; if it really reads so, say below why you keep it."
                )
                % {"code": code}
            }
        )
    return code
