import pytest
from django.urls import reverse

from core.models import Job, UndoOffer
from core.tasks import run_bulk
from customers.models import Lead
from customers.tests.factories import make_lead, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads(sales1):
    return [make_lead(unit=sales1.unit, owner=sales1, intent_level="c", city="哈尔滨") for _ in range(3)]


@pytest.fixture
def fair(db):
    return make_source(name="车展")


def do(client, action, keys=(), query="", **data):
    return client.post(f"{reverse('customers:lead_bulk', args=[action])}{query}", {"pk": keys} | data, follow=True)


def keys_of(records) -> list[int]:
    return [record.pk for record in records]


def levels() -> set[str]:
    return set(Lead.objects.values_list("intent_level", flat=True))


def test_it_asks_before_it_changes_anything(client, sales1, leads):
    client.force_login(sales1)
    page = do(client, "edit", keys_of(leads))
    assert page.context["keys"] == keys_of(leads)
    assert levels() == {"c"}


def test_filled_in_fields_are_changed_and_the_others_stay(client, sales1, leads, fair):
    client.force_login(sales1)
    do(client, "edit", keys_of(leads[:2]), confirmed="yes", source=fair.pk)
    assert list(Lead.objects.order_by("pk").values_list("source__name", "intent_level"))[:2] == [("车展", "c")] * 2
    assert Lead.objects.get(pk=leads[2].pk).source != fair


def test_an_empty_form_is_asked_again(client, sales1, leads):
    client.force_login(sales1)
    assert do(client, "edit", keys_of(leads), confirmed="yes").context["form"].errors
    assert levels() == {"c"}


def test_all_found_means_the_filter_and_not_the_page(client, sales1, leads, fair):
    others = make_lead(unit=sales1.unit, owner=sales1, intent_level="b")
    client.force_login(sales1)
    do(client, "edit", query="?intent_level=c", all="on", confirmed="yes", source=fair.pk)
    assert set(Lead.objects.filter(source=fair)) == set(leads)
    assert Lead.objects.get(pk=others.pk).source != fair


def test_rows_of_others_are_left_out_though_they_are_sent(client, sales1, sales2, leads, fair):
    strange = make_lead(unit=sales2.unit, owner=sales2)
    client.force_login(sales1)
    do(client, "edit", [strange.pk, leads[0].pk], confirmed="yes", source=fair.pk)
    assert list(Lead.objects.filter(source=fair)) == leads[:1]


def test_closed_records_are_refused_one_by_one_with_their_reason(client, sales1, leads, fair):
    Lead.objects.filter(pk=leads[1].pk).update(status=Lead.Status.INVALID)
    client.force_login(sales1)
    page = do(client, "edit", keys_of(leads), confirmed="yes", source=fair.pk)
    assert [record.pk for record, _reason, _url in page.context["refused"]] == [leads[1].pk]
    assert "不能再修改" in page.content.decode()
    assert set(Lead.objects.filter(source=fair)) == {leads[0], leads[2]}


def test_a_bulk_edit_is_put_back_except_where_somebody_went_on(client, sales1, leads, fair):
    client.force_login(sales1)
    before = dict(Lead.objects.values_list("pk", "source_id"))
    do(client, "edit", keys_of(leads), confirmed="yes", source=fair.pk, next_contact_on="2027-01-15")
    Lead.objects.filter(pk=leads[0].pk).update(next_contact_on="2027-02-01")
    page = client.post(reverse("undo", args=[UndoOffer.objects.get().pk]), follow=True)
    assert "其中 1 条此后已被修改或转出" in page.content.decode()
    after = dict(Lead.objects.values_list("pk", "source_id"))
    assert after == before | {leads[0].pk: fair.pk}


def test_leads_are_assigned_together(client, manager, sales1, leads):
    Lead.objects.update(owner=None)
    client.force_login(manager)
    do(client, "assign", keys_of(leads), confirmed="yes", owner=sales1.pk)
    assert set(Lead.objects.values_list("owner", "status")) == {(sales1.pk, "assigned")}


def test_they_go_to_the_recycle_bin_together_and_come_back_together(client, sales1, leads):
    client.force_login(sales1)
    do(client, "bin", keys_of(leads), confirmed="yes")
    assert not Lead.objects.visible_to(sales1).exists()
    client.post(reverse("undo", args=[UndoOffer.objects.get().pk]))
    assert Lead.objects.visible_to(sales1).count() == 3


def test_many_rows_are_done_in_the_background(client, sales1, leads, fair, monkeypatch):
    monkeypatch.setattr("core.views.bulk.DIRECT_ROWS", 2)
    client.force_login(sales1)
    do(client, "edit", query="?intent_level=c", all="on", confirmed="yes", source=fair.pk)
    assert not Lead.objects.filter(source=fair).exists()
    run_bulk(Job.objects.get().pk)
    assert Job.objects.get().status == Job.Status.DONE
    assert Lead.objects.filter(source=fair).count() == 3


def test_without_the_right_it_is_forbidden(client, sales1, leads):
    client.force_login(sales1)
    assert do(client, "assign", keys_of(leads), confirmed="yes").status_code == 403
    assert do(client, "no-such-action", keys_of(leads)).status_code == 404
