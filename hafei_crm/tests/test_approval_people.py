"""Who decides when people leave, lose their post or get the record themselves: no case is left to nobody."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from contracts.models import Order, Quotation
from contracts.tests.factories import make_discountlimit, make_quotation, quoted, take_step
from contracts.workflow import QUOTATION_STEPS
from core.errors import RuleBroken, StepRefused
from core.models import Notice
from core.workflow import take
from customers.models import KeyAccountRegistration
from customers.tests.factories import make_customer, make_keyaccountregistration
from customers.workflow import REGISTRATION_STEPS
from hafei_crm.tests.approving import DIRECTOR, FINANCE, MANAGER, SUPERIOR, case_of, submitted
from users.actions import change_user, escalate_approvals, fill_vacated_seats, grant_roles, remind_of_approvals
from users.actions.approvals import add_signer, waits_for
from users.approvers import waiting_for
from users.models import ApprovalCase, ApprovalSeat
from users.tests.factories import make_approvalflow, make_delegation, make_unit, make_user

pytestmark = pytest.mark.django_db


def is_asked(person) -> bool:
    return waiting_for(person).exists()


def told(order, person) -> int:
    return Notice.objects.filter(user=person, url=f"/approvals/{case_of(order).pk}/").count()


def test_step_of_a_role_whose_last_holder_left_falls_to_whoever_has_the_right(sales1, finance, manager, director):
    make_approvalflow(FINANCE)
    first, second = submitted(sales1), submitted(sales1)
    change_user(finance.pk, by=director, is_active=False)
    assert is_asked(manager) and told(first, manager) == 1
    assert "王建国" in waits_for(case_of(first))
    assert take_step(first, "approve", by=manager).status == "approved"
    assert take_step(second, "return", by=manager, note="财务缺人").status == "returned"
    assert fill_vacated_seats() == 0


def test_holder_who_is_left_keeps_the_step(sales1, finance, manager, director):
    make_approvalflow(FINANCE)
    submitted(sales1)
    second = make_user(roles=["finance"])
    change_user(finance.pk, by=director, is_active=False)
    assert is_asked(second) and not is_asked(manager)


def test_seated_superior_who_became_the_owner_makes_way(sales1, manager, director):
    """What a leaver owned goes to his manager, who was asked about it."""
    make_approvalflow(SUPERIOR)
    order = submitted(sales1)
    Order.objects.filter(pk=order.pk).update(owner=manager)
    assert not is_asked(manager) and not is_asked(director)
    assert fill_vacated_seats() == 1
    assert is_asked(director) and told(order, director) == 1
    assert take_step(order, "approve", by=director).status == "approved"


@pytest.mark.parametrize("fields", [{"roles": ["dealer_salesman"]}, {"unit": None}])
def test_head_who_lost_his_post_decides_no_more(dealer_sales, dealer, manager, director, fields):
    make_approvalflow(SUPERIOR)
    order = submitted(dealer_sales)
    assert is_asked(dealer)
    if "roles" in fields:
        grant_roles(dealer.pk, by=director, **fields)
    else:
        change_user(dealer.pk, by=director, unit=make_unit())
    for key in ("rights", "unit"):
        dealer.__dict__.pop(key, None)
    dealer.refresh_from_db()
    assert not is_asked(dealer) and is_asked(manager)
    with pytest.raises((StepRefused, PermissionDenied)):
        take_step(order, "approve", by=dealer)
    assert take_step(order, "approve", by=manager).status == "approved"


def test_lost_post_is_noticed_at_the_decision_itself(dealer_sales, dealer):
    make_approvalflow(SUPERIOR)
    order = submitted(dealer_sales)
    dealer.memberships.all().delete()
    dealer.__dict__.pop("rights", None)
    with pytest.raises((StepRefused, PermissionDenied)):
        take_step(order, "approve", by=dealer)


def test_who_keeps_his_post_keeps_his_seat(sales1, dealer_sales, dealer, manager, director, finance):
    second = make_user(unit=manager.unit, roles=["regional_manager"])
    for steps in ([SUPERIOR], [MANAGER | {"mode": "all"}], [{"mode": "all"}], [{}], [FINANCE]):
        make_approvalflow(*steps)
        submitted(sales1)
        submitted(dealer_sales)
    assert fill_vacated_seats() == 0
    assert ApprovalSeat.objects.filter(is_open=True, person=second).count() == 5


def test_two_seats_left_by_people_become_one_of_the_right(sales1, manager, director):
    second = make_user(unit=manager.unit, roles=["regional_manager"])
    make_approvalflow(MANAGER | {"mode": "all"})
    order = submitted(sales1)
    for person in (manager, second):
        change_user(person.pk, by=director, is_active=False)
    assert take_step(order, "approve", by=director).status == "approved"


def test_handing_in_to_nobody_is_refused(director, sales1):
    """The only director's own order: nobody else has the right in head office."""
    with pytest.raises(StepRefused):
        submitted(director)
    second = make_user(roles=["director"])
    order = submitted(director)
    assert is_asked(second)
    assert take_step(order, "approve", by=second).status == "approved"


def test_later_step_without_people_does_not_stop_the_step_before(sales1, manager, finance, director):
    make_approvalflow(MANAGER, FINANCE)
    order = submitted(sales1)
    change_user(finance.pk, by=director, is_active=False)
    assert take_step(order, "approve", by=manager).status == "submitted"
    assert is_asked(director) and not is_asked(manager)
    assert take_step(order, "approve", by=director).status == "approved"


def test_deputy_who_left_is_told_nothing(sales1, sales2, manager, director):
    make_approvalflow(MANAGER | {"remind_after_hours": 1})
    make_delegation(owner=manager, deputy=sales2)
    change_user(sales2.pk, by=director, is_active=False)
    order = submitted(sales1)
    remind_of_approvals(timezone.now() + timedelta(hours=2))
    assert (told(order, manager), told(order, sales2)) == (2, 0)


def test_two_heads_of_a_unit_get_one_level_above_them(sales1, manager, director):
    region = make_unit(unit=manager.unit)
    heads = [make_user(unit=region, roles=["dealer_manager"]) for _number in range(2)]
    asker = make_user(unit=region, roles=["dealer_salesman"])
    make_approvalflow(SUPERIOR | {"escalate_after_hours": 1})
    submitted(asker)
    escalate_approvals(timezone.now() + timedelta(hours=2))
    assert [is_asked(person) for person in (*heads, manager, director)] == [True, True, True, False]


def test_asker_hears_that_nobody_is_above_those_he_waits_for(sales1, director):
    make_approvalflow(DIRECTOR | {"escalate_after_hours": 1})
    order = submitted(sales1)
    escalate_approvals(timezone.now() + timedelta(hours=2))
    assert told(order, sales1) == 1


# Who may stand in, and who may be asked besides


@pytest.mark.parametrize("who", ["auditor", "sysadmin", "manager2", "dealer"])
def test_deputy_is_somebody_of_the_unit_or_above_it_with_a_business_role(cast, who):
    with pytest.raises(RuleBroken, match=cast["manager"].name):
        make_delegation(owner=cast["manager"], deputy=cast[who])


def test_forms_offer_only_those_who_may_be_deputy_or_signer(client, cast, dealer_sales, dealer, manager):
    order = submitted(dealer_sales)
    addresses = {
        dealer: (reverse("users:delegation_add"), "deputy"),
        manager: (reverse("approval_signer", args=[case_of(order).pk]), "person"),
    }
    for person, (url, name) in addresses.items():
        client.force_login(person)
        offered = client.get(url).context["form"].fields[name].queryset
        names = set(offered.values_list("username", flat=True))
        assert not names & {"dealer2", "manager2", "sysadmin", "auditor"} and "finance" in names


def test_auditor_is_not_asked_to_sign(sales1, manager, auditor):
    order = submitted(sales1)
    with pytest.raises(RuleBroken, match=auditor.name):
        add_signer(case_of(order).pk, by=manager, person=auditor, note="请看")


# Two claims of one project


REGISTRATION = {step.name: step for step in REGISTRATION_STEPS}


def claim(owner, by=None) -> KeyAccountRegistration:
    customer = make_customer(owner=owner, unit=owner.unit, name="哈尔滨鸿运出租集团", kind="taxi")
    registration = make_keyaccountregistration(customer=customer, project_name="出租车更新")
    return take(REGISTRATION["submit"], registration.pk, KeyAccountRegistration, by=by or owner)


def arbitrate(opened, winner, loser, by) -> list[str]:
    decision = (winner.pk, loser.pk)
    take(REGISTRATION["arbitrate"], opened.pk, KeyAccountRegistration, by=by, note="先到先得", decision=decision)
    return [KeyAccountRegistration.objects.get(pk=record.pk).status for record in (winner, loser)]


def decisions_on(registration) -> list[tuple[str, str]]:
    case = ApprovalCase.objects.get(subject="customers.keyaccountregistration", object_id=registration.pk)
    return list(case.decisions.values_list("by__username", "verdict"))


def test_arbiter_does_not_register_what_he_handed_in_himself(sales1, sales2, manager, director):
    first, second = claim(sales1), claim(sales2, by=manager)
    with pytest.raises(StepRefused, match=second.number):
        arbitrate(first, second, first, manager)
    assert arbitrate(first, second, first, director) == ["registered", "rejected"]


def test_arbitration_skips_no_step_of_the_rival(sales1, sales2, manager, director):
    make_approvalflow(MANAGER, DIRECTOR, subject="customers.keyaccountregistration")
    rival = claim(sales2)
    make_approvalflow(MANAGER, subject="customers.keyaccountregistration")
    opened = claim(sales1)
    with pytest.raises(StepRefused, match=rival.number):
        arbitrate(opened, rival, opened, manager)
    assert KeyAccountRegistration.objects.filter(status="submitted").count() == 2
    assert arbitrate(opened, opened, rival, manager) == ["registered", "rejected"]


@pytest.mark.parametrize("wins", [True, False])
def test_arbitration_is_a_decision_on_both_claims(sales1, sales2, manager, wins):
    opened, rival = claim(sales1), claim(sales2)
    winner, loser = (opened, rival) if wins else (rival, opened)
    assert arbitrate(opened, winner, loser, manager) == ["registered", "rejected"]
    assert decisions_on(winner) == [("manager", "approved")]
    assert decisions_on(loser) == [("manager", "returned")]
    assert ApprovalCase.objects.decided_by(manager).count() == 2


# Whose discount limit counts


def test_limit_of_any_who_approved_suffices_and_the_owner_reads_whose(sales1, manager, finance):
    make_discountlimit(role="regional_manager", percent=Decimal(10))
    make_approvalflow({}, FINANCE, subject="contracts.quotation")
    steps = {step.name: step for step in QUOTATION_STEPS}
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(1, "6")])
    take(steps["submit"], quotation.pk, Quotation, by=sales1)
    assert take(steps["approve"], quotation.pk, Quotation, by=manager).status == "submitted"
    assert take(steps["approve"], quotation.pk, Quotation, by=finance).status == "approved"
    assert Notice.objects.filter(user=sales1, parameters__by=str(finance), parameters__person=str(manager)).exists()


def test_nobody_with_a_sufficient_limit_among_those_who_approved_is_refused(sales1, manager, finance):
    make_discountlimit(role="regional_manager", percent=Decimal(10))
    make_approvalflow(FINANCE, subject="contracts.quotation")
    steps = {step.name: step for step in QUOTATION_STEPS}
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(1, "6")])
    take(steps["submit"], quotation.pk, Quotation, by=sales1)
    with pytest.raises(StepRefused, match="王建国"):
        take(steps["approve"], quotation.pk, Quotation, by=finance)
