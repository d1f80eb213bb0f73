from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import UndoOffer
from customers.actions import share_customer
from customers.models import Customer, Lead
from customers.tests.factories import make_customer, make_lead, make_opportunity, make_purchaserecord
from hafei_crm.recycle_bin import BINNED

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(sales1):
    return make_lead(unit=sales1.unit, owner=sales1, name="错录的线索")


def put_away(client, record):
    return client.post(reverse(f"customers:{record._meta.model_name}_bin", args=[record.pk]), follow=True)


def test_what_is_put_away_leaves_list_record_search_and_choices(client, sales1, lead):
    client.force_login(sales1)
    assert "错录的线索" in put_away(client, lead).content.decode()  # the message names it
    assert client.get(reverse("customers:lead_list")).context["rows"] == []
    assert client.get(reverse("customers:lead_choices"), {"q": "错录"}).json() == {"results": []}
    assert not Lead.objects.visible_to(sales1).exists()
    assert client.get(reverse("customers:lead_detail", args=[lead.pk])).status_code == 404
    assert client.get("/search/", {"q": "错录的线索"}).context["found"] == []


def test_the_button_of_the_message_takes_it_out_again(client, sales1, lead):
    client.force_login(sales1)
    offer_url = reverse("undo", args=[_offer_after(client, lead).pk])
    assert offer_url in client.get(reverse("core:notice_list")).content.decode()
    client.post(offer_url)
    assert Lead.objects.visible_to(sales1).get() == lead
    assert "已经撤销" in client.post(offer_url, follow=True).content.decode()


def test_after_ten_minutes_it_is_too_late_to_undo_but_not_to_fetch_back(client, sales1, lead):
    client.force_login(sales1)
    offer = _offer_after(client, lead)
    UndoOffer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.post(reverse("undo", args=[offer.pk]))
    assert not Lead.objects.visible_to(sales1).exists()
    assert "错录的线索" in client.get(reverse("recycle_bin")).content.decode()
    client.post(reverse("restore", args=["customers.lead", lead.pk]))
    assert Lead.objects.visible_to(sales1).get() == lead
    assert client.get(reverse("customers:lead_detail", args=[lead.pk])).status_code == 200


def test_an_offer_is_for_who_did_it(client, sales1, sales2, lead):
    client.force_login(sales1)
    offer = _offer_after(client, lead)
    client.force_login(sales2)
    assert client.post(reverse("undo", args=[offer.pk])).status_code == 404
    assert client.post(reverse("restore", args=["customers.lead", lead.pk])).status_code == 404
    assert "错录的线索" not in client.get(reverse("recycle_bin")).content.decode()


@pytest.mark.parametrize("make", [make_purchaserecord, make_opportunity])
def test_a_customer_with_business_is_kept(client, sales1, make):
    customer = make_customer(unit=sales1.unit, owner=sales1)
    make(customer=customer)
    client.force_login(sales1)
    assert "不能放入回收站" in put_away(client, customer).content.decode()
    assert Customer.objects.visible_to(sales1).get() == customer


def test_a_lead_in_the_bin_does_not_keep_its_phone_from_others(sales1, client, lead):
    client.force_login(sales1)
    put_away(client, lead)
    assert make_lead(unit=sales1.unit, owner=sales1, phone=lead.phone).pk != lead.pk


def test_kinds_of_the_recycle_bin_are_named_plainly(client, sales1):
    assert {"customers.lead", "customers.customer", "customers.opportunity"} <= BINNED.keys()
    client.force_login(sales1)
    assert client.post("/recycle-bin/users.user/1/restore/").status_code == 404


def _offer_after(client, record) -> UndoOffer:
    put_away(client, record)
    return UndoOffer.objects.latest("pk")


def test_undo_asks_again_for_the_right(client, sales1, sales2, lead):
    client.force_login(sales1)
    offer = _offer_after(client, lead)
    Lead.objects.update(owner=sales2)
    assert "没有取回" in client.post(reverse("undo", args=[offer.pk]), follow=True).content.decode()
    lead.refresh_from_db()
    assert lead.binned_at is not None


def test_the_button_is_offered_to_whom_it_works_for(client, sales1, sales2, manager):
    customer = make_customer(unit=sales1.unit, owner=sales1)
    share_customer(customer.pk, by=sales1, person=sales2, until=timezone.localdate() + timedelta(days=9), access="edit")
    url = reverse("customers:customer_detail", args=[customer.pk])
    for reader, may in ((sales1, True), (manager, True), (sales2, False)):
        client.force_login(reader)
        assert client.get(url).context["can_bin"] is may
        assert may or client.post(f"{url}bin/").status_code == 404
