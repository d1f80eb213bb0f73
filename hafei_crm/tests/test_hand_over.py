"""A person leaves: everything he owns goes to his successors in one step, and is counted."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from contracts.tests.factories import make_order, make_quotation
from core.errors import RuleBroken
from core.models import Notice, StatusChange
from customers.models import Customer, Opportunity, OwnerChange
from customers.tests.factories import make_contactrecord, make_customer, make_lead, make_opportunity
from hafei_crm.wiring import HAND_OVER
from users.actions import add_task, hand_over
from users.models import Owned, Task, User

pytestmark = pytest.mark.django_db
# They tell who did something, or what somebody counted: that stays with him. An approval follows its record by itself.
STAYING = {"ContactRecord", "WorkReport", "WalkIns", "Delegation", "ApprovalCase"}


def send(client, by: User, person: User, *successors: User, **fields):
    client.force_login(by)
    values = {"successors": [successor.pk for successor in successors], "deactivate": "on"} | fields
    return client.post(reverse("hand_over", args=[person.pk]), values)


@pytest.fixture
def book(sales1) -> list[Customer]:
    """Three customers with an opportunity, an order and a quotation each; a lead and a task beside them."""
    rows = [make_customer(owner=sales1, unit=sales1.unit) for _ in range(3)]
    for row in rows:
        for made in (make_opportunity(customer=row), make_order(customer=row), make_quotation(customer=row)):
            type(made)._base_manager.filter(pk=made.pk).update(owner=sales1)
        make_contactrecord(customer=row)
    make_lead(owner=sales1, unit=sales1.unit)
    add_task(by=sales1, title="交车", due_on=timezone.localdate())
    return rows


def test_every_owned_model_is_handed_over_or_stays_for_a_reason():
    owned = {model.__name__ for model in apps.get_models() if issubclass(model, Owned) and not model._meta.proxy}
    listed = {holding.model.__name__ for holding in HAND_OVER}
    assert listed | STAYING == owned
    assert not listed & STAYING


def test_one_successor_gets_everything_and_the_account_is_closed(client, manager, sales1, sales2, book):
    assert send(client, manager, sales1, sales2).status_code == 302
    sales1.refresh_from_db()
    assert not sales1.is_active
    for holding in HAND_OVER:
        assert not holding.model._base_manager.filter(owner=sales1).exists(), holding.model
    assert Customer.objects.filter(owner=sales2).count() == 3
    assert Task.objects.get().owner == sales2
    assert set(OwnerChange.objects.values_list("kind", "owner_before__username")) == {("handed_over", "sales1")}
    note = StatusChange.objects.filter(step="Everything handed over").get().note
    assert "客户：张伟 3" in note
    assert Notice.objects.filter(user=sales2).count() == 1


def test_several_successors_share_and_work_follows_its_customer(client, manager, sales1, sales2, book):
    send(client, manager, sales1, sales2, manager)
    shares = sorted(Customer.objects.filter(owner__in=(sales2, manager)).values_list("owner__username", flat=True))
    assert shares == ["manager", "sales2", "sales2"]
    for opportunity in Opportunity.objects.select_related("customer"):
        assert opportunity.owner_id == opportunity.customer.owner_id


def test_what_was_done_keeps_the_name_of_who_did_it(client, manager, sales1, sales2, book):
    send(client, manager, sales1, sales2)
    assert {record.owner for record in book[0].contact_records.all()} == {sales1}


def test_account_stays_open_when_so_chosen(client, manager, sales1, sales2):
    client.force_login(manager)
    client.post(reverse("hand_over", args=[sales1.pk]), {"successors": [sales2.pk]})
    sales1.refresh_from_db()
    assert sales1.is_active


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 200), ("director", 200), ("sysadmin", 200), ("sales2", 403), ("manager2", 404), ("security", 403)],
)
def test_page_is_for_the_manager_and_the_administrator(client, cast, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("hand_over", args=[cast["sales1"].pk])).status_code == status


def test_link_stands_on_the_page_of_the_person(client, manager, sales1):
    client.force_login(manager)
    answer = client.get(reverse("users:user_detail", args=[sales1.pk]))
    assert reverse("hand_over", args=[sales1.pk]) in answer.content.decode()
    assert answer.context["user"] == manager  # the top bar names the reader


@pytest.mark.parametrize("who", ["sales1", "manager2"])
def test_unfit_successor_is_refused(cast, who):
    with pytest.raises(RuleBroken):
        hand_over(cast["sales1"].pk, by=cast["manager"], successors=[cast[who]], holdings=HAND_OVER, deactivate=True)


def test_nobody_hands_over_for_himself(manager, director):
    with pytest.raises(RuleBroken):
        hand_over(manager.pk, by=manager, successors=[director], holdings=HAND_OVER, deactivate=True)


def test_handing_over_fifty_costs_as_many_statements_as_five(django_assert_max_num_queries, manager, sales1, sales2):
    for count, (leaver, heir) in ((5, (sales1, sales2)), (50, (sales2, sales1))):
        for _ in range(count):
            make_customer(owner=leaver, unit=leaver.unit)
        with django_assert_max_num_queries(75):
            hand_over(leaver.pk, by=manager, successors=[heir], holdings=HAND_OVER, deactivate=False)
