from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from customers import rules
from customers.birthdays import next_birthday
from customers.models import Contact, Customer
from users.models import User


@transaction.atomic
def add_contact(*, by: User, customer: Customer, name: str, **fields) -> Contact:
    """A new primary contact takes the place of the former one."""
    if fields.get("is_primary"):
        customer.contacts.filter(is_primary=True).update(is_primary=False)
    contact = Contact(customer=customer, **rules.plain_person({"name": name} | fields))
    contact.next_birthday_on = _next_birthday(contact)
    contact.save()
    return contact


@transaction.atomic
def change_contact(contact_id: int, *, by: User, **fields: Any) -> Contact:
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if fields.get("is_primary"):
        Contact.objects.filter(customer=contact.customer_id, is_primary=True).exclude(pk=contact_id).update(
            is_primary=False
        )
    for name, value in rules.plain_person(fields).items():
        setattr(contact, name, value)
    contact.next_birthday_on = _next_birthday(contact)
    contact.save(update_fields=[*fields, "next_birthday_on"])
    return contact


def renew_birthdays(today: date) -> int:
    """After a birthday has passed, the one of the next year; once a night."""
    passed = list(Contact.objects.filter(next_birthday_on__lt=today).order_by("pk"))
    for contact in passed:
        contact.next_birthday_on = _next_birthday(contact, today)
    Contact.objects.bulk_update(passed, ["next_birthday_on"], batch_size=1000)
    return len(passed)


def _next_birthday(contact: Contact, today: date | None = None) -> date | None:
    if not (contact.birth_month and contact.birth_day):
        return None
    return next_birthday(
        month=contact.birth_month,
        day=contact.birth_day,
        is_lunar=contact.birth_calendar == Contact.Calendar.LUNAR,
        is_leap_month=contact.is_leap_month,
        today=today or timezone.localdate(),
    )
