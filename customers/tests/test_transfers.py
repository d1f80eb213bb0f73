"""Customers go to another owner, with what is under way for them, and back again within ten minutes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Notice, UndoOffer
from customers import actions
from customers.models import Customer, Lead, Opportunity, OwnerChange
from customers.tests.factories import make_customer, make_lead, make_opportunity
from users.actions import add_task
from users.models import Task, User

pytestmark = pytest.mark.django_db
REASON = "片区调整"


def address(page: str, customer: Customer) -> str:
    return reverse(f"customers:customer_{page}", args=[customer.pk])


@pytest.fixture
def customer(sales1) -> Customer:
    return make_customer(owner=sales1, unit=sales1.unit, name="哈尔滨龙运物流")


@pytest.fixture
def work(sales1, customer) -> tuple[Lead, Opportunity, Task]:
    """A lead, an opportunity and a task under way for the customer."""
    lead = make_lead(owner=sales1, unit=sales1.unit)
    Lead.objects.filter(pk=lead.pk).update(customer=customer)
    opportunity = make_opportunity(customer=customer)
    task = add_task(by=sales1, title="送报价单", due_on=timezone.localdate(), target=opportunity)
    return lead, opportunity, task


def owners(*rows) -> list[str]:
    return [type(row)._base_manager.get(pk=row.pk).owner.username for row in rows]


def send(client, person: User, customer: Customer, **fields):
    client.force_login(person)
    values = {"reason": REASON, "with_opportunities": "on", "with_tasks": "on"} | fields
    return client.post(address("transfer", customer), {k: v for k, v in values.items() if v is not None})


def test_transfer_takes_open_work_along_and_tells_both_owners(client, manager, sales1, sales2, customer, work):
    assert send(client, manager, customer, owner=sales2.pk).status_code == 302
    assert owners(customer, *work) == ["sales2"] * 4
    change = OwnerChange.objects.get(customer=customer)
    assert (change.owner_before, change.owner_after, change.reason) == (sales1, sales2, REASON)
    assert {"sales1", "sales2"} <= set(Notice.objects.values_list("user__username", flat=True))
    client.force_login(sales2)
    page = client.get(address("timeline", customer)).content.decode()
    assert REASON in page
    assert "李雪梅 → 张伟" in page


def test_open_work_stays_when_it_is_not_to_go_along(client, manager, sales2, customer, work):
    send(client, manager, customer, owner=sales2.pk, with_opportunities=None, with_tasks=None)
    assert owners(customer, *work) == ["sales2", "sales1", "sales1", "sales1"]


def test_undo_puts_back_exactly_what_was_moved(client, manager, sales2, customer, work):
    before = list(Customer.objects.filter(pk=customer.pk).values())
    send(client, manager, customer, owner=sales2.pk)
    assert client.post(reverse("undo", args=[UndoOffer.objects.get().pk])).status_code == 302
    assert owners(customer, *work) == ["sales1"] * 4
    assert list(Customer.objects.filter(pk=customer.pk).values()) == before
    assert list(OwnerChange.objects.order_by("pk").values_list("kind", flat=True)) == ["transferred", "undone"]
    last = {notice.user.username: notice.text for notice in Notice.objects.order_by("pk")}
    assert "重新归您负责" in last["sales1"]
    assert "撤销了向您转移客户" in last["sales2"]


def test_undo_is_refused_when_something_has_moved_on(client, manager, sales1, sales2, customer, work):
    send(client, manager, customer, owner=sales2.pk)
    Opportunity.objects.filter(pk=work[1].pk).update(owner=manager)
    answer = client.post(reverse("undo", args=[UndoOffer.objects.get().pk]), follow=True)
    assert "转移已不能撤销" in answer.content.decode()
    assert owners(customer, work[0], work[2]) == ["sales2"] * 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"is_active": False}, "请重新选择"),
        ({"unit": "east"}, "请重新选择"),
    ],
    ids=["off duty", "outside the giver's reach"],
)
def test_new_owner_is_on_duty_and_within_reach(client, manager, manager2, sales2, customer, change, sentence):
    values = {key: manager2.unit if value == "east" else value for key, value in change.items()}
    for name, value in values.items():
        setattr(sales2, name, value)
    sales2.save()
    answer = send(client, manager, customer, owner=sales2.pk)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert owners(customer) == ["sales1"]


def test_reason_is_required(client, manager, sales2, customer):
    assert send(client, manager, customer, owner=sales2.pk, reason=" ").status_code == 200
    assert owners(customer) == ["sales1"]


def test_unit_goes_along_only_where_the_new_owner_works_outside_of_it(director, manager, sales1, manager2):
    customers = [make_customer(owner=sales1, unit=sales1.unit) for _ in range(2)]
    actions.transfer_customers([customers[0].pk], by=director, owner=manager, reason=REASON)
    actions.transfer_customers([customers[1].pk], by=director, owner=manager2, reason=REASON)
    units = [Customer.objects.get(pk=customer.pk).unit for customer in customers]
    assert units == [sales1.unit, manager2.unit]


def test_salesman_does_not_transfer_the_customer_of_another(client, sales2, customer):
    client.force_login(sales2)
    assert client.get(address("transfer", customer)).status_code == 404


def test_many_customers_are_transferred_from_the_list(client, manager, sales1, sales2):
    mine = [make_customer(owner=sales1, unit=sales1.unit) for _ in range(3)]
    his = make_customer(owner=sales2, unit=sales2.unit)
    client.force_login(manager)
    values = {"pk": [row.pk for row in (*mine, his)], "confirmed": "yes", "owner": sales2.pk, "reason": REASON}
    answer = client.post(reverse("customers:customer_bulk", args=["transfer"]), values)
    assert "已经属于" in answer.content.decode()
    assert owners(*mine) == ["sales2"] * 3
    assert OwnerChange.objects.count() == 3


def test_a_transfer_of_fifty_costs_no_more_queries_than_one_of_five(
    django_assert_max_num_queries, manager, sales1, sales2
):
    for count in (5, 50):
        keys = [make_customer(owner=sales1, unit=sales1.unit).pk for _ in range(count)]
        with django_assert_max_num_queries(32):
            actions.transfer_customers(keys, by=manager, owner=sales2, reason=REASON)


def test_new_owner_reads_what_was_spoken_before(client, manager, sales1, sales2, customer):
    actions.record_contact(by=sales1, customer=customer, kind="call", summary="想要白色路宝")
    send(client, manager, customer, owner=sales2.pk)
    client.force_login(sales2)
    assert "想要白色路宝" in client.get(address("timeline", customer)).content.decode()


def test_offer_ends_after_ten_minutes(client, manager, sales2, customer):
    send(client, manager, customer, owner=sales2.pk)
    UndoOffer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.post(reverse("undo", args=[UndoOffer.objects.get().pk]))
    assert owners(customer) == ["sales2"]
