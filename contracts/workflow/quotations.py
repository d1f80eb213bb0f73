"""The status diagram of quotations: small discounts are sent at once, larger ones wait for somebody's approval."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from contracts import actions, discounts
from contracts.approvals import QUOTATION_APPROVAL
from contracts.models import Contract, Quotation
from core.errors import StepRefused
from core.formats import money
from core.notices import notify
from core.workflow import Step, behind
from customers.actions import add_timeline_entry, record_milestone
from customers.models import ContactRecord

Q = Quotation.Status
WITHIN_LIMIT_OF = gettext_noop(
    "%(by)s approved the prices of the quotation %(quotation)s, which are within the limit of %(person)s; send it."
)


@dataclass(frozen=True)
class PriceStep(Step):
    """Offered to whose limit covers the prices, or, to hand them in, to whose limit does not."""

    within_limit: bool = True

    def is_offered(self, record, user) -> bool:
        if not super().is_offered(record, user):
            return False
        is_settled = record.status == Q.APPROVED or (self.gate and self.gate.appoints(self, record, user))
        return is_settled or discounts.is_within(record, user, timezone.localdate()) is self.within_limit


@dataclass(frozen=True)
class ContractStep(Step):
    """Offered until the contract is there."""

    def is_offered(self, record, user) -> bool:
        return super().is_offered(record, user) and not Contract.objects.filter(quotation=record).exists()


def submit(quotation, *, by, note):
    today = _check_term(quotation)
    actions.price_as_of(today, quotation)
    if discounts.is_within(quotation, by, today):
        raise StepRefused(
            _("The discounts of “%(quotation)s” are within your limit: send it, nobody has to approve it.")
            % {"quotation": quotation}
        )
    discounts.check_somebody_may(quotation, by, today)


def approve(quotation, *, by, note):
    within = discounts.approver_within(quotation, by, _check_term(quotation))
    if within == by:
        _tell_owner(quotation, by, gettext_noop("%(by)s approved the prices of the quotation %(quotation)s; send it."))
    else:
        _tell_owner(quotation, by, WITHIN_LIMIT_OF, person=str(within))


def send_back(quotation, *, by, note):
    message = gettext_noop("%(by)s returned the quotation %(quotation)s: %(note)s")
    _tell_owner(quotation, by, message, note=note)


def send(quotation, *, by, note):
    today = _check_term(quotation)
    if quotation.status != Q.APPROVED:
        actions.price_as_of(today, quotation)
        if not discounts.is_within(quotation, by, today):
            raise StepRefused(discounts.why_beyond(quotation, by, today))
    _enter_in_timeline(
        quotation, by, gettext_noop("Quotation %(quotation)s over %(amount)s yuan was sent; it is valid until %(day)s.")
    )
    # A later version is the same offer: the funnel counts it once.
    record_milestone(
        quotation.customer_id,
        kind=ContactRecord.Kind.QUOTATION,
        source_key=f"quotation:{quotation.number}",
        text=quotation.number,
        owner=quotation.owner,
        unit=quotation.unit,
        opportunity=quotation.opportunity,
    )


def accept(quotation, *, by, note):
    _check_term(quotation)
    _enter_in_timeline(
        quotation, by, gettext_noop("The customer accepted the quotation %(quotation)s over %(amount)s yuan.")
    )


def revise(quotation, *, by, note):
    actions.revise_quotation(quotation, by=by)


def make_contract(quotation, *, by, note):
    actions.contract_from(quotation, by=by)


def _check_term(quotation):
    today = timezone.localdate()
    if quotation.valid_until >= today:
        return today
    words = {"quotation": quotation, "day": quotation.valid_until}
    if quotation.status in Quotation.CHANGEABLE:
        raise StepRefused(_("“%(quotation)s” was valid until %(day)s. Change the day, then send it.") % words)
    raise StepRefused(_("“%(quotation)s” was valid until %(day)s. Revise it: that makes its next version.") % words)


def _tell_owner(quotation, by, message: str, **parameters) -> None:
    if quotation.owner_id and quotation.owner_id != by.pk:
        _tell([quotation.owner_id], quotation, message, by=str(by), **parameters)


def _tell(people: list[int], quotation, message: str, **parameters) -> None:
    notify(people, message, url=_url(quotation), quotation=str(quotation), **parameters)


def _enter_in_timeline(quotation, by, message: str) -> None:
    add_timeline_entry(
        quotation.customer_id,
        by=by,
        message=message,
        url=_url(quotation),
        quotation=str(quotation),
        amount=money(quotation.total_amount),
        day=quotation.valid_until.isoformat(),
    )


def _url(quotation) -> str:
    return reverse("contracts:quotation_detail", args=[quotation.pk])


_STEPS = (
    PriceStep(
        "send",
        gettext_lazy("Send"),
        frozenset({*Quotation.CHANGEABLE, Q.APPROVED}),
        Q.SENT,
        "contracts.send_quotation",
        send,
    ),
    PriceStep(
        "submit",
        gettext_lazy("Submit for approval"),
        frozenset(Quotation.CHANGEABLE),
        Q.SUBMITTED,
        "contracts.submit_quotation",
        submit,
        within_limit=False,
    ),
    PriceStep(
        "approve",
        gettext_lazy("Approve the prices"),
        frozenset({Q.SUBMITTED}),
        Q.APPROVED,
        "contracts.approve_quotation",
        approve,
        by_another=True,
        tone="success",
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({Q.SUBMITTED}),
        Q.RETURNED,
        "contracts.return_quotation",
        send_back,
        needs_note=True,
        tone="warning",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({Q.SUBMITTED}),
        Q.DRAFT,
        "contracts.submit_quotation",
        tone="secondary",
    ),
    Step(
        "accept",
        gettext_lazy("Customer accepts"),
        frozenset({Q.SENT}),
        Q.ACCEPTED,
        "contracts.accept_quotation",
        accept,
        tone="success",
    ),
    ContractStep(
        "contract",
        gettext_lazy("Make the contract"),
        frozenset({Q.ACCEPTED}),
        "",
        "contracts.add_contract",
        make_contract,
    ),
    Step(
        "revise",
        gettext_lazy("Revise"),
        frozenset(Quotation.REVISABLE),
        Q.SUPERSEDED,
        "contracts.revise_quotation",
        revise,
        tone="secondary",
    ),
    Step(
        "expire",
        gettext_lazy("Let it expire"),
        frozenset({*Quotation.CHANGEABLE, Q.APPROVED, Q.SENT}),
        Q.EXPIRED,
        "contracts.expire_quotation",
        tone="secondary",
    ),
)
QUOTATION_STEPS = behind(QUOTATION_APPROVAL, _STEPS)
