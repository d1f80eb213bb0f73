from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken
from core.models import Attachment, Notice
from core.periods import SHANGHAI
from customers import actions
from customers.filters import ContactRecordFilter
from customers.models import ContactRecord, Lead
from customers.tests.factories import make_contactrecord, make_customer, make_lead, make_opportunity
from users.models import Task
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def log(client, record, **fields):
    url = reverse("customers:log_contact", args=[record._meta.model_name, record.pk])
    values = {"kind": "call", "summary": "询问路宝现车", "next_contact_on": today() + timedelta(days=3)}
    return client.post(url, values | fields)


@pytest.mark.parametrize("make", [make_lead, make_customer, make_opportunity])
def test_the_record_page_holds_the_form_and_logs_with_it(client, sales1, make):
    record = make(owner=sales1, unit=sales1.unit)
    client.force_login(sales1)
    page = client.get(reverse(f"customers:{record._meta.model_name}_detail", args=[record.pk]))
    assert "log-form" in page.content.decode()
    answer = log(client, record, next=page.request["PATH_INFO"])
    assert (answer.status_code, answer.headers["Location"]) == (302, page.request["PATH_INFO"])
    logged = ContactRecord.objects.get()
    assert (logged.owner, logged.kind, getattr(logged, record._meta.model_name)) == (sales1, "call", record)


@pytest.mark.parametrize("level", ["h", "a", "b"])
def test_a_warm_lead_needs_the_day_of_the_next_step(client, sales1, level):
    lead = make_lead(owner=sales1, intent_level=level)
    client.force_login(sales1)
    assert "next_contact_on" in log(client, lead, next_contact_on="").context["form"].errors
    assert log(client, lead).status_code == 302
    lead.refresh_from_db()
    assert lead.next_contact_on == today() + timedelta(days=3)


def test_a_cold_lead_without_a_day_gets_that_of_its_level(client, sales1):
    lead = make_lead(owner=sales1, intent_level="c")
    client.force_login(sales1)
    assert log(client, lead, next_contact_on="").status_code == 302
    lead.refresh_from_db()
    assert lead.next_contact_on == today() + timedelta(days=15)


def test_the_next_step_with_a_customer_becomes_a_task(client, sales1):
    customer = make_customer(owner=sales1, name="哈尔滨鸿运出租")
    client.force_login(sales1)
    log(client, customer)
    task = Task.objects.get(owner=sales1)
    assert (task.target, task.due_on) == (customer, today() + timedelta(days=3))
    assert "哈尔滨鸿运出租" in task.title
    customer.refresh_from_db()
    assert customer.last_contact_at is not None


def test_a_contact_about_an_opportunity_belongs_to_its_customer_and_lead(sales1):
    lead = make_lead(owner=sales1)
    customer = make_customer(owner=sales1)
    opportunity = make_opportunity(customer=customer, lead=lead)
    record = actions.record_contact(by=sales1, opportunity=opportunity, kind="visit", summary="送样车")
    assert (record.customer, record.lead) == (customer, lead)
    other = make_customer(owner=sales1)
    with pytest.raises(RuleBroken):
        actions.record_contact(by=sales1, opportunity=opportunity, customer=other, kind="visit", summary="送样车")


def test_yesterdays_visit_is_entered_today(client, sales1):
    lead = make_lead(owner=sales1)
    client.force_login(sales1)
    yesterday = timezone.localtime() - timedelta(days=1)
    assert log(client, lead, kind="visit", at=f"{yesterday:%Y-%m-%dT%H:%M}").status_code == 302
    assert timezone.localtime(ContactRecord.objects.get().at).date() == yesterday.date()


def test_the_list_of_a_day_holds_its_first_and_last_moment_and_its_query_can_use_an_index(client, sales1):
    customer = make_customer(owner=sales1)
    moments = [datetime(2026, 10, 15, tzinfo=SHANGHAI) + timedelta(minutes=minutes) for minutes in (-1, 0, 1439, 1440)]
    _before, first, last, _after = (make_contactrecord(customer=customer, at=moment) for moment in moments)
    client.force_login(sales1)
    page = client.get(reverse("customers:contactrecord_list"), {"from_day": "2026-10-15", "to_day": "2026-10-15"})
    assert page.context["page"].count == 2
    found = ContactRecordFilter(page.wsgi_request.GET, user=sales1).qs
    assert set(found) == {first, last}
    assert "AT TIME ZONE" not in str(found.query)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_outside_the_calendar_shows_no_rows_and_an_error(client, sales1, day):
    make_contactrecord(owner=sales1)
    client.force_login(sales1)
    page = client.get(reverse("customers:contactrecord_list"), {"from_day": day, "to_day": day})
    assert page.status_code < 500
    assert page.context["page"].count == 0


def test_a_file_hangs_on_the_record_it_is_about(client, sales1):
    lead = make_lead(owner=sales1)
    client.force_login(sales1)
    log(client, lead, file=SimpleUploadedFile("需求.txt", "路宝十台".encode(), "text/plain"))
    assert Attachment.objects.of(lead).get().original_name == "需求.txt"


def test_a_colleague_mentioned_is_told_and_reads_the_record_only_with_the_right(sales1, sales2, manager):
    lead = make_lead(owner=sales1)
    Notice.objects.all().delete()
    text = f"@{manager.name} 请批个价，@{sales2.name}也看看"
    actions.record_contact(by=sales1, lead=lead, kind="call", summary=text)
    told = {notice.user: notice.url for notice in Notice.objects.all()}
    assert told == {sales2: reverse("core:notice_list"), manager: reverse("customers:lead_detail", args=[lead.pk])}
    assert all(text in notice.text for notice in Notice.objects.all())


def test_the_longer_name_is_meant_and_a_shared_name_needs_the_login(sales1):
    long = make_user(unit=sales1.unit, name="张伟平")
    one = make_user(unit=sales1.unit, name="刘洋", username="liuyang1")
    make_user(unit=sales1.unit, name="刘洋", username="liuyang2")
    lead = make_lead(owner=sales1)
    Notice.objects.all().delete()
    actions.record_contact(by=sales1, lead=lead, kind="call", summary="@张伟平 和 @刘洋 还有 @刘洋(liuyang1)")
    assert {notice.user for notice in Notice.objects.all()} == {long, one}


def test_typing_an_at_sign_offers_visible_colleagues_only(client, sales1, sales2, manager2):
    client.force_login(sales1)
    url = reverse("users:mentions")
    assert [found["name"] for found in client.get(url, {"q": sales2.name[:1]}).json()["results"]] == [sales2.name]
    assert client.get(url, {"q": manager2.name}).json()["results"] == []
    assert client.get(url, {"q": "a\x00b"}).status_code == 200


def test_a_record_out_of_reach_takes_no_contact(client, sales1, manager2):
    lead = make_lead(owner=manager2, unit=manager2.unit)
    client.force_login(sales1)
    assert log(client, lead).status_code == 404
    assert client.get(reverse("customers:log_contact", args=["source", 1])).status_code == 404
    assert not ContactRecord.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "order"},
        {"kind": ""},
        {"summary": ""},
        {"summary": "x" * 2_001},
        {"next_contact_on": "2026-02-31"},
        {"next_contact_on": "2020-01-01"},
        {"at": "2099-01-01T10:00"},
        {"at": "1999-01-01T10:00"},
        {"at": "gestern"},
    ],
)
def test_bad_input_is_answered_with_a_sentence(client, sales1, fields):
    lead = make_lead(owner=sales1)
    client.force_login(sales1)
    answer = log(client, lead, **fields)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ContactRecord.objects.exists()


def test_a_contact_is_not_logged_on_records_that_do_not_belong_together(client, sales1):
    lead, customer, other = make_lead(owner=sales1), make_customer(owner=sales1), make_customer(owner=sales1)
    Lead.objects.filter(pk=lead.pk).update(customer=customer)
    opportunity = make_opportunity(owner=sales1, customer=customer)
    client.force_login(sales1)
    values = {"kind": "call", "summary": "询问路宝现车"}
    for chosen in ({"customer": other.pk}, {"opportunity": opportunity.pk}):
        answer = client.post(reverse("customers:contactrecord_add"), values | {"lead": lead.pk} | chosen)
        assert "lead" in answer.context["form"].errors
    assert not ContactRecord.objects.exists()
    answer = client.post(reverse("customers:contactrecord_add"), values | {"lead": lead.pk, "customer": customer.pk})
    assert answer.status_code == 302
    assert ContactRecord.objects.get().customer == customer


def test_a_milestone_is_entered_once_withdrawn_with_its_document_and_not_put_in_the_bin(client, sales1):
    customer = make_customer(owner=sales1)
    values = {"kind": "order", "source_key": "order:7", "text": "DD-2026-0007", "owner": sales1, "unit": sales1.unit}
    for _ in range(2):
        actions.record_milestone(customer.pk, **values)
    assert ContactRecord.objects.filter(kind="order").count() == 1
    assert not ContactRecord.objects.by_hand().exists()
    client.force_login(sales1)
    url = reverse("customers:contactrecord_bin", args=[ContactRecord.objects.get().pk])
    assert client.post(url).status_code == 404
    actions.withdraw_milestone("order:7")
    assert not ContactRecord.objects.exists()


@pytest.mark.parametrize("make", [make_lead, make_customer, make_opportunity])
def test_a_row_of_the_list_leads_to_the_form_and_back_to_the_list_as_it_was(client, sales1, finance, make):
    record = make(owner=sales1, unit=sales1.unit)
    name, form = record._meta.model_name, reverse("customers:log_contact", args=[record._meta.model_name, record.pk])
    client.force_login(sales1)
    page = client.get(reverse(f"customers:{name}_list"), {"sort": "-owner__name"}).content.decode()
    link = f"{form}?next=%2Fcustomers%2F"
    assert link in page
    back = f"{reverse(f'customers:{name}_list')}?sort=-owner__name"
    assert f'value="{back}"' in client.get(form, {"next": back}).content.decode()
    assert log(client, record, next=back).headers["Location"] == back
    assert log(client, record, next="https://evil.example/").headers["Location"].startswith("/customers/")
    client.force_login(finance)
    assert link not in client.get(reverse("customers:customer_list")).content.decode()
