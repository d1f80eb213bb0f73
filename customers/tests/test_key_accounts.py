from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import StepRefused
from core.models import StatusChange
from core.workflow import take
from customers import workflow
from customers.models import KeyAccountRegistration
from customers.tests.factories import make_customer, make_keyaccountregistration

pytestmark = pytest.mark.django_db
PROJECT = "2026年出租车更新 A标段"
STEP = {step.name: step for step in workflow.REGISTRATION_STEPS}


def submitted(*, owner, customer=None, **fields) -> KeyAccountRegistration:
    customer = customer or make_customer(owner=owner)
    registration = make_keyaccountregistration(customer=customer, **{"project_name": PROJECT} | fields)
    return take(STEP["submit"], registration.pk, KeyAccountRegistration, by=owner)


def registered(by, **fields) -> KeyAccountRegistration:
    return take(STEP["register"], submitted(**fields).pk, KeyAccountRegistration, by=by)


def expire(registration: KeyAccountRegistration) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    KeyAccountRegistration.objects.filter(pk=registration.pk).update(protected_until=yesterday)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"credit_code": "91110000600037341L"}, {"credit_code": "91110000600037341l"}),
        ({"phone": "13904510001"}, {"phone": "139 0451 0001"}),
        ({"name": "哈尔滨鸿运出租（集团）公司"}, {"name": "哈尔滨鸿运 出租(集团)公司"}),
    ],
)
def test_a_second_dealer_cannot_register_the_project_under_a_customer_row_of_his_own(
    client, director, dealer, dealer2, first, second
):
    held = registered(director, owner=dealer, customer=make_customer(owner=dealer, **first))
    rival = submitted(
        owner=dealer2, customer=make_customer(owner=dealer2, **second), project_name="２０２６年 出租车更新 a标段"
    )
    client.force_login(director)
    page = client.post(reverse("customers:keyaccountregistration_step", args=[rival.pk, "register"]), {"note": ""})
    rival.refresh_from_db()
    assert (rival.status, rival.protected_until) == ("submitted", None)
    assert held.number in page.content.decode()


def test_another_project_or_another_company_is_no_rival(director, dealer, dealer2):
    first = make_customer(owner=dealer)
    registered(director, owner=dealer, customer=first)
    assert registered(director, owner=dealer, customer=first, project_name="B标段").status == "registered"
    assert registered(director, owner=dealer2).status == "registered"


def test_the_same_project_is_registered_anew_once_its_protection_has_passed(director, dealer):
    customer = make_customer(owner=dealer)
    former = registered(director, owner=dealer, customer=customer)
    again = submitted(owner=dealer, customer=customer)
    with pytest.raises(StepRefused, match=former.number):
        take(STEP["register"], again.pk, KeyAccountRegistration, by=director)
    expire(former)
    again = take(STEP["register"], again.pk, KeyAccountRegistration, by=director)
    former.refresh_from_db()
    assert (former.status, again.status) == ("rejected", "registered")
    assert again.protected_until == timezone.localdate() + timedelta(days=90)
    assert StatusChange.objects.filter(object_id=former.pk, step="expire", note=again.number).count() == 1
