"""The rules of rebates (DOMAIN 1.5), and how a policy is drawn up, published and replaced."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RuleBroken, StepRefused
from core.workflow import take
from dealers import actions, rules, workflow
from dealers.models import DealerTarget, RebatePolicy
from dealers.rules import Result, Tier
from dealers.tests.factories import make_dealer, make_dealertarget, make_rebatepolicy
from products.tests.factories import make_series

STEPS = {step.name: step for step in workflow.REBATE_POLICY_STEPS}
P = RebatePolicy.Status
TIERS = [Tier(Decimal(80), Decimal("1")), Tier(Decimal(100), Decimal("2")), Tier(Decimal(110), Decimal("2.5"))]
ATTAINMENT = [
    {"threshold": Decimal(80), "rate_percent": Decimal("1"), "amount_per_car": Decimal(0)},
    {"threshold": Decimal(100), "rate_percent": Decimal("2"), "amount_per_car": Decimal(0)},
]
amounts = st.decimals(min_value=0, max_value=1_000_000, places=2)


@pytest.mark.parametrize(
    ("cars", "value", "rebate"),
    [
        (79, "4000000", "0.00"),
        (80, "4000000", "40000.00"),
        (99, "4000000", "40000.00"),
        (100, "5000000", "100000.00"),
        (109, "5000000", "100000.00"),
        (110, "5000000", "125000.00"),
        (112, "5600000", "140000.00"),
    ],
)
def test_a_boundary_value_of_the_attainment_belongs_to_the_upper_tier(cars, value, rebate):
    result = Result(cars=cars, value=Decimal(value), counted=cars, target=100)
    assert rules.attainment_rebate(result, TIERS) == Decimal(rebate)


def test_without_a_target_nothing_is_attained():
    assert rules.attainment_rebate(Result(cars=5, value=Decimal(200_000), counted=5, target=0), TIERS) == 0


def test_a_tier_may_pay_per_car():
    tiers = [Tier(Decimal(100), amount_per_car=Decimal(800))]
    result = Result(cars=10, value=Decimal(380_000), counted=12, target=12)
    assert rules.attainment_rebate(result, tiers) == Decimal("8000.00")


def test_a_cap_of_all_cuts_everybody_by_the_same_share():
    wanted = {1: Decimal("600.00"), 2: Decimal("300.00"), 3: Decimal("100.00")}
    cut = rules.within_caps(wanted, left_by_dealer={}, left=Decimal("500.00"))
    assert cut == {1: Decimal("300.00"), 2: Decimal("150.00"), 3: Decimal("50.00")}


def test_a_cap_of_a_dealer_cuts_him_alone():
    wanted = {1: Decimal("600.00"), 2: Decimal("300.00")}
    cut = rules.within_caps(wanted, left_by_dealer={1: Decimal("250.00")}, left=None)
    assert cut == {1: Decimal("250.00"), 2: Decimal("300.00")}


@given(st.dictionaries(st.integers(1, 60), amounts, min_size=1), amounts)
def test_caps_give_exactly_what_is_left_and_nobody_more_than_his_own(wanted, left):
    cut = rules.within_caps(wanted, left_by_dealer={}, left=left)
    assert sum(cut.values()) == min(left, sum(wanted.values()))
    assert all(0 <= cut[key] <= wanted[key] for key in wanted)


def test_no_more_is_clawed_back_than_was_booked_above_what_is_due():
    booked, due = Decimal(50), Decimal(90)  # capped at 50 when 100 were due
    assert rules.claw_back(lost=Decimal(10), booked=booked, due=due, percent=Decimal(100)) == 0
    assert rules.claw_back(lost=Decimal(10), booked=Decimal(100), due=due, percent=Decimal(75)) == Decimal("7.50")


def form(**fields) -> dict:
    values = {"name": "季度达成奖", "kind": "attainment", "cadence": "quarter", "measure": "wholesale"}
    values |= {"valid_from": "2027-01-01", "valid_until": "2027-12-31", "amount_per_car": "0", "levels": ["a", "b"]}
    values |= {"claw_back_percent": "100", "lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0"}
    for number, tier in enumerate(ATTAINMENT):
        values |= {f"lines-{number}-{name}": str(value) for name, value in tier.items()}
    return values | fields


@pytest.mark.django_db
def test_finance_draws_up_a_policy_that_another_publishes(client, finance, director):
    client.force_login(finance)
    series = make_series()
    response = client.post(reverse("dealers:rebatepolicy_add"), form(series=[series.pk]))
    assert response.status_code == 302, response.context["form"].errors
    policy = RebatePolicy.objects.get()
    assert [tier.threshold for tier in policy.tiers.all()] == [80, 100]
    assert list(policy.series.all()) == [series] and policy.levels == ["a", "b"]
    assert client.post(reverse("dealers:rebatepolicy_step", args=[policy.pk, "publish"])).status_code == 403
    client.force_login(director)
    client.post(reverse("dealers:rebatepolicy_step", args=[policy.pk, "publish"]))
    policy.refresh_from_db()
    assert policy.status == P.PUBLISHED


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last", "name"), [("2027", "9999", "valid_until"), ("0001", "2027", "valid_from")])
def test_a_policy_holds_on_days_of_the_calendar_only(client, finance, first, last, name):
    client.force_login(finance)
    days = {"valid_from": f"{first}-01-01", "valid_until": f"{last}-12-31"}
    page = client.post(reverse("dealers:rebatepolicy_add"), form(**days))
    assert name in page.context["form"].errors


@pytest.mark.django_db
def test_whoever_drew_up_a_policy_does_not_publish_it(director):
    policy = make_rebatepolicy(owner=director)
    with pytest.raises(StepRefused):
        take(STEPS["publish"], policy.pk, RebatePolicy, by=director)


def offered(page) -> set[str]:
    return {step.name for step in page.context["steps"]}


@pytest.mark.django_db
def test_a_step_is_offered_to_whom_it_can_succeed(client, finance, director):
    """The director alone publishes: a version that he draws up himself would wait for ever."""
    policy = make_rebatepolicy(owner=finance, status=P.PUBLISHED)
    url = reverse("dealers:rebatepolicy_detail", args=[policy.pk])
    client.force_login(director)
    assert offered(client.get(url)) == set()
    client.force_login(finance)
    assert offered(client.get(url)) == {"revise"}
    answer = client.post(reverse("dealers:rebatepolicy_step", args=[policy.pk, "revise"]))
    draft = RebatePolicy.objects.get(number=policy.number, version=2)
    assert answer.url == reverse("dealers:rebatepolicy_edit", args=[draft.pk])
    assert offered(client.get(url)) == set()
    client.force_login(director)
    assert offered(client.get(reverse("dealers:rebatepolicy_detail", args=[draft.pk]))) == {"publish"}


@pytest.mark.django_db
def test_whoever_changes_the_terms_last_does_not_publish_them(client, finance, director):
    policy = make_rebatepolicy(owner=finance)
    url = reverse("dealers:rebatepolicy_detail", args=[policy.pk])
    for person, steps in ((director, set()), (finance, {"publish"})):
        actions.change_rebate_policy(policy.pk, by=person, lines=[], amount_per_car=Decimal("700.00"))
        client.force_login(director)
        assert offered(client.get(url)) == steps


@pytest.mark.django_db
def test_dealers_read_published_policies_only(client, finance, dealer):
    draft = make_rebatepolicy(owner=finance)
    published = make_rebatepolicy(owner=finance, status=P.PUBLISHED)
    client.force_login(dealer)
    rows = client.get(reverse("dealers:rebatepolicy_list")).context["rows"]
    assert {row.pk for row in rows} == {published.pk}
    assert client.get(reverse("dealers:rebatepolicy_detail", args=[draft.pk])).status_code == 404
    assert client.get(reverse("dealers:rebatepolicy_detail", args=[published.pk])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": date(2027, 2, 1)},
        {"valid_until": date(2027, 11, 30)},
        {"valid_until": date(2026, 12, 31)},
        {"lines": []},
        {"lines": [ATTAINMENT[0], ATTAINMENT[0]]},
        {"kind": RebatePolicy.Kind.SUBSIDY},
        {"kind": RebatePolicy.Kind.CLEARANCE},
    ],
)
def test_a_policy_that_cannot_be_settled_is_refused(finance, wrong):
    values = {"name": "达成奖", "kind": RebatePolicy.Kind.ATTAINMENT, "cadence": "quarter", "lines": ATTAINMENT}
    values |= {"valid_from": date(2027, 1, 1), "valid_until": date(2027, 12, 31)}
    with pytest.raises(RuleBroken):
        actions.add_rebate_policy(by=finance, **values | wrong)


@pytest.mark.django_db
def test_a_published_policy_is_not_changed_but_revised(finance, director):
    policy = make_rebatepolicy(owner=finance, status=P.PUBLISHED)
    with pytest.raises(RuleBroken):
        actions.change_rebate_policy(policy.pk, by=finance, lines=[], name="x")
    take(STEPS["revise"], policy.pk, RebatePolicy, by=finance)
    draft = RebatePolicy.objects.get(number=policy.number, version=2)
    assert (draft.status, draft.valid_from, draft.amount_per_car) == (P.DRAFT, date(2026, 1, 1), policy.amount_per_car)
    with pytest.raises(RuleBroken):
        take(STEPS["revise"], policy.pk, RebatePolicy, by=finance)


@pytest.mark.django_db
def test_a_new_version_cuts_the_one_before_but_touches_no_settled_month(finance, director, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 3, 10))
    first = make_rebatepolicy(owner=finance, status=P.PUBLISHED, valid_until=date(2026, 12, 31))
    take(STEPS["revise"], first.pk, RebatePolicy, by=finance)
    second = RebatePolicy.objects.get(version=2)
    RebatePolicy.objects.filter(pk=second.pk).update(valid_from=date(2026, 2, 1))
    with pytest.raises(StepRefused):
        take(STEPS["publish"], second.pk, RebatePolicy, by=director)
    RebatePolicy.objects.filter(pk=second.pk).update(valid_from=date(2026, 4, 1))
    take(STEPS["publish"], second.pk, RebatePolicy, by=director)
    first.refresh_from_db()
    assert (first.status, first.valid_until) == (P.PUBLISHED, date(2026, 3, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        RebatePolicy.objects.filter(pk=first.pk).update(valid_until=date(2026, 4, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "first_day", "is_published"),
    [
        ("quarter", "month", date(2026, 5, 1), False),
        ("quarter", "month", date(2026, 7, 1), True),
        ("year", "quarter", date(2026, 7, 1), False),
        ("year", "month", date(2027, 1, 1), True),
        ("month", "quarter", date(2026, 1, 1), False),
        ("month", "quarter", date(2026, 4, 1), True),
    ],
)
def test_a_new_cadence_begins_where_no_period_is_cut(finance, director, monkeypatch, old, new, first_day, is_published):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 3, 10))
    tiers = {"kind": RebatePolicy.Kind.ATTAINMENT, "lines": ATTAINMENT, "owner": finance}
    days = {"valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31)}
    first = make_rebatepolicy(cadence=old, status=P.PUBLISHED, **tiers, **days)
    take(STEPS["revise"], first.pk, RebatePolicy, by=finance)
    second = RebatePolicy.objects.filter(version=2)
    second.update(cadence=new, valid_from=first_day)
    if is_published:
        take(STEPS["publish"], second.get().pk, RebatePolicy, by=director)
    else:
        with pytest.raises(StepRefused):
            take(STEPS["publish"], second.get().pk, RebatePolicy, by=director)
    assert (second.get().status == P.PUBLISHED) is is_published


@pytest.mark.django_db
def test_a_regional_manager_enters_targets_of_his_own_dealers(client, manager, manager2):
    own, strange = make_dealer(unit=manager.unit), make_dealer(unit=manager2.unit)
    client.force_login(manager)
    values = {"month": "2027-01", "target_count": "12"}
    assert client.post(reverse("dealers:dealertarget_add"), values | {"dealer": own.pk}).status_code == 302
    assert client.post(reverse("dealers:dealertarget_add"), values | {"dealer": strange.pk}).status_code == 200
    assert client.post(reverse("dealers:dealertarget_add"), values | {"dealer": own.pk}).status_code == 200
    target = DealerTarget.objects.get()
    assert (target.dealer, target.month) == (own, date(2027, 1, 1))
    foreign = make_dealertarget(dealer=strange)
    assert client.get(reverse("dealers:dealertarget_edit", args=[foreign.pk])).status_code == 404
