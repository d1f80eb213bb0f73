"""Pure rules of leads and customers."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.errors import RuleBroken

MOBILE = re.compile(r"^1[3-9]\d{9}$")
LANDLINE = re.compile(r"^0\d{2,3}-?\d{7,8}$")
FOLLOW_UP_DAYS = {"h": 2, "a": 4, "b": 7, "c": 15, "n": 1}
PROTECTION_DAYS = 90


def plain_phone(raw: str, *, mobile_only: bool = False) -> str:
    """A mobile number without +86, blanks and hyphens, or a landline with area code; anything else is refused."""
    digits = re.sub(r"[\s　]", "", raw)
    mobile = re.sub(r"^(\+?86|0086)", "", digits).replace("-", "")
    if MOBILE.match(mobile):
        return mobile
    if not mobile_only and LANDLINE.match(digits):
        return digits
    raise RuleBroken(
        {"phone": _("“%(phone)s” is no mobile number. Enter 11 digits beginning with 13 to 19.") % {"phone": raw}}
    )


def next_contact_due(intent_level: str, today: date) -> date:
    """The latest day of the next follow-up for an intent level (DOMAIN 1.8; the intervals are trade practice)."""
    return today + timedelta(days=FOLLOW_UP_DAYS[intent_level])


def protection_end(registered_on: date) -> date:
    """The last day on which a registered project is protected."""
    return registered_on + timedelta(days=PROTECTION_DAYS)
