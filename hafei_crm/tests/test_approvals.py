"""Flows of approval, tried on orders: who is asked, in which order, and what no way goes round."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.utils import timezone

from contracts.models import Order, Receivable
from contracts.tests.factories import cars, make_order, take_step
from core.errors import RuleBroken, StepRefused
from core.models import Notice, StatusChange
from hafei_crm.tests.approving import DIRECTOR, FINANCE, MANAGER, SUPERIOR, approve, case_of, inbox, submitted
from users.actions import escalate_approvals, remind_of_approvals
from users.actions.approvals import add_signer
from users.models import ApprovalCase, ApprovalDecision, Delegation, User
from users.tests.factories import make_approvalflow, make_delegation, make_user

pytestmark = pytest.mark.django_db


# Who is asked


def test_standard_flow_asks_whoever_has_the_right_in_whose_reach_the_order_lies(
    sales1, manager, manager2, director, dealer, finance, sales2
):
    order = submitted(sales1)
    people = (sales1, sales2, manager, manager2, director, dealer, finance)
    assert {name for name, found in inbox(*people).items() if found == [order.number]} == {"manager", "director"}
    told = set(Notice.objects.filter(url=f"/approvals/{case_of(order).pk}/").values_list("user__username", flat=True))
    assert told == {"manager"}, "the nearest, not everybody above"
    assert approve(order, manager).status == "approved"
    assert inbox(manager, director) == {"manager": [], "director": []}


def test_steps_are_taken_one_after_the_other_and_the_last_one_counts(dealer_sales, dealer, manager, director):
    make_approvalflow(SUPERIOR, MANAGER)
    order = submitted(dealer_sales)
    assert inbox(dealer, manager) == {"dealer": [order.number], "manager": []}
    with pytest.raises(StepRefused, match="赵文斌"):
        approve(order, manager)
    assert approve(order, dealer).status == "submitted", "an approval by somebody without the right of his own"
    assert not Receivable.objects.exists()
    assert inbox(dealer, manager) == {"dealer": [], "manager": [order.number]}
    with pytest.raises(StepRefused, match="王建国"):
        approve(order, director)
    with pytest.raises(StepRefused, match="王建国"):
        approve(order, dealer)
    assert approve(order, manager).status == "approved"
    assert Receivable.objects.filter(order=order).count() == 1
    assert list(case_of(order).decisions.values_list("by__username", "verdict")) == [
        ("dealer", "approved"),
        ("manager", "approved"),
    ]


@pytest.mark.parametrize(("cars_ordered", "steps"), [(2, 1), (3, 2)])
def test_a_step_is_asked_for_within_its_band_which_ends_below_its_upper_end(
    sales1, manager, director, cars_ordered, steps
):
    """A car costs 38,000 yuan: two are 76,000, three 114,000, the lower end of the band."""
    make_approvalflow(MANAGER, DIRECTOR | {"min_amount": Decimal("114000")})
    order = submitted(sales1, lines=[cars(cars_ordered)])
    status = approve(order, manager).status
    assert status == ("approved" if steps == 1 else "submitted")
    assert len(inbox(director)["director"]) == steps - 1


def test_where_no_step_covers_the_amount_whoever_has_the_right_decides(sales1, manager):
    make_approvalflow(FINANCE | {"min_amount": Decimal("10000000")})
    order = submitted(sales1)
    assert approve(order, manager).status == "approved"


def test_the_second_superior_is_the_head_one_unit_further_up(dealer_sales, manager, director):
    make_approvalflow(SUPERIOR | {"level": 2})
    order = submitted(dealer_sales)
    assert inbox(manager, director) == {"manager": [order.number], "director": []}


def test_the_superior_of_what_the_manager_himself_handed_in_is_the_director(sales1, manager, director):
    make_approvalflow(SUPERIOR)
    order = make_order(owner=sales1, unit=sales1.unit)
    take_step(order, "submit", by=manager)
    assert inbox(manager, director) == {"manager": [], "director": [order.number]}


def test_all_of_them_means_every_one_of_them(sales1, manager, cast):
    second = make_user(unit=manager.unit, roles=["regional_manager"])
    make_approvalflow(MANAGER | {"mode": "all"})
    order = submitted(sales1)
    assert approve(order, second).status == "submitted"
    assert inbox(second, manager) == {second.username: [], "manager": [order.number]}
    assert approve(order, manager).status == "approved"


def test_whoever_approved_an_earlier_step_is_not_asked_again(sales1, director):
    make_approvalflow({}, DIRECTOR)
    order = submitted(sales1)
    assert approve(order, director).status == "approved"
    assert list(case_of(order).decisions.values_list("position", "verdict")) == [(1, "approved"), (2, "passed")]


def test_handing_in_is_refused_while_nobody_can_take_a_step(director, sales1):
    make_approvalflow(SUPERIOR)
    with pytest.raises(StepRefused, match="第1步"):
        submitted(director)
    make_approvalflow({"kind": "role", "role": "service_station"})
    with pytest.raises(StepRefused, match="第1步"):
        submitted(sales1)


# Nobody decides on his own


def test_a_deputy_decides_in_the_name_of_the_absent(sales1, manager, sales2, finance):
    make_approvalflow(MANAGER)
    order = submitted(sales1)
    make_delegation(owner=manager, deputy=finance)
    assert inbox(finance)["finance"] == [order.number]
    assert approve(order, finance).status == "approved"
    decision = ApprovalDecision.objects.get()
    assert (decision.by, decision.in_name_of) == (finance, manager)


def test_a_deputy_does_not_approve_his_own_nor_what_the_absent_owns(sales1, manager, finance):
    make_approvalflow(MANAGER)
    own, of_the_absent = submitted(sales1), make_order(owner=manager, unit=manager.unit)
    second = make_user(unit=manager.unit, roles=["regional_manager"])
    take_step(of_the_absent, "submit", by=sales1)
    make_delegation(owner=manager, deputy=sales1)
    assert inbox(sales1)["sales1"] == []
    Delegation.objects.update(ended_at=timezone.now())
    make_delegation(owner=manager, deputy=finance)
    assert inbox(finance)["finance"] == [own.number]
    for order, by in ((own, sales1), (of_the_absent, finance), (of_the_absent, manager)):
        with pytest.raises((StepRefused, PermissionDenied)):
            approve(order, by)
    assert approve(of_the_absent, second).status == "approved"


def test_a_delegation_counts_on_its_days_only(sales1, manager, finance):
    make_approvalflow(MANAGER)
    submitted(sales1)
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_delegation(owner=manager, deputy=finance, starts_on=tomorrow, ends_on=tomorrow)
    assert inbox(finance)["finance"] == []


def test_nobody_makes_himself_the_deputy_of_another(manager, sales1, sales2, dealer2):
    with pytest.raises(RuleBroken):
        make_delegation(owner=sales1, by=manager, deputy=manager)
    with pytest.raises(RuleBroken):
        make_delegation(owner=dealer2, by=manager, deputy=sales2)
    assert make_delegation(owner=sales1, by=manager, deputy=sales2).made_by == manager


def test_a_deputy_does_not_fill_two_seats_of_one_case(sales1, manager):
    second = make_user(unit=manager.unit, roles=["regional_manager"])
    make_approvalflow(MANAGER | {"mode": "all"})
    order = submitted(sales1)
    make_delegation(owner=manager, deputy=second)
    assert approve(order, second).status == "submitted"
    assert inbox(second)[second.username] == []
    with pytest.raises(StepRefused, match="王建国"):
        approve(order, second)
    assert approve(order, manager).status == "approved"


def test_having_been_asked_gives_no_right_to_other_steps_nor_to_later_ones(dealer_sales, dealer, manager):
    make_approvalflow(SUPERIOR, {})
    order = submitted(dealer_sales)
    approve(order, dealer)
    with pytest.raises(StepRefused):
        take_step(order, "return", by=dealer, note="还是不要")
    for by in (dealer, dealer_sales):
        with pytest.raises(PermissionDenied):
            take_step(order, "cancel", by=by, note="不要了")
    assert take_step(order, "return", by=manager, note="价格有误").status == "returned"


# Back, again, and as it was


def test_returned_order_shows_what_was_changed_when_it_comes_again(client, sales1, manager):
    order = submitted(sales1, lines=[cars(2)])
    take_step(order, "return", by=manager, note="减一台")
    assert case_of(order).state == "returned"
    line = order.lines.get()
    line.quantity = 1
    line.save(update_fields=["quantity"])
    Order.objects.filter(pk=order.pk).update(total_amount=line.unit_price_amount)
    take_step(order, "submit", by=sales1)
    client.force_login(manager)
    page = client.get("/approvals/").content.decode()
    assert "76,000.00</del> <ins>38,000.00" in page.replace("\n", "")


def test_asker_withdraws_and_nobody_else(sales1, sales2, manager):
    order = submitted(sales1)
    with pytest.raises(RuleBroken):
        take_step(order, "withdraw", by=manager)
    assert take_step(order, "withdraw", by=sales1).status == "draft"
    assert case_of(order).state == "withdrawn"
    assert inbox(manager)["manager"] == []


def test_what_changed_behind_the_back_of_the_approver_is_not_approved(sales1, manager):
    order = submitted(sales1)
    order.lines.update(unit_price_amount=1)
    with pytest.raises(StepRefused, match=order.number):
        approve(order, manager)


def test_snapshot_and_decisions_stay_as_they_were(sales1, manager):
    order = submitted(sales1)
    approve(order, manager)
    case = case_of(order)
    assert case.snapshot["lines"][0]["quantity"] == 1
    for deed in (
        lambda: ApprovalCase.objects.filter(pk=case.pk).update(snapshot={}),
        lambda: ApprovalCase.objects.filter(pk=case.pk).update(state="running", ended_at=None),
        lambda: case.decisions.update(note="x"),
        lambda: case.decisions.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            deed()


def test_the_database_refuses_to_approve_past_the_approvers(sales1):
    order = submitted(sales1)
    with pytest.raises(InternalError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(status="approved")
    Order.objects.filter(pk=order.pk).update(status="cancelled")
    assert case_of(order).state == "ended"


def test_case_follows_its_order_to_a_new_owner(sales1, manager, manager2):
    order = submitted(sales1)
    Order.objects.filter(pk=order.pk).update(unit=manager2.unit, owner=manager2)
    assert inbox(manager, manager2) == {"manager": [], "manager2": []}
    Order.objects.filter(pk=order.pk).update(owner=sales1)
    assert inbox(manager, manager2) == {"manager": [], "manager2": [order.number]}


def test_running_cases_stay_on_the_flow_they_began_with(sales1, manager, director):
    first = submitted(sales1)
    make_approvalflow(DIRECTOR)
    second = submitted(sales1)
    assert inbox(manager)["manager"] == [first.number]
    assert approve(first, manager).status == "approved"
    with pytest.raises(StepRefused):
        approve(second, manager)
    assert approve(second, director).status == "approved"
    assert [case_of(order).flow.version for order in (first, second)] == [1, 2]


# One more signer


def test_an_added_signer_approves_before_it_goes_on(sales1, manager, finance, trainee):
    order = submitted(sales1)
    case = case_of(order)
    with pytest.raises(RuleBroken, match="罗子涵"):
        add_signer(case.pk, by=manager, person=trainee, note="请看")
    with pytest.raises(RuleBroken):
        add_signer(case.pk, by=manager, person=sales1, note="请看")
    with pytest.raises(StepRefused):
        add_signer(case.pk, by=finance, person=finance, note="我要看")
    add_signer(case.pk, by=manager, person=finance, note="看一下价格")
    assert Notice.objects.filter(user=finance, url=f"/approvals/{case.pk}/").count() == 1
    assert approve(order, manager).status == "submitted"
    assert approve(order, finance).status == "approved"


def test_each_decision_stands_in_the_timeline(sales1, dealer, manager):
    make_approvalflow(MANAGER, FINANCE)
    order = submitted(sales1)
    approve(order, manager, note="同意")
    change = StatusChange.objects.filter(object_id=order.pk, step="approve").get()
    assert (change.by, change.before, change.after, change.note) == (manager, "submitted", "submitted", "同意")


# What waits too long


def test_reminder_is_sent_once_and_to_the_deputy_too(sales1, manager, finance):
    make_approvalflow(MANAGER | {"remind_after_hours": 4})
    make_delegation(owner=manager, deputy=finance)
    submitted(sales1)
    Notice.objects.all().delete()
    now = timezone.now()
    assert remind_of_approvals(now + timedelta(hours=3, minutes=59)) == 0
    assert [remind_of_approvals(now + timedelta(hours=hours)) for hours in (5, 5, 9)] == [1, 0, 0]
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"manager", "finance"}


def test_after_the_agreed_hours_the_superior_may_decide_as_well(sales1, manager, director):
    make_approvalflow(MANAGER | {"escalate_after_hours": 24})
    order = submitted(sales1)
    Notice.objects.all().delete()
    now = timezone.now()
    assert inbox(director)["director"] == []
    assert [escalate_approvals(now + timedelta(hours=hours)) for hours in (23, 25, 25)] == [0, 1, 0]
    assert inbox(manager, director) == {"manager": [order.number], "director": [order.number]}
    assert list(Notice.objects.values_list("user__username", flat=True)) == ["director"]
    assert approve(order, director).status == "approved"
    assert inbox(manager)["manager"] == []


def test_seat_of_a_leaver_falls_to_whoever_has_the_right(sales1, manager, director):
    make_approvalflow(SUPERIOR)
    order = submitted(sales1)
    assert inbox(director)["director"] == []
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert inbox(director)["director"] == [order.number]
    assert approve(order, director).status == "approved"
