"""What the generic pages promise on real records: attachments, the scope of a step, what the reader may know."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from contracts.models import Contract
from contracts.tests.factories import make_contract, make_order
from core.errors import RuleBroken, refusal_of
from core.lists import preference_of
from core.models import Attachment
from core.tests.files import PNG, upload
from customers.models import Lead
from customers.tests.factories import make_contactrecord, make_customer, make_lead

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_lead, make_order], ids=["lead", "order"])
def test_file_is_attached_to_a_record_and_taken_away_again(client, sales1, make):
    record = make(unit=sales1.unit, owner=sales1)
    meta = record._meta
    page = reverse(f"{meta.app_label}:{meta.model_name}_detail", args=[record.pk])
    client.force_login(sales1)
    add = reverse("core:attachment_add", args=[meta.app_label, meta.model_name, record.pk])
    for _ in range(2):  # the second time it is there already
        answer = client.post(add, {"file": upload("扫描件.png", PNG)})
        assert (answer.status_code, answer.url) == (302, page)
    attachment = Attachment.objects.of(record).get()
    assert "扫描件.png" in client.get(page).content.decode()
    answer = client.post(reverse("core:attachment_hide", args=[attachment.pk]))
    assert (answer.status_code, answer.url) == (302, page)
    assert not Attachment.objects.of(record).exists()


def test_step_is_taken_only_where_its_own_scope_reaches(client, sales1, sales2):
    contract = make_contract(unit=sales1.unit, owner=sales1)
    page = reverse("contracts:contract_detail", args=[contract.pk])
    submit = reverse("contracts:contract_step", args=[contract.pk, "submit"])
    client.force_login(sales2)  # sees the contracts of the region, changes his own
    assert "steps/submit/" not in client.get(page).content.decode()
    assert client.post(submit).status_code == 403
    client.force_login(sales1)
    assert "steps/submit/" in client.get(page).content.decode()
    assert client.post(submit).status_code == 302
    contract.refresh_from_db()
    assert contract.status == Contract.Status.SUBMITTED


def test_timeline_of_a_customer_keeps_sales_talk_from_finance(client, sales1, finance):
    customer = make_customer(unit=sales1.unit, owner=sales1)
    make_contactrecord(unit=sales1.unit, owner=sales1, customer=customer, summary="嫌价格高，答应送脚垫")
    page = reverse("customers:customer_timeline", args=[customer.pk])
    seen = {}
    for person in (sales1, finance):
        client.force_login(person)
        seen[person.username] = "答应送脚垫" in client.get(page).content.decode()
    assert seen == {"sales1": True, "finance": False}


def test_who_reads_phones_masked_does_not_find_them_in_the_form(client, director, sales1):
    lead = make_lead(unit=sales1.unit, owner=sales1, phone="13904518821")
    page = reverse("customers:lead_edit", args=[lead.pk])
    client.force_login(director)
    shown = client.get(page)
    assert "13904518821" not in shown.content.decode()
    fields = {name: value for name, value in shown.context["form"].initial.items() if value is not None}
    assert client.post(page, fields | {"name": "刘洋洋", "phone": "13800000000"}).status_code == 302
    assert Lead.objects.values_list("name", "phone").get(pk=lead.pk) == ("刘洋洋", "13904518821")


def test_note_with_a_control_character_is_kept_without_it(client, sales1):
    contract = make_contract(unit=sales1.unit, owner=sales1)
    client.force_login(sales1)
    submit = reverse("contracts:contract_step", args=[contract.pk, "submit"])
    assert client.post(submit, {"note": "请尽快\x00审批"}).status_code == 302
    page = client.get(reverse("contracts:contract_timeline", args=[contract.pk]))
    assert "请尽快审批" in page.content.decode()


def test_only_columns_that_the_list_offers_are_remembered(client, sales1):
    client.force_login(sales1)
    client.post(reverse("customers:lead_columns"), {"columns": ["phone", "a\x00b", "no_such", "name", "phone"]})
    assert preference_of(sales1, "customers:lead_list").columns == ["phone", "name"]


@pytest.mark.parametrize(
    "statement", ["SELECT 1e12::numeric(10,2)", "INSERT INTO users_unit SELECT * FROM users_unit LIMIT 1"]
)
def test_what_the_database_refuses_becomes_a_sentence(cast, statement):
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    refusal = refusal_of(refused.value)
    assert isinstance(refusal, RuleBroken)
    assert refusal.sentence.endswith("。")


def test_a_fault_of_ours_is_no_sentence(cast):
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    with pytest.raises(DatabaseError):
        refusal_of(refused.value)
