"""How customers were met: called, invited, in the showroom, on a test drive, until the order and the delivery."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Greatest

from contracts.models import Retail
from customers.models import ContactRecord, Customer
from hafei_crm.demo import words
from hafei_crm.demo.world import World

# After so many days from the first contact, with this chance for those who bought and those who have not.
JOURNEY = (
    ("call", 0, 0.55, 0.60),
    ("showroom", 3, 0.95, 0.62),
    ("test_drive", 3, 0.70, 0.30),
    ("message", 6, 0.60, 0.50),
    ("showroom", 9, 0.45, 0.15),
    ("quotation", 9, 0.75, 0.22),
    ("call", 14, 0.50, 0.45),
)
CARE = ("call", "message", "visit")


def meetings(world: World, customers: list[tuple], *, have_bought: bool) -> Iterator[dict]:
    for key, _name, _phone, _city, _dealer, owner, unit, created_at in customers:
        began = created_at.date() - timedelta(days=world.rng.randint(12, 25))
        for kind, after, buyers, others in JOURNEY:
            if world.rng.random() < (buyers if have_bought else others):
                yield meeting(world, kind, began + timedelta(days=after), owner, unit) | {"customer_id": key}
        for _ in range(world.rng.randint(1, 4) if have_bought else world.rng.randint(0, 2)):
            day = created_at.date() + world.days(5, 90)
            if day <= world.today:
                yield meeting(world, world.rng.choice(CARE), day, owner, unit) | {"customer_id": key}


def meeting(world: World, kind: str, day: date, owner: int | None, unit: int) -> dict:
    summary, at = world.rng.choice(words.WISHES), world.moment(day)
    return {"kind": kind, "summary": summary, "at": at, "owner_id": owner, "unit_id": unit}


def milestones(world: World) -> Iterator[dict]:
    """The orders and deliveries of cars sold to a known customer, under the keys their documents use."""
    fields = ("pk", "customer", "retailed_on", "sold_by", "unit", "allocation__order_line__order", "vehicle__vin")
    seen = set()
    for key, customer, day, seller, unit, order, vin in (
        Retail.objects.counted().exclude(customer=None).values_list(*fields)
    ):
        about = {"customer_id": customer, "owner_id": seller, "unit_id": unit}
        if order not in seen:
            seen.add(order)
            ordered = world.moment(day - timedelta(days=world.rng.randint(1, 6)))
            yield about | {"kind": "order", "summary": f"{vin} 订购", "at": ordered, "source_key": f"order:{order}"}
        yield about | {"kind": "delivery", "summary": vin, "at": world.moment(day), "source_key": f"retail:{key}"}


def remember_last_contacts() -> None:
    """As logging each contact would have done."""
    contacts = ContactRecord.objects.by_hand().filter(customer=OuterRef("pk")).order_by().values("customer")
    last = contacts.annotate(last=Max("at")).values("last")
    Customer.objects.update(last_contact_at=Greatest("last_contact_at", Subquery(last)))
