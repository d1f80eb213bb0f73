from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core.encryption import decrypted, encrypted, keyed_hash
from core.errors import RuleBroken
from core.locks import hold
from core.numbering import next_number
from core.search import pinyin, pinyin_of_person, search_text
from customers import rules
from customers.divisions import place_of, way_to
from customers.duplicates import refuse_second_customer
from customers.identity import is_standard_credit_code, plain_credit_code, plain_id_number
from customers.models import Customer, PurchaseRecord
from customers.models.customers import group_keys
from users.models import Unit, User

IDENTIFYING = {"name", "phone", "other_phone", "credit_code"}
SEARCHED = ("search_text", "name_pinyin")


@transaction.atomic
def add_customer(
    *, by: User, name: str, phone: str, owner: User | None = None, unit: Unit | None = None, **fields
) -> Customer:
    number = next_number("customer", prefix="KH", on=timezone.localdate())
    customer = Customer(number=number, owner=owner or by, unit=unit or by.unit)
    _set_values(customer, {"name": name, "phone": phone} | fields)
    _refuse_twin(customer, by=by)
    fill_search(customer)
    customer.save()
    return customer


@transaction.atomic
def change_customer(customer_id: int, *, by: User, **fields) -> Customer:
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    changed = _set_values(customer, fields)
    if "parent" in changed:
        _refuse_circle(customer)
    if changed & IDENTIFYING:
        _refuse_twin(customer, by=by)
    fill_search(customer)
    customer.save(update_fields=[*changed, *SEARCHED])
    return customer


@transaction.atomic
def record_purchase(
    customer_id: int, *, source_key: str, text: str, on: date, amount: Decimal, car_count: int = 0
) -> PurchaseRecord:
    """Enter what was bought (negative takes back), each ``source_key`` once. Who has bought is a base customer."""
    values = {"customer_id": customer_id, "text": text, "on": on, "amount": amount, "car_count": car_count}
    record, is_new = PurchaseRecord.objects.get_or_create(source_key=source_key, defaults=values)
    if is_new and amount > 0:
        Customer.objects.filter(pk=customer_id, stage=Customer.Stage.POTENTIAL).update(stage=Customer.Stage.BASE)
    elif is_new:
        _end_base(customer_id)
    return record


def _end_base(customer_id: int) -> None:
    """Nobody enters the stage by hand: who keeps nothing of what made him a base customer is potential again."""
    # Two who enter purchases of one customer hold his key already: locking that, each would wait for the other.
    customer = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer_id)
    if customer.stage != Customer.Stage.BASE:
        return
    kept = PurchaseRecord.objects.of_customer(customer_id).aggregate(amount=Sum("amount"), cars=Sum("car_count"))
    if kept["amount"] <= 0 and kept["cars"] <= 0:
        customer.stage = Customer.Stage.POTENTIAL
        customer.save(update_fields=["stage"])


@transaction.atomic
def rewrite_id_numbers() -> int:
    """Every ID number under the newest key; afterwards the older keys are not needed any more."""
    rows = list(Customer.objects.exclude(id_number_cipher="").select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        number = decrypted(row.id_number_cipher)
        row.id_number_cipher, row.id_number_hash = encrypted(number), keyed_hash(number)
    Customer.objects.bulk_update(rows, ["id_number_cipher", "id_number_hash"], batch_size=500)
    return len(rows)


def searched(
    *, name: str, kind: str, number: str, city: str, credit_code: str, phones: list[str], also: Iterable[str] = ()
) -> dict[str, str]:
    """What a customer is found and sorted by; whoever writes customers in bulk fills it as well."""
    spelled = pinyin_of_person(name) if kind == Customer.Kind.PERSON else pinyin(name)
    return {"name_pinyin": spelled, "search_text": search_text(name, number, city, credit_code, *also, phones=phones)}


def _set_values(customer: Customer, fields: dict[str, Any]) -> set[str]:
    """Put in what was typed, as it is kept; answers with the names of the columns that differ now."""
    values = rules.plain_person(fields)
    if "id_number" in values:
        number = plain_id_number(values.pop("id_number"), timezone.localdate())
        values |= {"id_number_cipher": encrypted(number), "id_number_hash": keyed_hash(number)}
    if "credit_code" in values:
        reason = values.get("credit_code_note", customer.credit_code_note)
        values["credit_code"] = code = plain_credit_code(values["credit_code"], reason=reason)
        values["credit_code_note"] = "" if not code or is_standard_credit_code(code) else reason
    _refuse_unknown_division(values.get("division", ""))
    if values.get("division") or customer.division:
        values |= asdict(place_of(values.setdefault("division", customer.division)))
    changed = {name for name, value in values.items() if getattr(customer, name) != value}
    for name in changed:
        setattr(customer, name, values[name])
    return changed


def _refuse_unknown_division(code: str) -> None:
    if code and not way_to(code):
        raise RuleBroken(
            {
                "division": _("There is no division with the code %(code)s. Choose province, city and county anew.")
                % {"code": code}
            }
        )


def _refuse_twin(customer: Customer, *, by: User) -> None:
    """Two who enter the same customer at the same moment wait for each other."""
    for number in sorted({customer.phone, customer.other_phone, customer.credit_code} - {""}):
        hold(f"customers.customer.{customer.unit_id}.{number}")
    refuse_second_customer(customer, by=by)


def check_returning_customer(customer: Customer, *, by: User) -> None:
    """Out of the recycle bin; meanwhile somebody may have entered him again."""
    _refuse_twin(customer, by=by)


def _refuse_circle(customer: Customer) -> None:
    hold("customers.account_tree")
    if customer.parent_id in group_keys(customer.pk):
        raise RuleBroken(
            {
                "parent": _("“%(parent)s” belongs to “%(customer)s” itself. Choose another parent company.")
                % {"parent": customer.parent, "customer": customer}
            }
        )


def fill_search(customer: Customer, merged: list[Customer] | None = None) -> None:
    """A customer is found by what the rows merged into him were found by, too."""
    names = ("name", "kind", "number", "city", "credit_code")
    known = {name: getattr(customer, name) for name in names}
    if merged is None:
        merged = list(customer.merged.order_by("pk")) if customer.pk else []
    phones = [phone for row in (customer, *merged) for phone in (row.phone, row.other_phone)]
    for name, value in searched(
        **known, phones=phones, also=[text for row in merged for text in (row.name, row.number)]
    ).items():
        setattr(customer, name, value)
