from datetime import datetime

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from customers import rules
from customers.models import ContactRecord, Customer, Lead, TimelineEntry
from users.models import User


@transaction.atomic
def record_contact(
    *,
    by: User,
    lead: Lead | None = None,
    customer: Customer | None = None,
    next_contact_on=None,
    at: datetime | None = None,
    **fields,
) -> ContactRecord:
    """Log a call or visit; the next contact day moves along on the lead, the last contact on the customer.

    An open lead is never left without a next contact: where none is agreed, its intent level says when.
    """
    about = lead or customer
    at = at or timezone.now()
    record = ContactRecord.objects.create(
        lead=lead, customer=customer, at=at, next_contact_on=next_contact_on, owner=by, unit=about.unit, **fields
    )
    if lead is not None:
        if next_contact_on is None and lead.status in Lead.OPEN:
            next_contact_on = rules.next_contact_due(lead.intent_level, timezone.localdate())
        Lead.objects.filter(pk=lead.pk).update(next_contact_on=next_contact_on)
    if customer is not None:
        Customer.objects.filter(pk=customer.pk).update(last_contact_at=Greatest("last_contact_at", at))
    return record


def add_timeline_entry(
    customer_id: int, *, by: User | None, message: str, url: str = "", **parameters
) -> TimelineEntry:
    """``message`` is an English msgid with named placeholders; the parameters fill it in the reader's language."""
    return TimelineEntry.objects.create(customer_id=customer_id, by=by, message=message, parameters=parameters, url=url)
