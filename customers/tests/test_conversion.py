"""A lead becomes a customer once, however often and however fast somebody clicks."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import RuleBroken
from core.tests.crowd import together
from core.workflow import take
from customers import actions, workflow
from customers.models import Contact, Customer, Lead, Opportunity
from customers.tests.factories import (
    make_assignmentrule,
    make_contact,
    make_customer,
    make_lead,
    make_opportunity,
    make_source,
)
from users.actions import sync_roles
from users.cast import create_cast
from users.models import Task

STEP = {step.name: step for step in workflow.LEAD_STEPS}
CROWD = 20


@pytest.fixture
def company(transactional_db):
    sync_roles()
    actions.add_standard_pipeline()
    actions.add_standard_lead_settings()
    return create_cast("hafei-demo")


def qualified(owner, **fields) -> Lead:
    lead = make_lead(owner=owner, unit=owner.unit, **fields)
    return take(STEP["qualify"], lead.pk, Lead, by=owner, intent_level="a", next_contact_on=None)


def convert_url(lead: Lead) -> str:
    return reverse("customers:lead_step", args=[lead.pk, "convert"])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_people_convert_one_lead_into_one_customer_and_nobody_sees_a_failure(company):
    sales1 = company["sales1"]
    lead = qualified(sales1)
    clients = [Client(raise_request_exception=False) for _ in range(CROWD)]
    for client in clients:
        client.force_login(sales1)
    form = {"kind": "person", "quantity": 1, "amount": "58000"}
    answers = together((lambda client=client: client.post(convert_url(lead), form)) for client in clients)
    customer = Customer.objects.get()
    url = reverse("customers:customer_detail", args=[customer.pk])
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, url)}
    assert (Contact.objects.count(), Opportunity.objects.count()) == (1, 1)
    lead.refresh_from_db()
    assert (lead.status, lead.customer) == ("converted", customer)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_leads_at_once_are_dealt_out_evenly(company):
    dealer, source = company["dealer"], make_source()
    make_assignmentrule(team=dealer.unit)
    together(
        (
            lambda number=number: actions.record_lead(
                by=dealer, name=f"客户{number}", phone=f"139045188{number:02d}", source=source
            )
        )
        for number in range(CROWD)
    )
    assert set(Lead.objects.values_list("owner__username", flat=True)) == {"dealer_sales"}
    assert Lead.objects.filter(status="assigned").count() == CROWD


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_mobile_typed_twice_at_once_is_one_lead(company):
    sales1, source = company["sales1"], make_source()

    def record():
        try:
            return actions.record_lead(by=sales1, name="刘洋", phone="13904518821", source=source).pk
        except RuleBroken as refusal:
            return refusal.sentence

    together([record] * 5)
    assert Lead.objects.count() == 1


@pytest.mark.django_db
def test_a_second_conversion_leads_to_the_same_customer(client, sales1):
    lead = qualified(sales1)
    client.force_login(sales1)
    form = {"kind": "person", "quantity": 1, "amount": "58000"}
    first, second = client.post(convert_url(lead), form), client.post(convert_url(lead), form)
    url = reverse("customers:customer_detail", args=[Customer.objects.get().pk])
    assert first.headers["Location"] == second.headers["Location"] == url
    assert client.get(convert_url(lead)).headers["Location"] == url


@pytest.mark.django_db
def test_a_lead_joins_the_open_opportunity_of_a_known_customer(client, sales1):
    known = make_customer(owner=sales1, phone="13904518821")
    opportunity = make_opportunity(customer=known)
    lead = qualified(sales1, phone="13904518821")
    client.force_login(sales1)
    form = {"customer": known.pk, "opportunity": opportunity.pk, "kind": "person", "quantity": 1, "amount": "0"}
    client.post(convert_url(lead), form)
    lead.refresh_from_db()
    opportunity.refresh_from_db()
    assert (lead.status, lead.customer, opportunity.lead) == ("converted", known, lead)
    assert Opportunity.objects.count() == 1
    assert known.contacts.get().phone == "13904518821"


@pytest.mark.django_db
def test_an_opportunity_of_somebody_else_is_not_offered(client, sales1):
    known, other = make_customer(owner=sales1, phone="13904518821"), make_opportunity(owner=sales1, unit=sales1.unit)
    lead = qualified(sales1, phone="13904518821")
    client.force_login(sales1)
    form = {"customer": known.pk, "opportunity": other.pk, "kind": "person", "quantity": 1, "amount": "0"}
    assert client.post(convert_url(lead), form).context["form"].errors["opportunity"]
    lead.refresh_from_db()
    assert lead.status == "qualified"


@pytest.mark.django_db
def test_a_second_lead_of_a_customer_adds_no_second_contact(sales1):
    first = qualified(sales1, phone="13904518821")
    take(STEP["convert"], first.pk, Lead, by=sales1)
    again = qualified(sales1, phone="13904518821")
    take(STEP["convert"], again.pk, Lead, by=sales1, customer=Customer.objects.get())
    assert (Contact.objects.count(), Opportunity.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_a_lead_joins_any_customer_the_seller_sees_and_brings_its_day_along(client, sales1):
    known = make_customer(owner=sales1)
    make_contact(customer=known, phone="13904518821")
    lead = qualified(sales1, phone="13904518821")
    last = actions.record_contact(by=sales1, lead=lead, kind="call", summary="周三来看车")
    Lead.objects.filter(pk=lead.pk).update(next_contact_on=date(2026, 12, 2))
    client.force_login(sales1)
    form = client.get(convert_url(lead)).context["form"]
    assert (form.initial["customer"], known.name in form.fields["customer"].help_text) == (known.pk, True)
    other = make_customer(owner=sales1)
    client.post(convert_url(lead), {"customer": other.pk, "kind": "person", "quantity": 1, "amount": "0"})
    opportunity = Opportunity.objects.get()
    other.refresh_from_db()
    assert (opportunity.customer, other.last_contact_at) == (other, last.at)
    task = Task.objects.get()
    assert (task.due_on, task.owner, task.target) == (date(2026, 12, 2), sales1, opportunity)


@pytest.mark.django_db
def test_the_title_is_kept_in_the_companys_language_whoever_converts(client, sales1):
    sales1.language = "en"
    sales1.save(update_fields=["language"])
    lead = qualified(sales1, name="刘洋", series=None)
    client.force_login(sales1)
    client.post(convert_url(lead), {"kind": "person", "quantity": 2, "amount": "0"})
    assert Opportunity.objects.get().title == "刘洋：2 台车"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "division", "city"),
    [("哈尔滨", "230100", "哈尔滨"), ("黑龙江省哈尔滨市", "230100", "哈尔滨"), ("柏林", "", "柏林")],
)
def test_the_new_customer_keeps_what_was_known_of_the_lead(client, sales1, typed, division, city):
    website = make_source(name="官网留资")
    lead = qualified(sales1, city=typed, source=website, note="车队要换车，先看两台")
    client.force_login(sales1)
    page = client.post(convert_url(lead), {"kind": "person", "quantity": 1, "amount": "0"}, follow=True)
    customer = Customer.objects.get()
    assert (customer.source, customer.division, customer.city) == (website, division, city)
    assert (customer.source, customer.name, customer.phone) == (lead.source, lead.name, lead.phone)
    assert "官网留资" in page.content.decode()
    for record in (customer, Opportunity.objects.get()):
        shown = client.get(reverse(f"customers:{record._meta.model_name}_timeline", args=[record.pk]))
        assert "车队要换车，先看两台" in shown.content.decode()


@pytest.mark.django_db
def test_a_known_customer_that_a_lead_joins_stays_as_he_is(client, sales1):
    known = make_customer(owner=sales1, source=make_source(name="老客户介绍"), city="大庆")
    lead = qualified(sales1, city="哈尔滨", source=make_source(name="官网留资"))
    client.force_login(sales1)
    client.post(convert_url(lead), {"customer": known.pk, "kind": "person", "quantity": 1, "amount": "0"})
    known.refresh_from_db()
    assert (known.source.name, known.city) == ("老客户介绍", "大庆")
