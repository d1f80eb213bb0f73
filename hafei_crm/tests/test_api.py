"""Other programs: a token instead of a session, the same rights, rows and rules as the pages."""

import pytest
from django.urls import reverse

from core.models import ExportLog
from core.tests.factories import make_customfield
from customers.models import Customer, Lead
from customers.tests.factories import make_customer, make_lead, make_source
from users.actions import issue_token
from users.models import ApiToken

pytestmark = pytest.mark.django_db
LEADS = "/api/v1/leads/"


def headers(person) -> dict:
    return {"headers": {"authorization": f"Bearer {issue_token(by=person, name='ERP')[1]}"}}


@pytest.fixture
def as_manager(manager):
    return headers(manager)


def test_without_a_token_nobody_gets_in(client, director, sales1):
    client.force_login(director)
    assert client.get(LEADS).status_code == 401
    assert client.get(LEADS, headers={"authorization": "Bearer hafei_wrong"}).status_code == 401
    assert client.get(LEADS, **headers(sales1)).status_code == 401  # his role has no use of it


@pytest.mark.parametrize("end", ["revoke", "leave"])
def test_a_token_ends_at_once(client, manager, as_manager, end):
    assert client.get(LEADS, **as_manager).status_code == 200
    if end == "revoke":
        client.force_login(manager)
        client.post(reverse("users:tokens"), {"revoke": ApiToken.objects.get().pk})
    else:
        type(manager).objects.filter(pk=manager.pk).update(is_active=False)
    assert client.get(LEADS, **as_manager).status_code == 401


def test_it_gives_the_rows_and_columns_of_the_list_in_the_persons_rights(client, manager, manager2, sales1, as_manager):
    lead = make_lead(unit=sales1.unit, owner=sales1, name="张伟", intent_level="h")
    strange = make_lead(unit=manager2.unit, owner=manager2)
    (row,) = client.get(LEADS, **as_manager).json()["results"]
    assert (row["id"], row["name"], row["intent_level"], row["owner__name"]) == (lead.pk, "张伟", "h", sales1.name)
    assert client.get(f"{LEADS}{lead.pk}", **as_manager).json() == row
    assert client.get(f"{LEADS}{strange.pk}", **as_manager).status_code == 404


def test_it_filters_strictly_and_pages_by_key(client, sales1, as_manager):
    leads = [make_lead(unit=sales1.unit, owner=sales1, intent_level="a") for _ in range(3)]
    make_lead(unit=sales1.unit, owner=sales1, intent_level="c")
    first = client.get(LEADS, {"intent_level": "a", "limit": 2}, **as_manager).json()
    assert [row["id"] for row in first["results"]] == [lead.pk for lead in leads[:2]]
    rest = client.get(LEADS, {"intent_level": "a", "limit": 2, "after": first["next"]}, **as_manager).json()
    assert ([row["id"] for row in rest["results"]], rest["next"]) == ([leads[2].pk], None)
    assert client.get(LEADS, {"intent_level": "zz"}, **as_manager).status_code == 422


def test_phones_stay_masked_for_who_may_not_see_them(client, director, sales1):
    make_customer(unit=sales1.unit, owner=sales1, phone="13804518821")
    (row,) = client.get("/api/v1/customers/", **headers(director)).json()["results"]
    assert row["phone"] == "138****8821"


def test_a_lead_is_entered_by_the_same_form_and_rules(client, manager, as_manager):
    sent = {"name": "刘洋", "phone": "13904510001", "source": make_source().pk, "intent_level": "b"}
    answer = client.post(LEADS, sent, content_type="application/json", **as_manager)
    assert answer.status_code == 201
    lead = Lead.objects.get(pk=answer.json()["id"])
    assert (lead.recorded_by, lead.unit, lead.next_contact_on is None) == (manager, manager.unit, False)
    again = client.post(LEADS, sent, content_type="application/json", **as_manager)
    assert again.status_code == 422
    assert "刘洋" in again.json()["detail"][0]["message"]


@pytest.mark.parametrize("sent", [{}, {"name": "x", "phone": "1"}, {"no_such_field": 1}, {"name": {"a": 1}}])
def test_what_cannot_be_read_is_answered_with_sentences(client, as_manager, sent):
    answer = client.post(LEADS, sent, content_type="application/json", **as_manager)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert not Lead.objects.exists()


def test_fields_of_the_company_are_read_and_written(client, sysadmin, as_manager):
    make_customfield(owner=sysadmin, name="hobby", label="爱好")
    sent = {"name": "刘洋", "phone": "13904510001", "source": make_source().pk, "intent_level": "b"}
    made = client.post(LEADS, sent | {"extra_hobby": "钓鱼"}, content_type="application/json", **as_manager).json()
    row = client.get(f"{LEADS}{made['id']}", **as_manager).json()
    assert row["extra__hobby"] == "钓鱼"


def test_a_list_costs_the_same_queries_for_5_rows_and_50(client, sales1, as_manager, django_assert_num_queries):
    client.get(LEADS, **as_manager)
    for count in (5, 45):
        for _ in range(count):
            make_lead(unit=sales1.unit, owner=sales1)
        with django_assert_num_queries(4):
            client.get(LEADS, **as_manager)


def test_the_token_is_shown_once_and_kept_as_a_digest(client, manager):
    client.force_login(manager)
    page = client.post(reverse("users:tokens"), {"name": "ERP"})
    text = page.context["issued"]
    assert text in page.content.decode()
    assert text not in client.get(reverse("users:tokens")).content.decode()
    assert text not in ApiToken.objects.get().digest


def test_the_description_names_every_door(client, manager, as_manager):
    described = client.get("/api/v1/openapi.json", **as_manager).json()["paths"]
    assert {LEADS, "/api/v1/customers/", "/api/v1/opportunities/{pk}"} <= described.keys()


def test_numbers_and_codes_are_taken_as_they_are_written(client, as_manager):
    sent = {"name": "刘洋", "phone": 13904510001, "source": make_source().pk, "intent_level": "b"}
    answer = client.post(LEADS, sent | {"next_contact_on": 20261201}, content_type="application/json", **as_manager)
    assert (answer.status_code, answer.json()["detail"][0]["field"]) == (422, "next_contact_on")
    company = {
        "name": "哈尔滨鸿运出租汽车公司",
        "phone": "13804518821",
        "kind": "taxi",
        "level": "b",
        "care_level": "standard",
    }
    customers = "/api/v1/customers/"
    made = client.post(customers, company | {"division": "230102"}, content_type="application/json", **as_manager)
    assert made.status_code == 201, made.content.decode()
    assert Customer.objects.get().division == "230102"


def test_what_is_read_stands_in_the_export_log(client, manager, sales1, as_manager):
    make_lead(unit=sales1.unit, owner=sales1)
    client.get(LEADS, {"limit": 10}, **as_manager)
    log = ExportLog.objects.get()
    assert (log.by, log.list_name, log.row_count) == (manager, "customers:lead_list", 1)
