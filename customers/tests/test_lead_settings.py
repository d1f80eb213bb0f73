"""Levels, scores, protection and the rules by which leads are given out."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import RuleBroken, StepRefused
from core.models import Notice, StatusChange
from core.workflow import take
from customers import actions, workflow
from customers.models import ContactRecord, IntentLevelRule, Lead, LeadPolicy, ScoreRule
from customers.tasks import rescore_leads
from customers.tests.factories import (
    make_absence,
    make_assignmentrule,
    make_customer,
    make_lead,
    make_opportunity,
    make_source,
)
from products.tests.factories import make_series
from users.access import Role
from users.actions import add_unit
from users.models import Unit, User
from users.tests.factories import make_user

pytestmark = pytest.mark.django_db
STEP = {step.name: step for step in workflow.LEAD_STEPS}
MOBILE = "13904518821"


def seller(unit: Unit) -> User:
    person = make_user(unit=unit)
    person.groups.add(Group.objects.get(name=Role.DEALER_SALESMAN))
    return person


def make_dealer_manager() -> User:
    """In a region of his own."""
    above = Unit.objects.get(kind=Unit.Kind.HEADQUARTERS)
    unit = add_unit(by=None, name="西北经销商", code="D-NW01", kind=Unit.Kind.DEALER, parent=above)
    person = make_user(unit=unit)
    person.groups.add(Group.objects.get(name=Role.DEALER_MANAGER))
    return person


def recorded(by: User, **fields) -> Lead:
    values = {"name": "刘洋", "phone": MOBILE, "source": fields.pop("source", None) or make_source()}
    return actions.record_lead(by=by, **values | fields)


def test_the_interval_of_a_level_is_what_the_director_set(client, director, sales1):
    rule = IntentLevelRule.objects.get(level="h")
    client.force_login(director)
    url = reverse("customers:intentlevelrule_edit", args=[rule.pk])
    client.post(url, {"purchase_days": 3, "follow_up_days": 1})
    lead = recorded(sales1, intent_level="h")
    assert lead.next_contact_on == timezone.localdate() + timedelta(days=1)
    client.force_login(sales1)
    assert "3 天内购车" in client.get(reverse("customers:lead_add")).content.decode()


def test_levels_of_orders_are_not_set_by_hand(client, sales1):
    client.force_login(sales1)
    form = client.get(reverse("customers:lead_add")).context["form"]
    assert [value for value, _label in form.fields["intent_level"].choices] == ["h", "a", "b", "c", "n"]


def test_an_order_a_delivery_and_a_cancellation_set_the_level(sales1):
    customer = make_customer(owner=sales1)
    first, newest = (make_lead(owner=sales1, unit=sales1.unit) for _number in range(2))
    Lead.objects.update(status="converted", customer=customer)
    opportunity = make_opportunity(customer=customer, lead=first)
    place = {"owner": sales1, "unit": sales1.unit, "text": "DD-2026-0001"}

    def levels() -> tuple[str, str]:
        return tuple(
            Lead.objects.filter(pk__in=(first.pk, newest.pk)).order_by("pk").values_list("intent_level", flat=True)
        )

    actions.record_milestone(customer.pk, kind="order", source_key="order:1", opportunity=opportunity, **place)
    assert levels() == ("o", "n")
    actions.record_milestone(customer.pk, kind="delivery", source_key="delivery:1", opportunity=opportunity, **place)
    assert levels() == ("d", "n")
    actions.withdraw_milestone("order:1")
    assert levels() == ("t", "n")
    actions.record_milestone(customer.pk, kind="order", source_key="order:2", **place)
    assert levels() == ("t", "o")
    actions.record_milestone(customer.pk, kind="order", source_key="order:3", **place)
    actions.withdraw_milestone("order:2")
    assert levels() == ("t", "o")


def test_the_overdue_list_holds_open_leads_whose_day_has_passed(client, sales1, sales2, manager):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = make_lead(owner=sales1, unit=sales1.unit)
    of_another = make_lead(owner=sales2, unit=sales2.unit)
    gone = make_lead(owner=sales1, unit=sales1.unit)
    make_lead(owner=sales1, unit=sales1.unit)
    Lead.objects.filter(pk__in=(late.pk, of_another.pk, gone.pk)).update(next_contact_on=yesterday)
    Lead.objects.filter(pk=gone.pk).update(status="invalid")

    def shown(person) -> set[int]:
        client.force_login(person)
        return {row.pk for row in client.get(reverse("customers:lead_list"), {"overdue": "true"}).context["rows"]}

    assert shown(sales1) == {late.pk}
    assert shown(manager) == {late.pk, of_another.pk}


def test_the_score_is_the_sum_of_the_rules_and_explains_itself(client, sales1):
    ScoreRule.objects.all().delete()
    fair = make_source(name="车展")
    for values in (
        {"criterion": "source", "source": fair, "points": 10},
        {"criterion": "level", "level": "h", "points": 40},
        {"criterion": "verified", "points": 15},
        {"criterion": "recent", "number": 3, "points": 20},
        {"criterion": "contacts", "number": 2, "points": 5},
        {"criterion": "level", "level": "a", "points": 99, "is_active": False},
    ):
        actions.add_score_rule(by=sales1, **values)
    lead = recorded(sales1, intent_level="h", source=fair, is_phone_verified=True)
    lead.refresh_from_db()
    assert lead.score == 85
    for _number in range(2):
        actions.record_contact(by=sales1, lead=lead, kind="call", summary="询价")
    lead.refresh_from_db()
    assert lead.score == 90
    client.force_login(sales1)
    page = client.get(reverse("customers:lead_detail", args=[lead.pk])).content.decode()
    assert "得分 90" in page
    assert [points for _rule, points in actions.explained_score(lead)] == [5, 40, 20, 10, 15]
    Lead.objects.filter(pk=lead.pk).update(recorded_at=timezone.now() - timedelta(days=4))
    rescore_leads()
    lead.refresh_from_db()
    assert lead.score == 70


def test_a_score_rule_has_what_its_criterion_needs(client, director):
    client.force_login(director)
    page = client.post(reverse("customers:scorerule_add"), {"criterion": "source", "number": 3, "points": 5})
    assert page.status_code == 200
    assert page.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreRule.objects.create(criterion="contacts", points=5)


def test_salesmen_take_turns_and_the_reason_is_logged(dealer, dealer_sales):
    second = seller(dealer.unit)
    make_assignmentrule(team=dealer.unit, name="门店轮转")
    owners = [recorded(dealer, phone=f"1390451882{number}").owner for number in range(4)]
    assert owners == [dealer_sales, second, dealer_sales, second]
    change = StatusChange.objects.filter(step="assign_by_rules").first()
    assert "门店轮转" in change.note
    assert Notice.objects.filter(user=second).count() == 2


def test_leavers_the_absent_and_the_full_are_skipped(dealer, dealer_sales):
    gone, away, free = (seller(dealer.unit) for _number in range(3))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    make_absence(person=away)
    make_lead(owner=dealer_sales, unit=dealer.unit)
    make_assignmentrule(team=dealer.unit, capacity=1)
    lead = recorded(dealer)
    assert (lead.owner, lead.status) == (free, "assigned")
    note = StatusChange.objects.get(object_id=lead.pk, step="assign_by_rules").note
    assert away.name in note and dealer_sales.name in note and gone.name not in note
    assert recorded(dealer, phone="13904518822").owner is None


def test_the_first_rule_that_fits_decides(dealer, dealer_sales, sales1):
    series = make_series()
    make_assignmentrule(team=sales1.unit, position=1, series=series)
    make_assignmentrule(team=dealer.unit, position=2, city="哈尔滨")
    make_assignmentrule(team=dealer.unit, position=0, is_active=False)
    assert recorded(dealer, city="哈尔滨").owner == dealer_sales
    by_series = recorded(dealer, phone="13904518822", series=series).owner
    assert by_series.unit.path.startswith(sales1.unit.path)
    assert recorded(dealer, phone="13904518823", city="大庆").owner is None


@pytest.mark.parametrize("written", ["哈尔滨市", " 哈尔滨 ", "黑龙江省哈尔滨市", "黑龙江哈尔滨", "哈尔滨市道里区"])
def test_a_city_is_the_same_however_it_is_written(dealer, dealer_sales, written):
    make_assignmentrule(team=dealer.unit, city="哈尔滨市" if "市" not in written else "哈尔滨")
    assert recorded(dealer, city=written).owner == dealer_sales
    assert recorded(dealer, phone="13904518823", city="大庆").owner is None


def test_whoever_belongs_to_no_unit_is_told_so(client, director, manager):
    customer = make_customer(owner=manager)
    User.objects.filter(pk=director.pk).update(unit=None)
    client.force_login(director)
    lead = {"name": "刘洋", "phone": MOBILE, "source": make_source().pk, "intent_level": "h"}
    assert "不属于任何单位" in client.post(reverse("customers:lead_add"), lead).content.decode()
    form = {"customer": customer.pk, "title": "采购", "quantity": 1, "amount": 1}
    lines = {"lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    assert "不属于任何单位" in client.post(reverse("customers:opportunity_add"), form | lines).content.decode()


def test_a_manager_has_a_rule_decide_or_hears_why_not(client, manager, dealer, dealer_sales):
    lead = recorded(dealer)
    client.force_login(manager)
    url = reverse("customers:lead_step", args=[lead.pk, "assign_by_rules"])
    assert lead.name in str(client.post(url).context["form"].non_field_errors())
    make_lead(owner=dealer_sales, unit=dealer.unit)
    make_assignmentrule(team=dealer.unit, capacity=1)
    assert dealer_sales.name in str(client.post(url).context["form"].non_field_errors())
    make_assignmentrule(team=dealer.unit, position=2)
    client.post(url)
    lead.refresh_from_db()
    assert (lead.owner, lead.status) == (dealer_sales, "assigned")


def test_a_salesman_enters_his_own_absences_only(client, sales1, sales2, manager):
    day = timezone.localdate()
    form = {"person": sales2.pk, "starts_on": day, "ends_on": day}
    client.force_login(sales1)
    assert client.post(reverse("customers:absence_add"), form).context["form"].errors["person"]
    client.force_login(manager)
    assert client.post(reverse("customers:absence_add"), form).status_code == 302
    assert client.post(reverse("customers:absence_add"), form | {"ends_on": day - timedelta(days=1)}).status_code == 200


def test_another_dealers_protected_lead_is_decided_by_a_manager_who_sees_both(
    client, dealer, dealer2, director, manager
):
    held = recorded(dealer)
    rival = recorded(dealer2)
    assert (rival.status, rival.contests) == ("contested", held)
    assert Notice.objects.filter(user=director).count() == 1
    with pytest.raises(StepRefused):
        take(STEP["award"], held.pk, Lead, by=director, note="先到先得")
    client.force_login(director)
    page = client.get(reverse("customers:lead_detail", args=[rival.pk])).content.decode()
    assert dealer.unit.name in page
    client.post(reverse("customers:lead_step", args=[rival.pk, "award"]), {"note": "客户指定上海提车"})
    held.refresh_from_db()
    rival.refresh_from_db()
    assert (held.status, rival.status) == ("invalid", "new")


def test_a_contested_lead_may_be_left_with_who_has_it(dealer, dealer2, director):
    held, rival = recorded(dealer), recorded(dealer2)
    with pytest.raises(StepRefused):
        take(STEP["dismiss"], rival.pk, Lead, by=director)
    assert take(STEP["dismiss"], rival.pk, Lead, by=director, note="先登记").status == "invalid"
    held.refresh_from_db()
    assert held.status == "new"


def test_of_two_who_contest_a_lead_one_gets_it(dealer, dealer2, director):
    held, second = recorded(dealer), recorded(dealer2)
    third = recorded(make_dealer_manager())
    take(STEP["award"], second.pk, Lead, by=director, note="客户指定")
    take(STEP["award"], third.pk, Lead, by=director, note="客户改主意")
    states = Lead.objects.filter(pk__in=(held.pk, second.pk, third.pk)).order_by("pk").values_list("status", flat=True)
    assert list(states) == ["invalid", "invalid", "new"]


def test_who_waits_for_a_decision_does_not_record_the_lead_twice(dealer, dealer2):
    recorded(dealer)
    recorded(dealer2)
    with pytest.raises(RuleBroken):
        recorded(dealer2)


def test_a_contested_lead_is_decided_though_its_holder_put_his_away(client, dealer, dealer2, director):
    held, rival = recorded(dealer), recorded(dealer2)
    client.force_login(dealer)
    client.post(reverse("customers:lead_bin", args=[held.pk]))
    client.force_login(director)
    assert reverse("customers:lead_detail", args=[rival.pk]) in client.get("/").content.decode()
    with pytest.raises(StepRefused):
        take(STEP["dismiss"], rival.pk, Lead, by=director, note="先登记")
    client.post(reverse("customers:lead_step", args=[rival.pk, "award"]), {"note": "对方放弃"})
    rival.refresh_from_db()
    assert rival.status == "new"


def test_a_protected_mobile_is_not_typed_into_another_lead(client, dealer, dealer2):
    recorded(dealer)
    other = recorded(dealer2, phone="13904518822")
    client.force_login(dealer2)
    form = {"name": other.name, "phone": MOBILE, "source": other.source_id, "intent_level": "h"}
    page = client.post(reverse("customers:lead_edit", args=[other.pk]), form)
    assert page.context["form"].errors["phone"]
    other.refresh_from_db()
    assert other.phone == "13904518822"


def test_a_lead_recorded_again_is_not_fetched_back(client, dealer, dealer2):
    own, elsewhere = recorded(dealer), recorded(dealer, phone="13904518822")
    client.force_login(dealer)
    for lead in (own, elsewhere):
        client.post(reverse("customers:lead_bin", args=[lead.pk]))
    recorded(dealer)
    recorded(dealer2, phone="13904518822")
    for lead in (own, elsewhere):
        client.post(reverse("restore", args=["customers.lead", lead.pk]))
        lead.refresh_from_db()
        assert lead.binned_at is not None


def test_a_manager_of_one_side_does_not_decide(manager2, dealer, dealer2):
    recorded(dealer)
    rival = recorded(dealer2)
    with pytest.raises(StepRefused):
        take(STEP["award"], rival.pk, Lead, by=manager2, note="我方客户")


def test_protection_ends_after_the_days_of_the_policy(dealer, dealer2):
    held = recorded(dealer)
    LeadPolicy.objects.update(protection_days=10)
    Lead.objects.filter(pk=held.pk).update(recorded_at=timezone.now() - timedelta(days=11))
    assert recorded(dealer2).status == "new"


def test_the_region_above_a_dealer_is_no_rival(dealer, sales1):
    recorded(dealer)
    assert recorded(sales1).status == "new"


def test_contact_records_of_the_bin_do_not_score(sales1):
    ScoreRule.objects.all().delete()
    actions.add_score_rule(by=sales1, criterion="contacts", number=1, points=5)
    lead = make_lead(owner=sales1, unit=sales1.unit)
    actions.record_contact(by=sales1, lead=lead, kind="call", summary="询价")
    ContactRecord.objects.update(binned_at=timezone.now())
    rescore_leads()
    lead.refresh_from_db()
    assert lead.score == 0
