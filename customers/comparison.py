"""Two customers side by side, as the page shows them on which they are merged."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.custom_fields import columns as custom_columns
from core.formats import DASH, SHOWN, Reading
from core.search import reads_phones
from core.tables import choices_of
from customers.actions.merges import CHOICES, EXTRA
from customers.models import Customer

PHONES = ("phone", "other_phone")


@dataclass(frozen=True)
class ComparedValue:
    key: int
    html: SafeString
    is_chosen: bool


@dataclass(frozen=True)
class ComparedRow:
    name: str
    label: str
    values: tuple[ComparedValue, ComparedValue]


def choice_names(one: Customer, other: Customer) -> list[str]:
    """What there is to choose: the fields in which the two differ."""
    fields = [name for name, parts in CHOICES.items() if _parts(one, parts) != _parts(other, parts)]
    keys = sorted({*one.extra, *other.extra})
    return [*fields, *(EXTRA + key for key in keys if one.extra.get(key) != other.extra.get(key))]


def compared(one: Customer, other: Customer, *, user) -> list[ComparedRow]:
    """One row per choice; the first customer's value is proposed unless only the other has one."""
    return [_row(name, one, other, user) for name in choice_names(one, other)]


def twins_of(customer: Customer, rows: QuerySet) -> QuerySet:
    """Customers that look like the same: by phone, credit code or name."""
    phones = [phone for phone in (customer.phone, customer.other_phone) if phone]
    same = Q(phone__in=phones) | Q(other_phone__in=phones) | Q(name=customer.name)
    if customer.credit_code:
        same |= Q(credit_code=customer.credit_code)
    return rows.filter(same).exclude(pk=customer.pk).select_related("owner").order_by("pk")[:10]


def _parts(customer: Customer, names: tuple[str, ...]) -> tuple:
    return tuple(getattr(customer, name) for name in names)


def _row(name: str, one: Customer, other: Customer, user) -> ComparedRow:
    first, second = _value(one, name), _value(other, name)
    takes_second = first in (None, "") and second not in (None, "")
    return ComparedRow(
        name,
        _label(name),
        (
            ComparedValue(one.pk, _shown(one, name, user), not takes_second),
            ComparedValue(other.pk, _shown(other, name, user), takes_second),
        ),
    )


def _label(name: str) -> str:
    if name.startswith(EXTRA):
        labels = {column.path: column.label for column in custom_columns(Customer)}
        return str(labels.get(f"extra__{name.removeprefix(EXTRA)}", name.removeprefix(EXTRA)))
    return str(_("Province and city") if name == "province" else Customer._meta.get_field(name).verbose_name)


def _value(customer: Customer, name: str) -> Any:
    return customer.extra.get(name.removeprefix(EXTRA)) if name.startswith(EXTRA) else getattr(customer, name)


def _shown(customer: Customer, name: str, user) -> SafeString:
    value = _value(customer, name)
    if name in PHONES:
        return SHOWN["phone"](value, {}, Reading(can_see_phones=reads_phones(Customer, user)))
    if name == "id_number_cipher":
        return conditional_escape(_("entered")) if value else DASH
    if name == "province":
        return conditional_escape(f"{customer.province} {customer.city}".strip()) or DASH
    if name == "owner":
        owner = customer.owner or (_("Public pool") if customer.pooled_at else _("nobody yet"))
        return conditional_escape(f"{owner} · {customer.unit}")
    choices = {} if name.startswith(EXTRA) else choices_of(Customer._meta.get_field(name))
    return SHOWN["text"]("、".join(value) if isinstance(value, list) else value, choices, Reading())
