"""The public pool: who falls in by which rule, who may take whom out, and the sentence of every refusal."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.models import Job, Notice
from customers import actions, tasks
from customers.models import (
    ClaimLimit,
    Customer,
    Lead,
    LeavingCustomer,
    Opportunity,
    OwnerChange,
    PooledCustomer,
    PoolRule,
)
from customers.models.pool import falling
from customers.tests.factories import (
    make_customer,
    make_customershare,
    make_keyaccountregistration,
    make_lead,
    make_opportunity,
    make_pooledcustomer,
)

pytestmark = pytest.mark.django_db
LIST = "customers:pooledcustomer_list"


@pytest.fixture
def north(sales1):
    return sales1.unit


def aged(owner, *, contact: int | None, created: int = 400, **fields) -> Customer:
    """A customer entered ``created`` days ago and last spoken with ``contact`` days ago."""
    customer = make_customer(owner=owner, unit=owner.unit, **fields)
    now = timezone.now()
    spoken = None if contact is None else now - timedelta(days=contact)
    Customer.objects.filter(pk=customer.pk).update(created_at=now - timedelta(days=created), last_contact_at=spoken)
    return customer


def pooled(*customers: Customer) -> list[bool]:
    actions.pool_fallen_customers(timezone.now())
    return [Customer.objects.get(pk=customer.pk).pooled_at is not None for customer in customers]


def claim(client, person, customer):
    client.force_login(person)
    return client.post(reverse("customers:pooledcustomer_claim", args=[customer.pk]), follow=True).content.decode()


@pytest.mark.parametrize(("contact", "falls"), [(29, False), (30, True), (31, True), (None, True)])
def test_customer_falls_when_nobody_spoke_with_him_for_the_days_of_the_rule(sales1, north, contact, falls):
    PoolRule.objects.create(unit=north, no_contact_days=30)
    customer = aged(sales1, contact=contact)
    assert pooled(customer) == [falls]
    change = OwnerChange.objects.filter(customer=customer).first()
    assert change is None or (change.ground, change.days, change.owner_before) == ("no_contact", 30, sales1)


def test_who_has_bought_does_not_fall_for_want_of_an_order(sales1, north):
    PoolRule.objects.create(unit=north, no_order_days=90, protection_days=3, spares_buyers=False)
    buyer, other = (aged(sales1, contact=5, stage=stage) for stage in (Customer.Stage.BASE, Customer.Stage.POTENTIAL))
    assert list(LeavingCustomer.objects.visible_to(sales1).values_list("pk", flat=True)) == [other.pk]
    assert pooled(buyer, other) == [False, True]


def test_who_is_about_to_fall_is_found_by_the_days_of_the_rule(director, sales1, north):
    """By either index of the days, not by reckoning the day of everybody: nearly nobody is about to fall."""
    PoolRule.objects.create(unit=north, no_contact_days=30)
    customer = aged(sales1, contact=5)
    values = Customer.objects.filter(pk=customer.pk).values().get() | {"id": None}
    Customer.objects.bulk_create(Customer(**values | {"number": f"KH-{number}"}) for number in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_customer")
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = LeavingCustomer.objects.visible_to(director).order_by().explain()
    assert re.search("Index Scan.* customers_(left_alone|unsold)", plan)


@pytest.mark.parametrize(("contact_days", "order_days"), [(30, None), (None, 180), (30, 180)])
def test_the_day_that_is_shown_and_the_customers_who_fall_agree(sales1, north, contact_days, order_days):
    """The rule is said of the day and, for the indexes, of the rows."""
    PoolRule.objects.create(
        unit=north, no_contact_days=contact_days, no_order_days=order_days, protection_days=7, spares_buyers=False
    )
    for contact, created, stage in product((None, 29, 30), (6, 7, 179, 180), ("potential", "base")):
        aged(sales1, contact=contact, created=created, stage=stage)
    now, (reach,) = timezone.now(), PoolRule.objects.reaches()
    rows = falling(Customer.objects.all(), [reach])
    by_day, by_rule = (set(rows.filter(due)) for due in (Q(falls_at__lte=now), reach.due(now)))
    assert by_day == by_rule
    assert 0 < len(by_day) < 24


def test_level_has_its_own_days(sales1, north):
    PoolRule.objects.create(unit=north, level="a", no_contact_days=15)
    PoolRule.objects.create(unit=north, no_contact_days=60)
    assert pooled(*(aged(sales1, contact=30, level=level) for level in "abc")) == [True, False, False]


def test_nearest_unit_decides_before_the_level(director, sales1, dealer):
    PoolRule.objects.create(unit=director.unit, level="b", no_contact_days=10)
    PoolRule.objects.create(unit=dealer.unit, no_contact_days=60)
    assert pooled(aged(sales1, contact=30, level="b"), aged(dealer, contact=30, level="b")) == [True, False]


@pytest.mark.parametrize(
    ("stage", "created", "falls"), [("potential", 180, True), ("potential", 179, False), ("base", 400, False)]
)
def test_customer_without_an_order_falls_though_he_is_spoken_with(sales1, north, stage, created, falls):
    PoolRule.objects.create(unit=north, no_contact_days=30, no_order_days=180, spares_buyers=False)
    customer = aged(sales1, contact=1, created=created, stage=stage)
    assert pooled(customer) == [falls]
    assert set(OwnerChange.objects.values_list("ground", flat=True)) == ({"no_order"} if falls else set())


def test_who_has_bought_is_spared_unless_the_rule_says_otherwise(sales1, north):
    rule = PoolRule.objects.create(unit=north, no_contact_days=30)
    buyer = aged(sales1, contact=90, stage="base")
    assert pooled(buyer) == [False]
    PoolRule.objects.filter(pk=rule.pk).update(spares_buyers=False)
    assert pooled(buyer) == [True]


def test_new_owner_is_protected(manager, sales1, sales2, north):
    PoolRule.objects.create(unit=north, no_contact_days=1, protection_days=7)
    customer = aged(sales1, contact=90)
    actions.transfer_customers([customer.pk], by=manager, owner=sales2, reason="接手")
    Customer.objects.filter(pk=customer.pk).update(owned_since=timezone.now() - timedelta(days=6))
    assert pooled(customer) == [False]
    Customer.objects.filter(pk=customer.pk).update(owned_since=timezone.now() - timedelta(days=7))
    assert pooled(customer) == [True]


def test_registered_project_keeps_its_customer_out_of_the_pool(sales1, north):
    PoolRule.objects.create(unit=north, no_contact_days=30)
    customer = aged(sales1, contact=90)
    project = make_keyaccountregistration(customer=customer)
    type(project).objects.filter(pk=project.pk).update(status="registered", protected_until=timezone.localdate())
    assert pooled(customer) == [False]


def test_inactive_rule_and_other_units_take_nobody(sales1, manager2, north):
    PoolRule.objects.create(unit=north, no_contact_days=30, is_active=False)
    PoolRule.objects.create(unit=manager2.unit, no_contact_days=30)
    assert pooled(aged(sales1, contact=90)) == [False]


def test_open_work_falls_along_and_is_claimed_along(client, sales1, sales2, north):
    PoolRule.objects.create(unit=north, no_contact_days=30)
    customer = aged(sales1, contact=90)
    opportunity, lead = make_opportunity(customer=customer), make_lead(owner=sales1, unit=north)
    Lead.objects.filter(pk=lead.pk).update(customer=customer)
    pooled(customer)
    assert Opportunity.objects.get(pk=opportunity.pk).owner is None
    claim(client, sales2, customer)
    assert Opportunity.objects.get(pk=opportunity.pk).owner == sales2
    assert Lead.objects.get(pk=lead.pk).owner == sales2


def test_night_runs_once_and_tells_the_former_owner_once(
    client, django_capture_on_commit_callbacks, settings, sales1, north
):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    PoolRule.objects.create(unit=north, no_contact_days=30)
    for _ in range(3):
        aged(sales1, contact=90)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.fill_pool()
    job = Job.objects.get(kind="pool")
    tasks.pool_customers(job.pk) if job.status == "queued" else None
    assert PooledCustomer.objects.filter(pooled_at__isnull=False).count() == 3
    assert Notice.objects.filter(user=sales1).count() == 1


def test_falling_costs_the_same_statements_for_5_and_50(django_assert_max_num_queries, sales1, north):
    PoolRule.objects.create(unit=north, no_contact_days=30)
    for count in (5, 50):
        for _ in range(count):
            aged(sales1, contact=90)
        with django_assert_max_num_queries(60):
            assert actions.pool_fallen_customers(timezone.now()) == count


def test_owner_returns_a_customer_with_a_reason(client, sales1):
    customer = make_customer(owner=sales1, unit=sales1.unit, name="绥化客运")
    client.force_login(sales1)
    address = reverse("customers:customer_return", args=[customer.pk])
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "去外省发展"}).status_code == 302
    page = client.get(reverse("customers:pooledcustomer_detail", args=[customer.pk])).content.decode()
    assert "绥化客运" in page
    assert "李雪梅" in page
    assert "手工退回" in page


def test_a_share_ends_with_the_owner_who_gave_it(sales1, sales2, north):
    customer = aged(sales1, contact=1)
    make_customershare(customer=customer, person=sales2)
    assert Customer.objects.visible_to(sales2).filter(pk=customer.pk).exists()
    actions.return_customers([customer.pk], by=sales1, reason="退出市场")
    assert not Customer.objects.visible_to(sales2).filter(pk=customer.pk).exists()
    assert customer.shares.get().ended_by == sales1


def test_pool_shows_no_phone_to_anybody(client, sales2, manager, dealer):
    customer = make_pooledcustomer(owner=sales2, unit=sales2.unit, phone="13945671234")
    for person in (sales2, manager):
        client.force_login(person)
        for page in (reverse(LIST), reverse("customers:pooledcustomer_detail", args=[customer.pk])):
            content = client.get(page).content.decode()
            assert "139****1234" in content
            assert "13945671234" not in content
        told = client.get(reverse("customers:pooledcustomer_timeline", args=[customer.pk]))
        assert told.status_code == 200
        assert "13945671234" not in told.content.decode()
        assert client.get(reverse("customers:pooledcustomer_choices"), {"q": "4567"}).json()["results"] == []
        assert client.get(reverse(LIST), {"q": "4567"}).context["rows"] == []
        assert len(client.get(reverse(LIST), {"q": "1234"}).context["rows"]) == 1


def test_pool_is_seen_by_those_who_may_claim_in_it(sales1, sales2, dealer, dealer_sales, dealer2, manager2):
    make_pooledcustomer(owner=sales1, unit=sales1.unit)
    make_pooledcustomer(owner=dealer, unit=dealer.unit)
    people = (sales2, dealer_sales, dealer2, manager2)
    assert [PooledCustomer.objects.visible_to(person).count() for person in people] == [2, 1, 0, 0]


def test_claimed_customer_belongs_to_who_claimed(client, sales1, sales2):
    customer = make_pooledcustomer(owner=sales1, unit=sales1.unit)
    claim(client, sales2, customer)
    kept = Customer.objects.get(pk=customer.pk)
    assert (kept.owner, kept.pooled_at) == (sales2, None)
    assert OwnerChange.objects.filter(customer=customer).first().kind == "claimed"


def test_second_claim_is_told_who_was_first(client, sales1, sales2, manager):
    customer = make_pooledcustomer(owner=sales1, unit=sales1.unit)
    claim(client, sales2, customer)
    assert "现在的负责人是：张伟" in claim(client, manager, customer)


def test_claims_per_day_are_counted(client, sales1, sales2, north):
    ClaimLimit.objects.create(unit=north, claims_per_day=2)
    rows = [make_pooledcustomer(owner=sales1, unit=north) for _ in range(3)]
    client.force_login(sales2)
    answer = client.post(
        reverse("customers:pooledcustomer_bulk", args=["claim"]),
        {"pk": [row.pk for row in rows], "confirmed": "yes"},
    )
    assert "最多领取 2 个" in answer.content.decode()
    assert Customer.objects.filter(owner=sales2).count() == 2
    yesterday = timezone.now() - timedelta(days=1)
    assert OwnerChange.objects.filter(kind="claimed", at__gte=yesterday).count() == 2


def test_capacity_limits_claim_and_assignment(client, manager, sales1, sales2, north):
    ClaimLimit.objects.create(unit=north, capacity=1)
    make_customer(owner=sales2, unit=north)
    customer = make_pooledcustomer(owner=sales1, unit=north)
    assert "容量" in claim(client, sales2, customer)
    outcome = actions.assign_pooled_customers([customer.pk], by=manager, owner=sales2)
    assert "容量" in outcome.refused[customer.pk]


def test_previous_owner_waits_for_the_cooling_off(client, manager, sales1, sales2, north):
    ClaimLimit.objects.create(unit=north, cooling_off_days=7)
    customer = make_pooledcustomer(owner=sales1, unit=north)
    free_on = timezone.localdate() + timedelta(days=7)
    assert f"{free_on.isoformat()}" in claim(client, sales1, customer)
    assert Customer.objects.get(pk=customer.pk).owner is None
    claim(client, sales2, customer)
    assert Customer.objects.get(pk=customer.pk).owner == sales2


def test_nearest_limit_holds(director, dealer, north):
    ClaimLimit.objects.create(unit=director.unit, capacity=500)
    near = ClaimLimit.objects.create(unit=north, capacity=100)
    assert ClaimLimit.objects.nearest(dealer.unit) == near


def test_claim_outside_ones_region_is_refused(client, sales1, dealer2):
    customer = make_pooledcustomer(owner=sales1, unit=sales1.unit, name="鸡西运输")
    answer = claim(client, dealer2, customer)
    assert "鸡西运输" not in answer
    assert Customer.objects.get(pk=customer.pk).owner is None


def test_manager_assigns_from_the_pool(client, manager, sales1, sales2):
    rows = [make_pooledcustomer(owner=sales1, unit=sales1.unit) for _ in range(2)]
    client.force_login(manager)
    values = {"pk": [row.pk for row in rows], "confirmed": "yes", "owner": sales2.pk}
    assert client.post(reverse("customers:pooledcustomer_bulk", args=["assign"]), values).status_code == 302
    assert Customer.objects.filter(owner=sales2).count() == 2
    assert Notice.objects.filter(user=sales2).count() == 1


@pytest.mark.parametrize(("contact", "is_warned"), [(22, False), (23, True), (29, True)])
def test_owner_is_warned_seven_days_before(client, sales1, sales2, north, contact, is_warned):
    PoolRule.objects.create(unit=north, no_contact_days=30)
    customer = aged(sales1, contact=contact, name="佳木斯客运")
    assert LeavingCustomer.objects.visible_to(sales2).count() == 0
    client.force_login(sales1)
    page = client.get(reverse("customers:leavingcustomer_list"))
    assert ("佳木斯客运" in page.content.decode()) == is_warned
    if is_warned:
        falls_on = timezone.localdate() + timedelta(days=30 - contact)
        assert f"{falls_on}" in page.content.decode()
        assert page.context["rows"][0].url == reverse("customers:customer_detail", args=[customer.pk])


def test_call_takes_the_customer_off_the_warning_list(sales1, north):
    PoolRule.objects.create(unit=north, no_contact_days=30)
    customer = aged(sales1, contact=29)
    actions.record_contact(by=sales1, customer=customer, kind="call", summary="约好下周看车")
    assert LeavingCustomer.objects.visible_to(sales1).count() == 0


def test_manager_makes_rules_for_his_units_only(client, manager, manager2):
    client.force_login(manager)
    values = {"no_contact_days": 30, "protection_days": 3, "warning_days": 7, "is_active": "on"}
    add = reverse("customers:poolrule_add")
    assert client.post(add, values | {"unit": manager2.unit.pk}).status_code == 200
    assert client.post(add, values | {"unit": manager.unit.pk}).status_code == 302
    assert client.post(add, values | {"unit": manager.unit.pk}).status_code == 200
    assert client.post(add, values | {"unit": manager.unit.pk, "level": "a", "no_contact_days": ""}).status_code == 200
    assert PoolRule.objects.count() == 1
