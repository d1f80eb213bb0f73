from datetime import timedelta

import pghistory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.attachments import attach_file
from core.timeline import LENGTH
from core.workflow import take
from customers import actions, workflow
from customers.models import ContactRecord, Customer, Lead, Opportunity
from customers.tests.factories import make_contactrecord, make_customer, make_lead, make_opportunity
from users.actions import add_task, finish_task

pytestmark = pytest.mark.django_db


def step(name: str):
    return next(step for step in workflow.LEAD_STEPS if step.name == name)


def converted(sales) -> tuple[Lead, Customer, Opportunity]:
    """A lead that was called, qualified and converted."""
    lead = make_lead(owner=sales, name="刘洋出租车队")
    actions.record_contact(by=sales, lead=lead, kind="call", summary="首次电话")
    take(step("qualify"), lead.pk, Lead, by=sales, intent_level="h", next_contact_on=None)
    take(step("convert"), lead.pk, Lead, by=sales)
    lead.refresh_from_db()
    return lead, lead.customer, lead.opportunity


def read(client, record) -> list:
    page = client.get(reverse(f"customers:{record._meta.model_name}_timeline", args=[record.pk]))
    return page.context["timeline"].items


def asked_by(client, url: str) -> list[str]:
    """What the second visit asks of the database."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"][:200] for query in queries]


def test_lead_customer_and_opportunity_show_the_same_chain(client, sales1):
    lead, customer, opportunity = converted(sales1)
    actions.record_contact(by=sales1, opportunity=opportunity, kind="visit", summary="上门谈价")
    actions.record_contact(by=sales1, customer=customer, kind="message", summary="问候短信")
    task = add_task(by=sales1, title="送样车资料", due_on=timezone.localdate(), target=opportunity)
    finish_task(task.pk, by=sales1)
    attach_file(customer, SimpleUploadedFile("名单.txt", "十台".encode(), "text/plain"), by=sales1)
    actions.add_timeline_entry(customer.pk, by=sales1, message="Order %(order)s", order="DD-1")
    client.force_login(sales1)
    shown = [
        [(item.at, item.title, item.text) for item in read(client, record)] for record in (lead, customer, opportunity)
    ]
    assert shown[0] == shown[1] == shown[2]
    texts = " ".join(f"{title} {text}" for _at, title, text in shown[0])
    for word in ("首次电话", "上门谈价", "问候短信", "送样车资料", "名单.txt", "DD-1"):
        assert word in texts
    assert [at for at, *_rest in shown[0]] == sorted((at for at, *_rest in shown[0]), reverse=True)


def test_what_belongs_to_another_record_of_the_chain_says_so(client, sales1):
    _lead, customer, _opportunity = converted(sales1)
    client.force_login(sales1)
    (call,) = [item for item in read(client, customer) if item.text == "首次电话"]
    assert "刘洋出租车队" in call.about


def test_the_customers_new_owner_reads_what_the_former_one_logged(client, sales1, sales2):
    _lead, customer, _opportunity = converted(sales1)
    Customer.objects.filter(pk=customer.pk).update(owner=sales2)
    client.force_login(sales2)
    assert "首次电话" in {item.text for item in read(client, customer)}


def test_files_of_a_lead_the_new_owner_may_not_open_are_not_offered(client, sales1, sales2):
    lead, customer, _opportunity = converted(sales1)
    attach_file(lead, SimpleUploadedFile("名单.txt", "十台".encode(), "text/plain"), by=sales1)
    client.force_login(sales1)
    assert "paperclip" in {item.icon for item in read(client, customer)}
    Customer.objects.filter(pk=customer.pk).update(owner=sales2)
    client.force_login(sales2)
    assert "paperclip" not in {item.icon for item in read(client, customer)}


def test_who_has_no_right_to_leads_reads_nothing_of_them_on_the_customer(client, sales1, finance):
    _lead, customer, _opportunity = converted(sales1)
    client.force_login(finance)
    told = " ".join(f"{item.title} {item.text} {item.about}" for item in read(client, customer))
    assert "首次电话" not in told
    assert "线索" not in told


def test_an_opportunity_out_of_reach_stays_out_of_the_customers_timeline(client, sales1, sales2):
    customer = make_customer(owner=sales1)
    strange = make_opportunity(customer=customer)
    Opportunity.objects.filter(pk=strange.pk).update(owner=sales2)
    actions.record_contact(by=sales2, opportunity=strange, kind="visit", summary="别人的商机")
    client.force_login(sales1)
    assert "别人的商机" not in {item.text for item in read(client, customer)}


def test_two_opportunities_of_a_customer_keep_their_contacts_apart(client, sales1):
    customer = make_customer(owner=sales1)
    one, other = make_opportunity(customer=customer), make_opportunity(customer=customer)
    actions.record_contact(by=sales1, opportunity=one, kind="visit", summary="谈第一批")
    client.force_login(sales1)
    assert "谈第一批" in {item.text for item in read(client, one)}
    assert "谈第一批" not in {item.text for item in read(client, other)}
    assert "谈第一批" in {item.text for item in read(client, customer)}


def test_changes_of_owner_level_and_phone_are_told_with_the_phone_masked(client, sales1, sales2, manager):
    lead = make_lead(owner=sales1, phone="13904518821", intent_level="c")
    with pghistory.context(user=manager.pk):
        actions.change_lead(lead.pk, by=manager, phone="13904510000", intent_level="h")
        Lead.objects.filter(pk=lead.pk).update(owner=sales2)
    client.force_login(manager)
    told = {item.title: item.by for item in read(client, lead) if item.icon == "pencil"}
    assert any("139****8821 → 139****0000" in title for title in told)
    assert any(f"{sales1.name} → {sales2.name}" in title for title in told)
    assert len(told) == 3
    assert set(told.values()) == {manager.name}


def test_a_milestone_of_the_system_is_not_shown_beside_its_entry(client, sales1):
    customer = make_customer(owner=sales1)
    actions.record_milestone(
        customer.pk, kind="order", source_key="order:1", text="DD-2026-0001", owner=sales1, unit=sales1.unit
    )
    client.force_login(sales1)
    assert "DD-2026-0001" not in {item.text for item in read(client, customer)}


def test_older_pages_lose_nothing_and_repeat_nothing(client, sales1):
    customer = make_customer(owner=sales1)
    now = timezone.now()
    rows = [
        ContactRecord(
            customer=customer, kind="call", summary=f"第{number}次", owner=sales1, unit=sales1.unit,
            at=now - timedelta(hours=number // 3),
        )
        for number in range(2 * LENGTH + 5)
    ]  # fmt: skip
    ContactRecord.objects.bulk_create(rows)
    client.force_login(sales1)
    url, seen, number = reverse("customers:customer_timeline", args=[customer.pk]), [], 1
    while number:
        timeline = client.get(url, {"page": number}, headers={"HX-Request": "true"}).context["timeline"]
        seen += [item.text for item in timeline.items if item.text]
        number = timeline.older
    assert sorted(seen) == sorted(row.summary for row in rows)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "abc", "51", "00051", "9" * 30, "1e9"])
def test_an_unreadable_page_is_not_found(client, sales1, page):
    customer = make_customer(owner=sales1)
    client.force_login(sales1)
    assert client.get(reverse("customers:customer_timeline", args=[customer.pk]), {"page": page}).status_code == 404


def test_the_timeline_of_a_stranger_is_not_found(client, sales1, manager2):
    customer = make_customer(owner=manager2, unit=manager2.unit)
    client.force_login(sales1)
    assert client.get(reverse("customers:customer_timeline", args=[customer.pk])).status_code == 404


def test_a_record_page_costs_the_same_queries_for_5_items_and_50(client, sales1):
    _lead, customer, opportunity = converted(sales1)
    client.force_login(sales1)
    urls = [reverse(f"customers:customer_{page}", args=[customer.pk]) for page in ("detail", "timeline")]

    def fill(count: int) -> None:
        for _ in range(count):
            make_contactrecord(customer=customer)
            actions.record_contact(by=sales1, opportunity=opportunity, kind="visit", summary="拜访")
            task = add_task(by=sales1, title="送资料", due_on=timezone.localdate(), target=opportunity)
            finish_task(task.pk, by=sales1)

    fill(2)
    few = [asked_by(client, url) for url in urls]
    fill(20)
    many = [asked_by(client, url) for url in urls]
    assert [len(queries) for queries in many] == [len(queries) for queries in few]
    for queries in many:
        assert len(queries) <= 20, "\n".join(queries)


def test_an_entry_leads_to_its_document_whoever_may_open_such(client, sales1, finance):
    """Finance reads customers, but no quotations."""
    customer = make_customer(owner=sales1)
    url = reverse("contracts:quotation_detail", args=[1])
    actions.add_timeline_entry(customer.pk, by=sales1, message="Quotation %(quotation)s", url=url, quotation="BJ-1")
    for person, led_to in ((sales1, url), (finance, "")):
        client.force_login(person)
        assert [item.url for item in read(client, customer) if "BJ-1" in item.title] == [led_to]
