"""Many reach for one customer or project at the same moment: one gets it, nobody sees a failure."""

import pytest
from django.test import Client
from django.urls import reverse

from core.tests.crowd import together
from customers.models import Arbitration, ClaimLimit, Customer, KeyAccountRegistration, OwnerChange
from customers.tests.factories import make_customer, make_keyaccountregistration, make_pooledcustomer
from users.access import Role
from users.actions import sync_roles
from users.cast import create_cast
from users.tests.factories import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD = 20


@pytest.fixture
def company(transactional_db):
    sync_roles()
    return create_cast("hafei-demo")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def claiming(client: Client, customer):
    address = reverse("customers:pooledcustomer_claim", args=[customer.pk])
    return lambda: client.post(address, follow=True)


def test_twenty_claims_of_one_customer_make_one_owner(company):
    north = company["sales1"].unit
    customer = make_pooledcustomer(unit=north)
    people = [make_user(unit=north, roles=[Role.SALESMAN]) for _ in range(CROWD)]
    answers = together(claiming(signed_in(person), customer) for person in people)
    assert {answer.status_code for answer in answers} == {200}
    winners = [answer for answer in answers if "客户已归您负责" in answer.content.decode()]
    losers = [answer for answer in answers if "已不在公海" in answer.content.decode()]
    assert (len(winners), len(losers)) == (1, CROWD - 1)
    assert OwnerChange.objects.filter(customer=customer, kind="claimed").count() == 1
    owner = Customer.objects.get(pk=customer.pk).owner
    assert owner in people
    assert all(f"现在的负责人是：{owner}" in answer.content.decode() for answer in losers)


def test_twenty_clicks_of_one_person_stay_within_his_limit(company):
    north, person = company["sales1"].unit, company["sales1"]
    ClaimLimit.objects.create(unit=north, claims_per_day=5)
    rows = [make_pooledcustomer(unit=north) for _ in range(CROWD)]
    answers = together(claiming(signed_in(person), row) for row in rows)
    assert {answer.status_code for answer in answers} == {200}
    assert Customer.objects.filter(owner=person).count() == 5


def test_two_windows_that_open_either_claim_decide_once(company):
    """Each locks the claim it opened and reaches for the other: one decision falls, neither waits for ever."""
    name = "哈尔滨鸿运出租集团"
    owners = (company["dealer"], company["dealer2"])
    claims = [
        make_keyaccountregistration(customer=make_customer(owner=owner, name=name), project_name="A标段", owner=owner)
        for owner in owners
    ]
    KeyAccountRegistration.objects.update(status="submitted")

    def deciding(won, lost):
        client = signed_in(company["director"])
        address = reverse("customers:keyaccountregistration_step", args=[won.pk, "arbitrate"])
        return lambda: client.post(address, {"decision": f"{won.pk}-{lost.pk}", "note": "首先拜访客户"})

    answers = together([deciding(*claims), deciding(*reversed(claims))])
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert Arbitration.objects.count() == 1
    assert sorted(KeyAccountRegistration.objects.values_list("status", flat=True)) == ["registered", "rejected"]
