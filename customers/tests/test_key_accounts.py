from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.models import Notice, StatusChange
from core.workflow import take
from customers import actions, queries, workflow
from customers.models import Arbitration, KeyAccountRegistration, PricePolicy, PurchaseRecord
from customers.models.customers import group_keys
from customers.tasks import run_nightly
from customers.tests.factories import (
    make_annualframe,
    make_customer,
    make_keyaccountregistration,
    make_pricepolicy,
    make_purchaserecord,
)

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


def test_a_page_looks_once_for_whoever_handed_the_claim_in(client, director, dealer):
    """Three steps are open to anybody but him."""
    claim = submitted(owner=dealer)
    client.force_login(director)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("customers:keyaccountregistration_detail", args=[claim.pk]))
    assert {"register", "arbitrate", "reject"} <= {step.name for step in page.context["steps"]}
    assert len([query for query in queries if "'submit'" in query["sql"]]) == 1


def test_the_same_project_is_registered_anew_once_its_protection_has_passed(director, dealer):
    customer = make_customer(owner=dealer)
    former = registered(director, owner=dealer, customer=customer)
    again = submitted(owner=dealer, customer=customer)
    with pytest.raises(StepRefused, match=former.number):
        take(STEP["register"], again.pk, KeyAccountRegistration, by=director)
    expire(former)
    again = take(STEP["register"], again.pk, KeyAccountRegistration, by=director)
    former.refresh_from_db()
    assert (former.status, again.status) == ("expired", "registered")
    assert again.protected_until == timezone.localdate() + timedelta(days=90)
    assert StatusChange.objects.filter(object_id=former.pk, step="expire", note=again.number).count() == 1


def rivals(dealer, dealer2) -> tuple[KeyAccountRegistration, KeyAccountRegistration]:
    """Two dealers claim one project, each under his own row of the customer."""
    name = "哈尔滨鸿运出租集团"
    return tuple(
        submitted(owner=owner, customer=make_customer(owner=owner, name=name, kind="taxi"))
        for owner in (dealer, dealer2)
    )


def test_of_two_claims_that_wait_none_is_registered_by_being_opened_first(client, director, dealer, dealer2):
    first, second = rivals(dealer, dealer2)
    client.force_login(director)
    for claim, other in ((first, second), (second, first)):
        page = client.post(reverse("customers:keyaccountregistration_step", args=[claim.pk, "register"]), {"note": ""})
        assert other.number in page.content.decode()
    assert set(KeyAccountRegistration.objects.values_list("status", flat=True)) == {"submitted"}
    take(STEP["reject"], second.pk, KeyAccountRegistration, by=director, note="重复报备")
    assert take(STEP["register"], first.pk, KeyAccountRegistration, by=director).status == "registered"


def decide(client, claim, winner, loser, note: str = "首先拜访客户"):
    url = reverse("customers:keyaccountregistration_step", args=[claim.pk, "arbitrate"])
    return client.post(url, {"decision": f"{winner.pk}-{loser.pk}", "note": note})


@pytest.mark.parametrize(
    ("is_second", "statuses"), [(True, ("rejected", "registered")), (False, ("registered", "rejected"))]
)
def test_a_manager_decides_between_two_claims_and_both_sides_read_why(
    client, director, dealer, dealer2, is_second, statuses
):
    first, second = rivals(dealer, dealer2)
    client.force_login(director)
    page = client.get(reverse("customers:keyaccountregistration_step", args=[second.pk, "arbitrate"])).content.decode()
    assert first.number in page and second.number in page
    decide(client, second, *((second, first) if is_second else (first, second)))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == statuses
    winner = first if first.status == "registered" else second
    assert winner.protected_until == timezone.localdate() + timedelta(days=90)
    for person, claim in ((dealer, first), (dealer2, second)):
        assert StatusChange.objects.filter(object_id=claim.pk, step="arbitrate").count() == 1
        client.force_login(person)
        page = client.get(reverse("customers:keyaccountregistration_detail", args=[claim.pk])).content.decode()
        assert "首先拜访客户" in page
        assert Notice.objects.filter(user=person, url__endswith=f"/{claim.pk}/").exists()


def test_a_registered_project_can_be_taken_away_by_arbitration_only(client, director, dealer, dealer2):
    held = registered(director, owner=dealer)
    rival = submitted(owner=dealer2, customer=make_customer(owner=dealer2, name=held.customer.name))
    client.force_login(director)
    decide(client, rival, rival, held)
    held.refresh_from_db()
    rival.refresh_from_db()
    assert (held.status, rival.status) == ("rejected", "registered")


def test_arbitration_needs_a_reason_a_rival_and_somebody_else(client, director, manager, dealer, dealer2):
    first, second = rivals(dealer, dealer2)
    client.force_login(director)
    decide(client, second, second, first, note="")
    alone = submitted(owner=dealer, project_name="别的项目")
    decide(client, alone, alone, first)
    client.force_login(dealer)
    assert decide(client, second, second, first).status_code in (403, 404)
    mine = submitted(owner=manager, project_name="自己的项目")
    client.force_login(manager)
    decide(client, mine, mine, first)
    statuses = KeyAccountRegistration.objects.values_list("status", flat=True)
    assert set(statuses) == {"submitted"} and not Arbitration.objects.exists()


def test_a_manager_does_not_decide_over_a_claim_beyond_his_region_nor_read_whose_it_is(
    client, director, manager, sales1, dealer, dealer2
):
    """dealer2 works in another region than manager."""
    name = "哈尔滨鸿运出租集团"
    held = registered(director, owner=dealer2, customer=make_customer(owner=dealer2, name=name))
    mine = submitted(owner=sales1, customer=make_customer(owner=sales1, name=name))
    client.force_login(manager)
    page = client.get(reverse("customers:keyaccountregistration_step", args=[mine.pk, "arbitrate"])).content.decode()
    assert held.number not in page and dealer2.name not in page
    decide(client, mine, mine, held)
    held.refresh_from_db()
    assert held.status == "registered" and not Arbitration.objects.exists()


def test_a_decision_made_on_an_old_screen_does_not_fall_on_another_claim(client, director, dealer, dealer2):
    first, second = rivals(dealer, dealer2)
    client.force_login(director)
    KeyAccountRegistration.objects.filter(pk=first.pk).update(status="rejected")
    third = submitted(owner=dealer, customer=first.customer)
    page = decide(client, second, second, first)
    assert page.context["form"].errors["decision"]
    third.refresh_from_db()
    assert third.status == "submitted"


def test_protection_that_lapsed_is_not_extended_over_another_dealers_project(client, director, dealer, dealer2):
    lapsed = registered(director, owner=dealer)
    expire(lapsed)
    registered(director, owner=dealer2, customer=make_customer(owner=dealer2, name=lapsed.customer.name))
    client.force_login(director)
    day = timezone.localdate() + timedelta(days=30)
    url = reverse("customers:keyaccountregistration_step", args=[lapsed.pk, "extend"])
    client.post(url, {"protected_until": day, "note": "招标推迟"})
    lapsed.refresh_from_db()
    assert lapsed.protected_until < timezone.localdate()


def test_protection_is_extended_by_another_with_a_reason_and_not_for_ever(client, director, dealer):
    held = registered(director, owner=dealer)
    client.force_login(director)
    url = reverse("customers:keyaccountregistration_step", args=[held.pk, "extend"])
    today = timezone.localdate()
    for days in (90, 181):
        page = client.post(url, {"protected_until": today + timedelta(days=days), "note": "招标推迟"})
        assert page.context["form"].errors["protected_until"]
    client.post(url, {"protected_until": today + timedelta(days=150), "note": "招标推迟"})
    held.refresh_from_db()
    assert (held.status, held.protected_until) == ("registered", today + timedelta(days=150))


def test_protection_that_has_ended_is_closed_at_night_and_the_owner_hears_of_it(director, dealer):
    held, ending = registered(director, owner=dealer), registered(director, owner=dealer, project_name="B标段")
    expire(held)
    today = timezone.localdate()
    KeyAccountRegistration.objects.filter(pk=ending.pk).update(protected_until=today + timedelta(days=5))
    run_nightly()  # for the first time after some nights that were missed
    run_nightly()
    held.refresh_from_db()
    ending.refresh_from_db()
    assert (held.status, ending.status) == ("expired", "registered")
    assert Notice.objects.filter(user=dealer).count() == 2


def test_a_company_cannot_belong_to_its_own_subsidiary(client, sales1):
    group = make_customer(owner=sales1, name="集团")
    middle = make_customer(owner=sales1, parent=group)
    bottom = make_customer(owner=sales1, parent=middle)
    for wrong in (bottom, middle, group):
        with pytest.raises(RuleBroken):
            actions.change_customer(group.pk, by=sales1, parent=wrong)
    assert group_keys(group.pk) == [group.pk, middle.pk, bottom.pk]
    assert group_keys(bottom.pk) == [bottom.pk]


def test_purchases_are_rolled_up_the_tree_and_each_figure_leads_to_its_rows(client, sales1, sales2):
    group = make_customer(owner=sales1, name="集团")
    below = make_customer(owner=sales1, parent=group)
    foreign = make_customer(owner=sales2, parent=below)
    for customer, amount, cars in ((group, 100, 1), (below, 250, 3), (below, -50, -1), (foreign, 900, 9)):
        make_purchaserecord(customer=customer, amount=amount, car_count=cars)
    client.force_login(sales1)
    page = client.get(reverse("customers:customer_detail", args=[group.pk])).content.decode()
    assert "3 · 300.00" in page
    records = PurchaseRecord.objects.of_group(group.pk)
    figure = queries.bought(records, user=sales1, group=group.pk)
    listed = client.get(figure.url)
    assert (figure.amount, figure.car_count, len(listed.context["rows"])) == (300, 3, 3)
    assert {column.name: total for column, _heading, total in listed.context["totals"]} == {
        "amount": 300,
        "car_count": 3,
    }
    assert len(client.get(f"{reverse('customers:customer_list')}?parent={group.pk}").context["rows"]) == 1


def test_a_frame_is_fulfilled_by_what_the_group_bought_in_its_days(client, sales1):
    group = make_customer(owner=sales1)
    below = make_customer(owner=sales1, parent=group)
    frame = make_annualframe(customer=group, agreed_count=10, agreed_amount=1_000_000)
    for customer, on, cars in ((group, "2026-01-01", 2), (below, "2026-12-31", 3), (below, "2025-12-31", 4)):
        make_purchaserecord(customer=customer, on=on, amount=100_000 * cars, car_count=cars)
    done = queries.fulfilment(frame, user=sales1)
    assert (done.car_count, done.amount) == (5, 500_000)
    client.force_login(sales1)
    assert len(client.get(done.url).context["rows"]) == 2
    assert "50%" in client.get(reverse("customers:annualframe_detail", args=[frame.pk])).content.decode()


@pytest.mark.parametrize(("quantity", "discount"), [(1, 3), (9, 3), (10, 5), (49, 5), (50, 8)])
def test_the_discount_of_a_key_account_grows_with_the_cars_and_holds_for_subsidiaries(sales1, quantity, discount):
    group = make_customer(owner=sales1)
    below = make_customer(owner=sales1, parent=group)
    tiers = [{"from_quantity": 10, "discount_percent": 5}, {"from_quantity": 50, "discount_percent": 8}]
    make_pricepolicy(customer=group, lines=tiers)
    for customer in (group, below):
        assert queries.key_account_discount(customer.pk, quantity=quantity, on=date(2026, 6, 1)) == discount
    assert queries.key_account_discount(below.pk, quantity=quantity, on=date(2027, 1, 1)) == 0


def test_two_policies_do_not_hold_on_one_day(client, director, sales1):
    policy = make_pricepolicy(customer=make_customer(owner=sales1))
    client.force_login(director)
    form = {"customer": policy.customer_id, "valid_from": "2026-12-31", "valid_until": "2027-12-31",
            "discount_percent": "4", "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}  # fmt: skip
    page = client.post(reverse("customers:pricepolicy_add"), form)
    assert page.context["form"].errors
    client.post(reverse("customers:pricepolicy_add"), form | {"valid_from": "2027-01-01"})
    following = PricePolicy.objects.latest("valid_from")
    page = client.post(reverse("customers:pricepolicy_edit", args=[following.pk]), form)
    assert page.context["form"].errors["valid_from"]
    assert PricePolicy.objects.count() == 2


def test_projects_are_registered_for_organisations_and_persons_are_not_offered(client, sales1):
    person = make_customer(owner=sales1, name="刘洋先生", kind="person")
    company = make_customer(owner=sales1, name="刘洋出租公司", kind="taxi")
    client.force_login(sales1)
    add = reverse("customers:keyaccountregistration_add")
    for customer, may in ((person, False), (company, True)):
        page = client.get(reverse("customers:customer_detail", args=[customer.pk]))
        assert (f"{add}?customer={customer.pk}" in [url for _label, url in page.context["links"]]) is may
    assert list(client.get(add).context["form"].fields["customer"].queryset) == [company]
    form = {"project_name": PROJECT, "expected_quantity": 10}
    assert client.post(add, form | {"customer": person.pk}).context["form"].errors["customer"]
    client.post(add, form | {"customer": company.pk})
    registration = KeyAccountRegistration.objects.get()
    with pytest.raises(RuleBroken):
        actions.change_registration(registration.pk, by=sales1, customer=person)


def test_the_browser_that_asks_while_one_types_is_offered_organisations_too(client, sales1, monkeypatch):
    monkeypatch.setattr("core.choices.FEW", 1)
    make_customer(owner=sales1, name="刘洋先生", kind="person")
    make_customer(owner=sales1, name="刘洋出租公司", kind="taxi")
    client.force_login(sales1)
    form = client.get(reverse("customers:keyaccountregistration_add")).context["form"]
    url = form.fields["customer"].widget.attrs["data-choices-url"]
    found = client.get(url, {"q": "刘洋"} | dict(QueryDict(url.partition("?")[2]).items())).json()["results"]
    assert [row["text"] for row in found] == ["刘洋出租公司"]
