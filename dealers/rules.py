"""Rules of the sales network."""

import unicodedata

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as WrongNumber

from core.errors import RuleBroken


def plain_credit_code(text: str) -> str:
    """The unified social credit code (GB 32100) as 18 capitals and digits with a right check character, or nothing."""
    code = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    if not code:
        return ""
    try:
        return uscc.validate(code)
    except WrongNumber:
        raise RuleBroken(
            {
                "credit_code": _(
                    "“%(code)s” is not a valid unified social credit code: 18 letters and digits "
                    "without I, O, S, V, Z, the last of which checks the others. Compare it with the business licence."
                )
                % {"code": code[:30]}
            }
        ) from None
