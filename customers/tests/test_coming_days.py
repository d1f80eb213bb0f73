"""A day on which something is to happen lies ahead when it is entered; it may have passed when the rest is edited."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.workflow import take
from customers import workflow
from customers.models import Lead, Opportunity
from customers.tests.factories import make_customer, make_lead, make_source

pytestmark = pytest.mark.django_db
QUALIFY = next(step for step in workflow.LEAD_STEPS if step.name == "qualify")
PASSED = "2020-01-01"


@pytest.fixture(autouse=True)
def signed_in(client, sales1):
    client.force_login(sales1)


def days() -> tuple[str, str]:
    today = timezone.localdate()
    return (today - timedelta(days=1)).isoformat(), today.isoformat()


def refused(answer, name: str) -> bool:
    return answer.status_code == 200 and "今天" in str(answer.context["form"].errors[name])


def test_a_lead_is_entered_and_qualified_with_a_day_that_lies_ahead(client, sales1):
    yesterday, today = days()
    form = {"name": "刘洋", "phone": "13904518821", "source": make_source().pk, "intent_level": "h"}
    add = reverse("customers:lead_add")
    assert refused(client.post(add, form | {"next_contact_on": yesterday}), "next_contact_on")
    assert client.post(add, form | {"next_contact_on": today}).status_code == 302
    lead = Lead.objects.get()
    qualify = reverse("customers:lead_step", args=[lead.pk, "qualify"])
    assert refused(client.post(qualify, {"intent_level": "h", "next_contact_on": PASSED}), "next_contact_on")
    assert client.post(qualify, {"intent_level": "h", "next_contact_on": today}).status_code == 302


def test_a_lead_that_is_late_is_edited_without_touching_its_day(client, sales1):
    lead = make_lead(owner=sales1, next_contact_on=timezone.localdate() - timedelta(days=9))
    edit, stored = reverse("customers:lead_edit", args=[lead.pk]), lead.next_contact_on.isoformat()
    form = {"name": "刘洋", "phone": lead.phone, "source": lead.source_id, "intent_level": "h", "city": "大庆"}
    assert client.post(edit, form | {"next_contact_on": stored}).status_code == 302
    assert refused(client.post(edit, form | {"next_contact_on": PASSED}), "next_contact_on")
    lead.refresh_from_db()
    assert (lead.city, lead.next_contact_on.isoformat()) == ("大庆", stored)


def test_many_leads_are_not_given_a_day_that_has_passed(client, sales1, manager):
    lead = make_lead(owner=sales1, unit=sales1.unit)
    client.force_login(manager)
    form = {"pk": [lead.pk], "confirmed": "yes", "next_contact_on": PASSED}
    answer = client.post(reverse("customers:lead_bulk", args=["edit"]), form)
    assert refused(answer, "next_contact_on")
    assert Lead.objects.get(pk=lead.pk).next_contact_on == lead.next_contact_on


def test_an_opportunity_is_expected_to_close_on_a_day_that_lies_ahead(client, sales1):
    yesterday, today = days()
    customer = make_customer(owner=sales1)
    lines = {"lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    form = {"title": "十台出租车", "quantity": 10, "amount": "580000"} | lines
    add = reverse("customers:opportunity_add")
    answer = client.post(add, form | {"customer": customer.pk, "expected_close_on": yesterday})
    assert refused(answer, "expected_close_on")
    client.post(add, form | {"customer": customer.pk, "expected_close_on": today})
    late = Opportunity.objects.get()
    Opportunity.objects.filter(pk=late.pk).update(expected_close_on="2026-01-31")
    edit = reverse("customers:opportunity_edit", args=[late.pk])
    assert client.post(edit, form | {"title": "八台出租车", "expected_close_on": "2026-01-31"}).status_code == 302
    assert refused(client.post(edit, form | {"expected_close_on": PASSED}), "expected_close_on")
    late.refresh_from_db()
    assert late.title == "八台出租车"


def test_a_lead_is_converted_with_a_close_that_lies_ahead(client, sales1):
    yesterday, today = days()
    lead = make_lead(owner=sales1, unit=sales1.unit)
    take(QUALIFY, lead.pk, Lead, by=sales1, intent_level="a", next_contact_on=None)
    convert = reverse("customers:lead_step", args=[lead.pk, "convert"])
    form = {"kind": "person", "quantity": 1, "amount": "58000"}
    assert refused(client.post(convert, form | {"expected_close_on": yesterday}), "expected_close_on")
    assert client.post(convert, form | {"expected_close_on": today}).status_code == 302
