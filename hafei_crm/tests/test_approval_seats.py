"""Who fills a seat where deputies, signers and people asked before come together."""

import pytest
from django.core.exceptions import PermissionDenied

from contracts.tests.factories import take_step
from core.errors import StepRefused
from hafei_crm.tests.approving import DIRECTOR, FINANCE, submitted
from users.actions.approvals import add_signer
from users.approvers import waiting_for
from users.models import ApprovalCase
from users.roles import Role
from users.tests.factories import make_approvalflow, make_delegation, make_user

pytestmark = pytest.mark.django_db


def test_nobody_names_the_deputy_who_decides_on_his_own(director, finance, sales2):
    """The deputy that the director named for finance decides on the orders of others, not on the director's."""
    make_approvalflow(FINANCE)
    own, of_another = submitted(director), submitted(sales2)
    colleague = make_user(unit=finance.unit, roles=[Role.SALESMAN])
    make_delegation(owner=finance, by=director, deputy=colleague)
    assert list(waiting_for(colleague).values_list("object_id", flat=True)) == [of_another.pk]
    with pytest.raises((StepRefused, PermissionDenied)):
        take_step(own, "approve", by=colleague)
    assert take_step(of_another, "approve", by=colleague).status == "approved"
    assert take_step(own, "approve", by=finance).status == "approved"


def test_a_signer_added_beside_somebody_who_was_passed_decides(sales1, manager, director, finance):
    make_approvalflow(DIRECTOR, {"mode": "all"})
    order = submitted(sales1)
    take_step(order, "approve", by=director)
    add_signer(ApprovalCase.objects.get(object_id=order.pk).pk, by=manager, person=finance, note="看一下")
    assert take_step(order, "approve", by=finance).status == "submitted"
    assert take_step(order, "approve", by=manager).status == "approved"
