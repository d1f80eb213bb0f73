from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.numbering import next_number
from core.search import search_text
from customers import rules
from customers.models import Contact, Customer, PurchaseRecord
from users.models import Unit, User


@transaction.atomic
def add_customer(
    *, by: User, name: str, phone: str, owner: User | None = None, unit: Unit | None = None, **fields
) -> Customer:
    number = next_number("customer", prefix="KH", on=timezone.localdate())
    customer = Customer(
        number=number,
        name=name.strip(),
        phone=rules.plain_phone(phone),
        owner=owner or by,
        unit=unit or by.unit,
        **fields,
    )
    customer.search_text = _search_text(customer)
    customer.save()
    return customer


@transaction.atomic
def change_customer(customer_id: int, *, by: User, **fields) -> Customer:
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if "phone" in fields:
        fields["phone"] = rules.plain_phone(fields["phone"])
    for name, value in fields.items():
        setattr(customer, name, value)
    customer.search_text = _search_text(customer)
    customer.save(update_fields=[*fields, "search_text"])
    return customer


@transaction.atomic
def add_contact(*, by: User, customer: Customer, name: str, **fields) -> Contact:
    """A new primary contact takes the place of the former one."""
    if fields.get("is_primary"):
        customer.contacts.filter(is_primary=True).update(is_primary=False)
    return Contact.objects.create(customer=customer, name=name.strip(), **fields)


@transaction.atomic
def change_contact(contact_id: int, *, by: User, **fields) -> Contact:
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if fields.get("is_primary"):
        Contact.objects.filter(customer=contact.customer_id, is_primary=True).exclude(pk=contact_id).update(
            is_primary=False
        )
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(fields))
    return contact


@transaction.atomic
def record_purchase(customer_id: int, *, source_key: str, text: str, on: date, amount: Decimal) -> PurchaseRecord:
    """Enter what was bought (yuan; negative takes back), each ``source_key`` once. A buyer becomes a base customer."""
    record, is_new = PurchaseRecord.objects.get_or_create(
        source_key=source_key, defaults={"customer_id": customer_id, "text": text, "on": on, "amount": amount}
    )
    if is_new and amount > 0:
        Customer.objects.filter(pk=customer_id, stage=Customer.Stage.POTENTIAL).update(stage=Customer.Stage.BASE)
    return record


def _search_text(customer: Customer) -> str:
    return search_text(customer.name, customer.number, customer.city, phones=[customer.phone])
