"""Many who decide at the same moment, each on a connection of his own."""

import pytest

from contracts.models import Receivable
from contracts.tests.factories import take_step
from core.tests.crowd import done_and_refused
from hafei_crm.tests.approving import DIRECTOR, submitted
from users.actions import sync_roles
from users.cast import create_cast
from users.models import ApprovalCase, ApprovalDecision
from users.tests.factories import make_approvalflow, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD = 20


@pytest.fixture
def company(transactional_db):
    sync_roles()
    return create_cast("hafei-demo")


def test_of_twenty_who_approve_at_once_one_decides_each_step(company):
    make_approvalflow({"kind": "role", "role": "director", "mode": "any"}, {"kind": "role", "role": "finance"})
    order = submitted(company["sales1"])
    people = [make_user(roles=["director"]) for _ in range(CROWD)]
    won, refused = done_and_refused((lambda by=by: take_step(order, "approve", by=by)) for by in people)
    assert (won, refused) == (1, CROWD - 1)
    assert ApprovalDecision.objects.filter(verdict="approved").count() == 1
    assert not Receivable.objects.exists()
    clerks = [make_user(roles=["finance"]) for _ in range(CROWD)]
    won, refused = done_and_refused((lambda by=by: take_step(order, "approve", by=by)) for by in clerks)
    assert (won, refused) == (1, CROWD - 1)
    assert Receivable.objects.count() == 1


def test_one_person_who_clicks_twenty_times_decides_once(company):
    make_user(roles=["director"])
    make_approvalflow(DIRECTOR | {"mode": "all"})
    order = submitted(company["sales1"])
    won, refused = done_and_refused([lambda: take_step(order, "approve", by=company["director"])] * CROWD)
    assert (won, refused) == (1, CROWD - 1)
    assert ApprovalDecision.objects.count() == 1


def test_approval_and_withdrawal_at_once_end_in_one_of_the_two(company):
    order = submitted(company["sales1"])
    deeds = [
        lambda: take_step(order, "approve", by=company["manager"]),
        lambda: take_step(order, "withdraw", by=company["sales1"]),
    ]
    assert done_and_refused(deeds) == (1, 1)
    order.refresh_from_db()
    case = ApprovalCase.objects.get()
    assert (order.status, case.state) in {("approved", "approved"), ("draft", "withdrawn")}
