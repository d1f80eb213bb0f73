"""The status diagrams of service requests and claims."""

from decimal import Decimal

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from aftersales import forms, queries
from aftersales.approvals import CLAIM_APPROVAL
from aftersales.models import Claim, ServiceRequest
from aftersales.rules import amounts, checks
from core.errors import StepRefused
from core.forms import StepForm
from core.notices import notify
from core.workflow import Step, behind
from customers.actions import add_timeline_entry

R, C = ServiceRequest.Status, Claim.Status


def answer(request, *, by, note, answer):
    request.answer = answer
    request.save(update_fields=["answer"])


def submit(claim, *, by, note):
    """Checked against what is known of the car: a reason to reject sends it back to the station at once."""
    claim.submitted_on = timezone.localdate()
    refused = checks.rejections(queries.findings_of(claim, today=claim.submitted_on))
    if refused:
        raise StepRefused([f"{finding.sentence}（{finding.code}）" for finding in refused])
    claim.save(update_fields=["submitted_on"])


def approve(claim, *, by, note):
    """In full. What the checks hold up is approved with a reason only."""
    held = [
        finding
        for finding in queries.findings_of(claim, today=timezone.localdate())
        if finding.severity is checks.Severity.HOLD
    ]
    if held and not note.strip():
        raise StepRefused([*(finding.sentence for finding in held), _("Give a reason to approve it all the same.")])
    claim.lines.update(approved_amount=F("amount"))
    _settle(claim, by=by, amount=claim.claimed_amount)


def approve_partly(claim, *, by, note, **line_amounts):
    """``line_<key>`` is what is approved of each line; at most what it claims."""
    approved = []
    for line in claim.lines.all():
        line.approved_amount = min(line_amounts.get(f"line_{line.pk}", Decimal(0)), line.amount)
        line.save(update_fields=["approved_amount"])
        approved.append(line.approved_amount)
    total = amounts.claim_amount(approved)
    if total == claim.claimed_amount:
        raise StepRefused(_("Every line is approved in full. Take the step “Approve” instead."))
    _settle(claim, by=by, amount=total)


def reject(claim, *, by, note):
    _tell_station(claim, gettext_noop("The claim %(claim)s was rejected: %(reason)s"), reason=note)


def send_back(claim, *, by, note):
    claim.submitted_on = None
    claim.save(update_fields=["submitted_on"])
    _tell_station(claim, gettext_noop("The claim %(claim)s was returned: %(reason)s"), reason=note)


def _settle(claim, *, by, amount):
    claim.approved_amount = amount
    claim.save(update_fields=["approved_amount"])
    _tell_station(claim, gettext_noop("The claim %(claim)s was approved: %(amount)s yuan."), amount=f"{amount:,.2f}")
    retail = queries.retail_of(claim.vehicle_id)
    if retail:
        add_timeline_entry(
            retail.customer_id,
            by=by,
            message=gettext_noop("The warranty claim %(claim)s on the car %(vin)s was approved: %(amount)s yuan."),
            url=_url(claim),
            claim=claim.number,
            vin=claim.vehicle.vin,
            amount=f"{amount:,.2f}",
        )


def _tell_station(claim, message, **parameters):
    notify([claim.owner_id], message, url=_url(claim), claim=claim.number, **parameters)


def _url(claim) -> str:
    return reverse("aftersales:claim_detail", args=[claim.pk])


SERVICE_REQUEST_STEPS = (
    Step(
        "answer",
        gettext_lazy("Answer"),
        frozenset({R.OPEN}),
        R.ANSWERED,
        "aftersales.answer_servicerequest",
        answer,
        forms.AnswerForm,
    ),
    Step(
        "close",
        gettext_lazy("Close"),
        frozenset({R.ANSWERED}),
        R.CLOSED,
        "aftersales.close_servicerequest",
        tone="success",
    ),
)
_CLAIM_STEPS = (
    Step(
        "submit",
        gettext_lazy("Submit"),
        frozenset({C.DRAFT, C.RETURNED}),
        C.SUBMITTED,
        "aftersales.submit_claim",
        submit,
    ),
    Step(
        "approve",
        gettext_lazy("Approve"),
        frozenset({C.SUBMITTED}),
        C.APPROVED,
        "aftersales.approve_claim",
        approve,
        StepForm,
        by_another=True,
        tone="success",
    ),
    Step(
        "approve_partly",
        gettext_lazy("Approve partly"),
        frozenset({C.SUBMITTED}),
        C.PARTIALLY_APPROVED,
        "aftersales.approve_claim",
        approve_partly,
        forms.ApprovedAmountsForm,
        needs_note=True,
        by_another=True,
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({C.SUBMITTED}),
        C.RETURNED,
        "aftersales.return_claim",
        send_back,
        needs_note=True,
        tone="secondary",
    ),
    Step(
        "reject",
        pgettext_lazy("claim", "Reject"),
        frozenset({C.SUBMITTED}),
        C.REJECTED,
        "aftersales.reject_claim",
        reject,
        needs_note=True,
        tone="danger",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({C.SUBMITTED}),
        C.DRAFT,
        "aftersales.submit_claim",
        tone="secondary",
    ),
)
CLAIM_STEPS = behind(CLAIM_APPROVAL, _CLAIM_STEPS)
