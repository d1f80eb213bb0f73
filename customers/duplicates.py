"""Who is registered already under this phone, name and city, or number: asked while one types, and once more on saving.

What the asker may not see stays unnamed: he learns that it is registered, not by whom.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.addresses import record_url
from core.errors import RuleBroken
from customers.identity import compact
from customers.models import Customer, Lead
from customers.rules import plain_name, plain_phone
from users.models import User

MOST = 5


@dataclass(frozen=True)
class Known:
    """What is typed about somebody, as far as it can be compared; a part of a phone is nothing."""

    phones: tuple[str, ...] = ()
    name: str = ""
    city: str = ""
    credit_code: str = ""


@dataclass(frozen=True)
class Duplicate:
    reason: str
    name: str = ""
    kind: str = ""
    owner: str = ""
    url: str = ""
    merge_url: str = ""


def known(*, phones: list[str], name: str = "", city: str = "", credit_code: str = "") -> Known:
    return Known(tuple(filter(None, map(_whole_phone, phones))), name.strip(), city.strip(), compact(credit_code))


def duplicates(about: Known, *, user: User, but: Model | None = None) -> list[Duplicate]:
    """Those the reader sees by name and owner, then one line for each reason under which others are registered."""
    found, hidden = [], {}
    for rows in (same_customers(about), same_leads(about)):
        if isinstance(but, rows.model):
            rows = rows.exclude(pk=but.pk)
        seen = list(rows.visible_to(user).select_related("owner").order_by("-pk")[:MOST])
        found += [_named(row, about, _merge_url(row, but, user)) for row in seen]
        others = rows.exclude(pk__in=rows.visible_to(user).values("pk")).order_by("-pk")[:MOST]
        hidden |= {(reason := _reason(row, about)): Duplicate(reason) for row in others}
    return [*found, *hidden.values()]


def same_customers(about: Known) -> QuerySet[Customer]:
    same = Q(pk__in=[])
    if about.phones:
        same |= Q(phone__in=about.phones) | Q(other_phone__in=about.phones)
    if about.credit_code:
        same |= Q(credit_code=about.credit_code)
    if about.name and about.city:
        same |= Q(name=about.name, city=about.city)
    return Customer.objects.filter(same, binned_at=None, merged_into=None)


def same_leads(about: Known) -> QuerySet[Lead]:
    same = Q(pk__in=[])
    if about.phones:
        same |= Q(phone__in=about.phones)
    if about.name and about.city:
        same |= Q(name=about.name, city=about.city)
    return Lead.objects.filter(same, status__in=(*Lead.OPEN, Lead.Status.CONTESTED), binned_at=None)


def refuse_second_customer(customer: Customer, *, by: User) -> None:
    """Within one unit the same code, or the same name with the same phone, is the same customer (DOMAIN 1.8)."""
    about = known(phones=[customer.phone, customer.other_phone], credit_code=customer.credit_code)
    for twin in same_customers(about).filter(unit=customer.unit_id).exclude(pk=customer.pk).select_related("owner"):
        is_same_code = bool(about.credit_code) and twin.credit_code == about.credit_code
        if is_same_code or plain_name(twin.name) == plain_name(customer.name):
            raise RuleBroken({"credit_code" if is_same_code else "phone": _already_registered(twin, by)})


def _already_registered(twin: Customer, by: User) -> str:
    if not Customer.objects.visible_to(by).filter(pk=twin.pk).exists():
        return registered_elsewhere()
    return _("“%(customer)s” is registered already as %(number)s; it belongs to: %(owner)s. Continue there.") % {
        "customer": twin,
        "number": twin.number,
        "owner": twin.owner or _("nobody yet"),
    }


def registered_elsewhere() -> str:
    return _("This is registered already, where you cannot see it. Ask your manager.")


def _whole_phone(typed: str) -> str:
    try:
        return plain_phone(typed)
    except RuleBroken:
        return ""


def _merge_url(row: Model, edited: Model | None, user: User) -> str:
    """Where the record being edited and its twin are made into one."""
    if (
        not isinstance(row, Customer)
        or not isinstance(edited, Customer)
        or not user.has_perm("customers.merge_customer")
    ):
        return ""
    return f"{reverse('customers:customer_merge')}?pk={edited.pk}&pk={row.pk}"


def _named(row: Customer | Lead, about: Known, merge_url: str) -> Duplicate:
    owner = row.owner.name if row.owner else _("nobody yet")
    return Duplicate(_reason(row, about), str(row), str(row._meta.verbose_name), owner, record_url(row), merge_url)


def _reason(row: Customer | Lead, about: Known) -> str:
    return next(_reasons(row, about), _("Name and city"))


def _reasons(row: Customer | Lead, about: Known) -> Iterator[str]:
    if about.credit_code and getattr(row, "credit_code", "") == about.credit_code:
        yield _("Unified social credit code")
    if {row.phone, getattr(row, "other_phone", "")} & set(about.phones):
        yield _("Phone")
