"""A shared customer is seen on every surface while the share lasts, and on none after it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken
from customers import actions
from customers.models import Contact, ContactRecord, Customer, CustomerShare, Opportunity, PurchaseRecord
from customers.tests.factories import (
    make_contact,
    make_contactrecord,
    make_customer,
    make_customershare,
    make_opportunity,
    make_purchaserecord,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def customer(sales1) -> Customer:
    customer = make_customer(owner=sales1, unit=sales1.unit, name="牡丹江雪城出租")
    make_contact(customer=customer, name="吕经理")
    make_opportunity(customer=customer, title="二十台民意")
    make_contactrecord(customer=customer, summary="下周看车")
    make_purchaserecord(customer=customer, text="DD-2025-0099")
    return customer


def surfaces(client, customer: Customer) -> dict[str, bool]:
    """On which of them the signed-in person finds the customer."""
    detail = reverse("customers:customer_detail", args=[customer.pk])
    choices = client.get(reverse("customers:customer_choices"), {"q": "雪城"}).json()["results"]
    return {
        "list": customer.name in client.get(reverse("customers:customer_list")).content.decode(),
        "record": client.get(detail).status_code == 200,
        "choices": [row["value"] for row in choices] == [customer.pk],
        "search": customer.name in client.get(reverse("search"), {"q": "雪城"}).content.decode(),
        "export": len(client.get(reverse("customers:customer_export")).getvalue()) > 0
        and Customer.objects.visible_to(client.person).filter(pk=customer.pk).exists(),
    }


def share(customer, by, person, **fields):
    return actions.share_customer(
        customer.pk, by=by, person=person, **{"until": TODAY() + timedelta(days=7), "access": "read"} | fields
    )


@pytest.mark.parametrize(
    ("ending", "is_seen"),
    [("none", True), ("by hand", False), ("by date", False)],
)
def test_every_surface_shows_it_while_the_share_lasts(client, sales1, sales2, customer, ending, is_seen):
    found = share(customer, sales1, sales2)
    if ending == "by hand":
        actions.end_share(found.pk, by=sales1)
    elif ending == "by date":
        CustomerShare.objects.update(until=TODAY() - timedelta(days=1))
    client.force_login(sales2)
    client.person = sales2
    assert set(surfaces(client, customer).values()) == {is_seen}


def test_what_hangs_on_the_customer_is_read_with_it(client, sales1, sales2, customer):
    models = (Contact, Opportunity, ContactRecord, PurchaseRecord)
    assert [model.objects.visible_to(sales2).count() for model in models] == [0, 0, 0, 0]
    share(customer, sales1, sales2)
    assert [model.objects.visible_to(sales2).count() for model in models] == [1, 1, 1, 1]
    client.force_login(sales2)
    urls = [reverse(f"customers:customer_{page}", args=[customer.pk]) for page in ("detail", "timeline")]
    record, timeline = (client.get(url).content.decode() for url in urls)
    assert all(text in record for text in ("吕经理", "二十台民意", "DD-2025-0099"))
    assert "下周看车" in timeline


@pytest.mark.parametrize(("access", "status"), [("read", 404), ("edit", 200)])
def test_only_who_may_edit_changes_the_customer(client, sales1, sales2, customer, access, status):
    share(customer, sales1, sales2, access=access)
    client.force_login(sales2)
    assert client.get(reverse("customers:customer_edit", args=[customer.pk])).status_code == status
    contact = customer.contacts.get()
    assert client.get(reverse("customers:contact_edit", args=[contact.pk])).status_code == status


@pytest.mark.parametrize("page", ["transfer", "share", "return"])
def test_who_may_edit_cannot_give_the_customer_away(client, sales1, sales2, customer, page):
    share(customer, sales1, sales2, access="edit")
    client.force_login(sales2)
    assert client.get(reverse(f"customers:customer_{page}", args=[customer.pk])).status_code == 404


def test_a_reader_takes_no_step_on_a_shared_opportunity(client, sales1, sales2, customer):
    share(customer, sales1, sales2)
    client.force_login(sales2)
    page = client.get(reverse("customers:opportunity_detail", args=[customer.opportunities.get().pk]))
    assert page.status_code == 200
    assert page.context["steps"] == []


def test_share_is_given_on_the_record_and_ended_there(client, sales1, sales2, customer):
    client.force_login(sales1)
    values = {"person": sales2.pk, "access": "edit", "until": TODAY() + timedelta(days=30), "note": "一起投标"}
    assert client.post(reverse("customers:customer_share", args=[customer.pk]), values).status_code == 302
    found = CustomerShare.objects.get()
    page = client.get(reverse("customers:customer_detail", args=[customer.pk])).content.decode()
    assert "张伟" in page
    assert client.post(reverse("customers:customershare_end", args=[found.pk])).status_code == 302
    found.refresh_from_db()
    assert (found.ended_by, Customer.objects.visible_to(sales2).count()) == (sales1, 0)


def test_sharing_again_replaces_what_was_agreed(sales1, sales2, customer):
    share(customer, sales1, sales2)
    share(customer, sales1, sales2, access="edit")
    assert CustomerShare.objects.filter(ended_at=None).get().access == "edit"


@pytest.mark.parametrize("days", [-1, 400])
def test_share_ends_on_a_day_that_comes(sales1, sales2, customer, days):
    with pytest.raises(RuleBroken):
        share(customer, sales1, sales2, until=TODAY() + timedelta(days=days))


def test_who_does_not_work_with_customers_gets_no_share(sales1, technician, customer):
    with pytest.raises(RuleBroken, match="不从事客户工作"):
        share(customer, sales1, technician)


def test_share_of_a_stranger_is_not_ended(client, sales1, dealer2):
    found = make_customershare(owner=sales1, unit=sales1.unit)
    client.force_login(dealer2)
    assert client.post(reverse("customers:customershare_end", args=[found.pk])).status_code == 404


def test_own_opportunities_are_still_found_by_the_index(sales1, sales2):
    """Beside the OR of the shares the owner's index must stay usable, or each list reads the whole table."""
    model = make_opportunity(owner=sales2, unit=sales2.unit)
    fields = {
        field.attname: getattr(model, field.attname) for field in Opportunity._meta.fields if not field.primary_key
    }
    Opportunity.objects.bulk_create(Opportunity(**fields | {"number": f"SJ-{number}"}) for number in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_opportunity")
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Opportunity.objects.visible_to(sales1).order_by().explain()
    assert "BitmapOr" in plan
