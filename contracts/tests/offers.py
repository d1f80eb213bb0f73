"""Quotations on their way: what the tests of prices and of versions share."""

from contracts import workflow
from contracts.models import Quotation
from contracts.tests.factories import make_quotation, quoted
from core.workflow import take

STEPS = {step.name: step for step in workflow.QUOTATION_STEPS}


def step(name: str, quotation: Quotation, *, by, note: str = "理由") -> Quotation:
    return take(STEPS[name], quotation.pk, Quotation, by=by, note=note)


def offer(owner, discount: str = "0", **fields) -> Quotation:
    return make_quotation(owner=owner, unit=owner.unit, lines=[quoted(2, discount)], **fields)
