"""How a value of each kind reads on the screen and in a workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.encryption import decrypted
from core.errors import RuleBroken
from core.tones import tone

DASH = mark_safe('<span class="text-secondary">–</span>')
RIGHT_ALIGNED = frozenset({"number", "whole", "money", "percent"})


@dataclass(frozen=True)
class Reading:
    """What the reader may see in full."""

    can_see_phones: bool = False


def masked_phone(phone: str) -> str:
    """138****5678: the first three and last four digits."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def masked_id_number(number: str) -> str:
    """230108********1234: where from and the last four, without the day of birth."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else "****"


def labelled(label: object, text: object) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def money(value: Decimal | int | float) -> str:
    return f"{value:,.2f}"


def _text(value: Any, choices: dict, reading: Reading) -> SafeString:
    return conditional_escape(choices.get(value, value)) if value not in (None, "") else DASH


def _choices(value: list[str] | None, choices: dict, reading: Reading) -> SafeString:
    return conditional_escape("、".join(choices.get(one, one) for one in value)) if value else DASH


def _number(value: Any, choices: dict, reading: Reading) -> SafeString:
    return mark_safe(f"{value:,}") if value is not None else DASH


def _whole(value: Any, choices: dict, reading: Reading) -> SafeString:
    """A computed figure, without its decimals."""
    return mark_safe(f"{value:,.0f}") if value is not None else DASH


def _money(value: Any, choices: dict, reading: Reading) -> SafeString:
    return mark_safe(money(value)) if value is not None else DASH


def _percent(value: Any, choices: dict, reading: Reading) -> SafeString:
    return mark_safe(f"{value * 100:.1f}%") if value is not None else DASH


def _date(value: date | None, choices: dict, reading: Reading) -> SafeString:
    return mark_safe(value.isoformat()) if value else DASH


def _month(value: date | None, choices: dict, reading: Reading) -> SafeString:
    return mark_safe(f"{value:%Y-%m}") if value else DASH


def _datetime(value: datetime | None, choices: dict, reading: Reading) -> SafeString:
    return mark_safe(f"{timezone.localtime(value):%Y-%m-%d %H:%M}") if value else DASH


def _status(value: Any, choices: dict, reading: Reading) -> SafeString:
    if value in (None, ""):
        return DASH
    return format_html(
        '<span class="status status-{} status-lite">{}</span>', tone(str(value)), choices.get(value, value)
    )


def _phone(value: str, choices: dict, reading: Reading) -> SafeString:
    if not value:
        return DASH
    if not reading.can_see_phones:
        return conditional_escape(masked_phone(value))
    return format_html('<a class="tel" href="tel:{}">{}</a>', value, value)


def _id_number(cipher: str, choices: dict, reading: Reading) -> SafeString:
    return conditional_escape(_masked(cipher)) if cipher else DASH


def _boolean(value: bool | None, choices: dict, reading: Reading) -> SafeString:
    return DASH if value is None else conditional_escape(_("Yes") if value else _("No"))


def _entity(value: str, choices: dict, reading: Reading) -> SafeString:
    return conditional_escape(entity_name(value))


def entity_name(name: str) -> str:
    """What the reader calls the records of "customers.lead" or of the list "customers:lead_list"."""
    app, _mark, model = name.removesuffix("_list").replace(":", ".").partition(".")
    try:
        return str(apps.get_model(app, model)._meta.verbose_name_plural)
    except LookupError:
        return name


SHOWN: dict[str, Callable[[Any, dict, Reading], SafeString]] = {
    "text": _text,
    "choice": _text,
    "choices": _choices,
    "number": _number,
    "whole": _whole,
    "money": _money,
    "percent": _percent,
    "date": _date,
    "month": _month,
    "datetime": _datetime,
    "status": _status,
    "phone": _phone,
    "id_number": _id_number,
    "boolean": _boolean,
    "entity": _entity,
}


def _plain(value: Any, choices: dict, reading: Reading) -> Any:
    return choices.get(value, value)


def _plain_choices(value: list[str] | None, choices: dict, reading: Reading) -> str:
    return "、".join(choices.get(one, one) for one in value or ())


def _plain_datetime(value: datetime | None, choices: dict, reading: Reading) -> datetime | None:
    return timezone.localtime(value).replace(tzinfo=None) if value else None


def _plain_phone(value: str, choices: dict, reading: Reading) -> str:
    return value if reading.can_see_phones or not value else masked_phone(value)


def _plain_id_number(cipher: str, choices: dict, reading: Reading) -> str:
    return _masked(cipher) if cipher else ""


def _masked(cipher: str) -> str:
    """A number that was written with a lost key is masked altogether."""
    try:
        return masked_id_number(decrypted(cipher))
    except RuleBroken:
        return masked_id_number("")


def _plain_boolean(value: bool | None, choices: dict, reading: Reading) -> str | None:
    return None if value is None else (_("Yes") if value else _("No"))


def _plain_entity(value: str, choices: dict, reading: Reading) -> str:
    return entity_name(value)


EXPORTED: dict[str, Callable[[Any, dict, Reading], Any]] = {
    **dict.fromkeys(SHOWN, _plain),
    "choices": _plain_choices,
    "datetime": _plain_datetime,
    "phone": _plain_phone,
    "id_number": _plain_id_number,
    "boolean": _plain_boolean,
    "entity": _plain_entity,
}

# Kinds that are masked, and how their value reads in full once somebody has asked for it and that is in the log.
IN_FULL: dict[str, Callable[[str], str]] = {"phone": str, "id_number": decrypted}


def is_masked(kind: str, reading: Reading) -> bool:
    return kind in IN_FULL and not (kind == "phone" and reading.can_see_phones)
