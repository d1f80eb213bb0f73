"""Quotations, losses and claims behind the same gate as orders."""

from decimal import Decimal

import pytest

from aftersales.models import Claim
from aftersales.tests.factories import make_claim
from aftersales.workflow import CLAIM_STEPS
from contracts.models import Quotation
from contracts.tests.factories import make_discountlimit, make_quotation, quoted
from contracts.workflow import QUOTATION_STEPS
from core.bin import put_away
from core.errors import RuleBroken, StepRefused
from core.workflow import take
from customers.models import Opportunity
from customers.tests.factories import make_opportunity
from customers.workflow import OPPORTUNITY_STEPS
from hafei_crm.tests.approving import DIRECTOR, FINANCE, MANAGER, SUPERIOR
from hafei_crm.wiring import APPROVED_PAGES
from users.models import ApprovalFlow
from users.subjects import APPROVED_BY
from users.tests.factories import make_approvalflow, make_delegation, make_user

pytestmark = pytest.mark.django_db


def test_a_deputy_approves_a_discount_within_the_limit_of_whom_he_stands_in_for(sales1, manager, sales2):
    for role, percent in (("salesman", 3), ("regional_manager", 8)):
        make_discountlimit(role=role, percent=Decimal(percent))
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(1, "7")])
    steps = {step.name: step for step in QUOTATION_STEPS}
    take(steps["submit"], quotation.pk, Quotation, by=sales1)
    make_delegation(owner=manager, deputy=sales2)
    assert take(steps["approve"], quotation.pk, Quotation, by=sales2).status == "approved"


def test_a_discount_band_asks_the_director_above_ten_percent(sales1, manager, director):
    make_discountlimit(role="director", percent=Decimal(20))
    make_approvalflow(MANAGER, DIRECTOR | {"min_discount": Decimal(10)}, subject="contracts.quotation")
    steps = {step.name: step for step in QUOTATION_STEPS}
    quotation = make_quotation(owner=sales1, unit=sales1.unit, lines=[quoted(1, "10")])
    take(steps["submit"], quotation.pk, Quotation, by=sales1)
    assert take(steps["approve"], quotation.pk, Quotation, by=manager).status == "submitted"
    assert take(steps["approve"], quotation.pk, Quotation, by=director).status == "approved"


def test_a_loss_goes_through_the_steps_of_its_flow(sales1, manager, director):
    make_approvalflow(SUPERIOR, DIRECTOR, subject="customers.opportunity")
    steps = {step.name: step for step in OPPORTUNITY_STEPS}
    opportunity = make_opportunity(owner=sales1, unit=sales1.unit)
    take(steps["lose"], opportunity.pk, Opportunity, by=sales1, note="价格", lost_reason="price")
    assert take(steps["confirm_loss"], opportunity.pk, Opportunity, by=manager).status == "losing"
    with pytest.raises(RuleBroken):
        put_away(Opportunity, opportunity.pk, by=sales1)
    assert take(steps["confirm_loss"], opportunity.pk, Opportunity, by=director).status == "lost"


def test_only_the_last_approver_of_a_claim_approves_it_partly(claims, finance):
    make_approvalflow({}, FINANCE, subject="aftersales.claim")
    claim = make_claim()
    steps = {step.name: step for step in CLAIM_STEPS}
    take(steps["submit"], claim.pk, Claim, by=make_user(roles=["service_station"], unit=claim.unit))
    with pytest.raises(StepRefused):
        take(steps["approve_partly"], claim.pk, Claim, by=claims, note="工时减半")
    assert take(steps["approve"], claim.pk, Claim, by=claims).status == "submitted"
    assert take(steps["approve"], claim.pk, Claim, by=finance).status == "approved"


def test_every_subject_has_its_pages_and_a_flow_from_the_beginning():
    subjects = {pages.meta.label_lower for pages in APPROVED_PAGES}
    assert subjects == set(APPROVED_BY) == {pages.steps[0].gate.subject for pages in APPROVED_PAGES}
    assert set(ApprovalFlow.objects.in_force().values_list("subject", flat=True)) == subjects
