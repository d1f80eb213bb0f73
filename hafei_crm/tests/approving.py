"""Orders handed in, approved and looked for in inboxes, for the tests of approvals."""

from contracts.models import Order
from contracts.tests.factories import make_order, take_step
from users.approvers import waiting_for
from users.models import ApprovalCase

SUPERIOR = {"kind": "superior", "level": 1}
MANAGER = {"kind": "role", "role": "regional_manager"}
DIRECTOR = {"kind": "role", "role": "director"}
FINANCE = {"kind": "role", "role": "finance"}


def submitted(owner, **fields) -> Order:
    order = make_order(owner=owner, unit=owner.unit, **fields)
    return take_step(order, "submit", by=owner)


def approve(order, by, **options) -> Order:
    return take_step(order, "approve", by=by, **options)


def inbox(*people) -> dict:
    return {person.username: sorted(waiting_for(person).values_list("title", flat=True)) for person in people}


def case_of(order) -> ApprovalCase:
    return ApprovalCase.objects.filter(object_id=order.pk).order_by("-pk").first()
