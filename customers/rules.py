"""Pure rules of leads and customers."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.search import normal
from customers.models import Customer

MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}", re.ASCII)
WARM = frozenset({"h", "a", "b"})
PROTECTION_DAYS = 90
LONGEST_EXTENSION_DAYS = 180


def plain_phone(raw: str, *, mobile_only: bool = False, field: str = "phone") -> str:
    """A mobile number without +86, blanks and hyphens, or a landline with area code; anything else is refused.

    A Chinese keyboard types full-width digits; they are the same number.
    """
    digits = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw))
    mobile = re.sub(r"^(\+?86|0086)", "", digits).replace("-", "")
    if MOBILE.fullmatch(mobile):
        return mobile
    if not mobile_only and LANDLINE.fullmatch(digits):
        return digits
    raise RuleBroken(
        {field: _("“%(phone)s” is no mobile number. Enter 11 digits beginning with 13 to 19.") % {"phone": raw}}
    )


def plain_person(fields: dict[str, Any]) -> dict[str, Any]:
    """What was typed about a customer or contact as it is kept: no blanks around the name, phones as digits."""
    plain = dict(fields)
    if "name" in plain:
        plain["name"] = plain["name"].strip()
    for name in ("phone", "other_phone"):
        if plain.get(name):
            plain[name] = plain_phone(plain[name], field=name)
    return plain


def is_day_of_some_year(month: int, day: int, *, is_lunar: bool) -> bool:
    """2000 was a leap year; a lunar month has 30 days at most."""
    return day <= (30 if is_lunar else monthrange(2000, month)[1])


def protection_end(registered_on: date) -> date:
    """The last day on which a registered project is protected."""
    return registered_on + timedelta(days=PROTECTION_DAYS)


def plain_name(name: str) -> str:
    """A name as it is compared: full-width letters, capitals and blanks make no difference."""
    return "".join(normal(name).split())


def is_same_company(one: Customer, other: Customer) -> bool:
    """Two rows of a customer, entered by two dealers, are one company by credit code, phone or name."""
    code = plain_name(one.credit_code)
    has_same_code = bool(code) and code == plain_name(other.credit_code)
    return has_same_code or one.phone == other.phone or plain_name(one.name) == plain_name(other.name)
