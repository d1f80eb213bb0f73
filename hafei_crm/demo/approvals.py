"""Approvals under way, and those decided lately: for managers, directors and managers of dealers."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from contracts.approvals import ORDER_APPROVAL
from contracts.models import Order
from core.models import Notice
from core.pages import Pages
from users.actions import change_flow
from users.approvers import people_of_step
from users.models import ApprovalCase, ApprovalDecision, ApprovalFlow, FlowStep, Unit, User

STEPS = (
    {"name": "上级审批", "kind": "superior", "remind_after_hours": 8, "escalate_after_hours": 24},
    {
        "name": "大区审批",
        "kind": "role",
        "role": "regional_manager",
        "remind_after_hours": 8,
        "escalate_after_hours": 48,
    },
    {"name": "总监审批", "kind": "role", "role": "director", "min_amount": Decimal(1_000_000)},
)
DECIDED = 60
NOTES = ("同意", "同意，按合同价执行", "价格已核对", "")
WORKING_HOURS = range(8, 18)


def make_approvals(described: tuple[Pages, ...], *, rng: Random, director: int) -> None:
    """What waits in the data gets its case; what was approved lately the one it had."""
    flow = ApprovalFlow.objects.in_force().get(subject=ORDER_APPROVAL.subject)
    _decide_lately(flow, rng)
    change_flow(flow.pk, by=User.objects.get(pk=director), lines=list(STEPS), note="大额订单须总监审批")
    for pages in described:
        gate = pages.steps[0].gate
        for record in _waiting(pages).order_by("pk"):
            gate.open_case(record, by=_asker(record, gate.unit(record)))
    _put_into_the_past(rng)
    Notice.objects.filter(url__startswith=reverse("approvals")).update(read_at=timezone.now())


def _asker(record: Model, unit: Unit) -> User:
    """The owner, else who reviewed it, else somebody of its unit."""
    owner = getattr(record, "owner", None) or getattr(record, "reviewed_by", None)
    return owner or User.objects.filter(unit=unit).order_by("pk").first()


def _waiting(pages: Pages) -> QuerySet:
    return pages.model._base_manager.filter(status=pages.steps[0].gate.waiting)


def _decide_lately(flow: ApprovalFlow, rng: Random) -> None:
    step = FlowStep.objects.get(flow=flow)
    orders = Order.objects.filter(status=Order.Status.APPROVED, approved_on__isnull=False, owner__isnull=False)
    for order in orders.select_related("owner__unit", "unit").order_by("-approved_on", "-pk")[:DECIDED]:
        draft = ORDER_APPROVAL.draft(order, by=order.owner)
        people = people_of_step(step, draft)
        if people:
            _write(draft, ORDER_APPROVAL.snapshot(order), people[0], step, rng)


def _write(case: ApprovalCase, snapshot: dict, by: User, step: FlowStep, rng: Random) -> None:
    case.flow, case.snapshot, case.step, case.position = step.flow, snapshot, step, step.position
    case.state, case.asked_at = ApprovalCase.State.APPROVED, _some_days_ago(rng)
    case.waiting_since = case.asked_at
    case.ended_at = min(case.asked_at + timedelta(hours=rng.randint(1, 20)), timezone.now())
    case.save(force_insert=True)
    verdict = ApprovalDecision.Verdict.APPROVED
    ApprovalDecision.objects.create(
        case=case, position=step.position, name=step.name, verdict=verdict, by=by, note=rng.choice(NOTES)
    )


def _put_into_the_past(rng: Random) -> None:
    for case in ApprovalCase.objects.running().only("pk").order_by("pk"):
        moment = _some_days_ago(rng)
        ApprovalCase.objects.filter(pk=case.pk).update(asked_at=moment, waiting_since=moment)


def _some_days_ago(rng: Random):
    day = timezone.localtime() - timedelta(days=rng.randint(1, 6))
    return day.replace(hour=rng.choice(WORKING_HOURS), minute=rng.randint(0, 59), second=0, microsecond=0)
