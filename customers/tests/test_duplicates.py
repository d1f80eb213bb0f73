from functools import partial

import pytest
from django.urls import reverse

from core.errors import RuleBroken
from core.tests.crowd import done_and_refused
from customers import actions
from customers.models import Customer
from customers.tests.factories import make_customer, make_lead
from users.access import Role
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"


def warned(client, **typed) -> str:
    return client.post(reverse("customers:duplicates"), typed).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"phone": "+86 139 0451 8821"},
        {"other_phone": "13904518821"},
        {"name": "刘洋", "city": "哈尔滨"},
        {"name": "刘洋", "division_0": "230000", "division_1": "230100"},
        {"credit_code": CODE.lower()},
    ],
)
def test_the_owner_of_a_customer_is_shown_to_who_may_see_him(client, sales1, typed):
    known = make_customer(owner=sales1, name="刘洋", phone="13904518821", city="哈尔滨", credit_code=CODE)
    client.force_login(sales1)
    page = warned(client, **typed)
    assert "刘洋" in page and sales1.name in page
    assert reverse("customers:customer_detail", args=[known.pk]) in page


@pytest.mark.parametrize("typed", [{"phone": "13904518821"}, {"name": "刘洋", "city": "哈尔滨"}, {"credit_code": CODE}])
def test_a_stranger_learns_only_that_he_is_registered(client, sales1, manager2, typed):
    make_customer(owner=manager2, name="刘洋", phone="13904518821", city="哈尔滨", credit_code=CODE)
    client.force_login(sales1)
    page = warned(client, **typed)
    assert page.count("<li>") == 1
    assert manager2.name not in page and "刘洋" not in page and "href" not in page


@pytest.mark.parametrize(
    "typed",
    [{"phone": "1390451"}, {"phone": "8821"}, {"name": "刘洋"}, {"city": "哈尔滨"}, {"credit_code": CODE[:17]}, {},
     {"phone": "\x00"}, {"record": "customer:999999999999999999999"}, {"record": "user:1"}],
)  # fmt: skip
def test_a_part_of_a_number_or_a_name_alone_says_nothing(client, sales1, manager2, typed):
    make_customer(owner=manager2, name="刘洋", phone="13904518821", city="哈尔滨", credit_code=CODE)
    client.force_login(sales1)
    assert "<li>" not in warned(client, **typed)


def test_a_record_is_no_duplicate_of_itself(client, sales1):
    customer = make_customer(owner=sales1, phone="13904518821")
    lead = make_lead(owner=sales1, unit=sales1.unit, phone="13904518821")
    client.force_login(sales1)
    page = warned(client, phone="13904518821", record=f"customer:{customer.pk}")
    assert str(lead) in page and str(customer) not in page
    page = client.get(reverse("customers:customer_edit", args=[customer.pk])).content.decode()
    assert f"customer:{customer.pk}" in page and "data-duplicates" in page


def test_what_lies_in_the_bin_is_no_duplicate(client, sales1):
    lead = make_lead(owner=sales1, unit=sales1.unit, phone="13904518821")
    client.force_login(sales1)
    client.post(reverse("customers:lead_bin", args=[lead.pk]))
    assert "<li>" not in warned(client, phone="13904518821")


def test_the_same_customer_is_not_entered_twice_in_a_unit(sales1, manager2):
    first = make_customer(owner=sales1, name="刘洋", phone="13904518821")
    with pytest.raises(RuleBroken, match=first.number):
        make_customer(owner=sales1, name=" 刘 洋 ", phone="139 0451 8821")
    make_customer(owner=sales1, name="刘洋之妻", phone="13904518821")
    make_customer(owner=manager2, name="刘洋", phone="13904518821")
    company = make_customer(owner=sales1, credit_code=CODE)
    other = make_customer(owner=sales1)
    with pytest.raises(RuleBroken, match=company.number):
        actions.change_customer(other.pk, by=sales1, credit_code=CODE)


def test_refusal_does_not_name_a_colleagues_customer_or_lead_that_one_may_not_see(client, sales1):
    colleague = make_user(unit=sales1.unit, roles=[Role.SALESMAN])
    make_customer(owner=colleague, unit=sales1.unit, name="刘洋", phone="13904518821")
    make_lead(owner=colleague, unit=sales1.unit, name="刘洋", phone="13904518821")
    for enter in (actions.add_customer, actions.record_lead):
        with pytest.raises(RuleBroken) as refusal:
            enter(by=sales1, name="刘洋", phone="13904518821")
        assert colleague.name not in refusal.value.sentence and "刘洋" not in refusal.value.sentence


def test_an_old_duplicate_can_still_be_edited(sales1):
    first = make_customer(owner=sales1, name="刘洋", phone="13904518821")
    second = make_customer(owner=sales1, name="刘洋", phone="13904518822")
    Customer.objects.filter(pk=second.pk).update(phone=first.phone)
    unchanged = {"name": "刘洋", "phone": "13904518821", "credit_code": "", "parent": None}
    changed = actions.change_customer(second.pk, by=sales1, city="哈尔滨", **unchanged)
    changed.refresh_from_db()
    assert changed.city == "哈尔滨"
    with pytest.raises(RuleBroken, match="刘洋"):
        actions.change_customer(make_customer(owner=sales1, name="刘洋").pk, by=sales1, other_phone=first.phone)


@pytest.mark.django_db(transaction=True)
def test_twenty_who_enter_one_customer_at_once_enter_one(sales1):
    deed = partial(actions.add_customer, by=sales1, name="刘洋", phone="13904518821")
    assert done_and_refused([deed] * 20) == (1, 19)
    assert Customer.objects.count() == 1
