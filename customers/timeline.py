"""What the timelines of leads and customers show beside their status changes."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from core.timeline import LENGTH, TimelineItem
from customers.models import ContactRecord, Customer, Lead, TimelineEntry

ICONS = {
    "call": "phone",
    "visit": "walk",
    "message": "message",
    "showroom": "building-store",
    "test_drive": "car",
    "quotation": "file-description",
    "order": "shopping-cart",
    "delivery": "truck-delivery",
}


def of_lead(lead: Lead, user) -> Iterator[TimelineItem]:
    return _contacts(Q(lead=lead), user)


def of_customer(customer: Customer, user) -> Iterator[TimelineItem]:
    """A customer's timeline goes on where his leads' ended."""
    yield from _contacts(Q(customer=customer) | Q(lead__customer=customer), user)
    if not user.has_perm("customers.view_purchaserecord"):  # the entries name orders and amounts
        return
    for entry in TimelineEntry.objects.filter(customer=customer).select_related("by")[:LENGTH]:
        yield TimelineItem(
            entry.at, entry.by.name if entry.by else "", "point", _(entry.message) % entry.parameters, url=entry.url
        )


def _contacts(about: Q, user) -> Iterator[TimelineItem]:
    for record in ContactRecord.objects.visible_to(user).filter(about).select_related("owner")[:LENGTH]:
        yield TimelineItem(
            record.at,
            record.owner.name if record.owner else "",
            ICONS[record.kind],
            record.get_kind_display(),
            record.summary,
        )
