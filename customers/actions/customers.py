from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.numbering import next_number
from core.search import pinyin, pinyin_of_person, search_text
from customers import rules
from customers.models import Customer, PurchaseRecord
from users.models import Unit, User

SEARCHED = ("search_text", "name_pinyin")


@transaction.atomic
def add_customer(
    *, by: User, name: str, phone: str, owner: User | None = None, unit: Unit | None = None, **fields
) -> Customer:
    number = next_number("customer", prefix="KH", on=timezone.localdate())
    values = rules.plain_person({"name": name, "phone": phone} | fields)
    customer = Customer(number=number, owner=owner or by, unit=unit or by.unit, **values)
    _fill_search(customer)
    customer.save()
    return customer


@transaction.atomic
def change_customer(customer_id: int, *, by: User, **fields) -> Customer:
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    for name, value in rules.plain_person(fields).items():
        setattr(customer, name, value)
    _fill_search(customer)
    customer.save(update_fields=[*fields, *SEARCHED])
    return customer


@transaction.atomic
def record_purchase(customer_id: int, *, source_key: str, text: str, on: date, amount: Decimal) -> PurchaseRecord:
    """Enter what was bought (yuan; negative takes back), each ``source_key`` once. A buyer becomes a base customer."""
    record, is_new = PurchaseRecord.objects.get_or_create(
        source_key=source_key, defaults={"customer_id": customer_id, "text": text, "on": on, "amount": amount}
    )
    if is_new and amount > 0:
        Customer.objects.filter(pk=customer_id, stage=Customer.Stage.POTENTIAL).update(stage=Customer.Stage.BASE)
    return record


def searched(*, name: str, kind: str, number: str, city: str, credit_code: str, phones: list[str]) -> dict[str, str]:
    """What a customer is found and sorted by; whoever writes customers in bulk fills it as well."""
    spelled = pinyin_of_person(name) if kind == Customer.Kind.PERSON else pinyin(name)
    return {"name_pinyin": spelled, "search_text": search_text(name, number, city, credit_code, phones=phones)}


def _fill_search(customer: Customer) -> None:
    names = ("name", "kind", "number", "city", "credit_code")
    known = {name: getattr(customer, name) for name in names}
    for name, value in searched(**known, phones=[customer.phone, customer.other_phone]).items():
        setattr(customer, name, value)
