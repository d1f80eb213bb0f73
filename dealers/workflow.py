"""The status diagrams of dealers, service stations, authorisation contracts and rebate policies."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.errors import StepRefused
from core.periods import ONE_DAY, period_of
from core.workflow import Step, behind, log_status
from dealers import actions
from dealers.approvals import CREDIT_LINE_APPROVAL
from dealers.models import Authorisation, CreditLineChange, Dealer, RebatePolicy, ServiceStation
from users.models import User

D, S, A = Dealer.State, ServiceStation.State, Authorisation.Status
C, P = CreditLineChange.Status, RebatePolicy.Status
PUBLISH = "dealers.publish_rebatepolicy"


@dataclass(frozen=True)
class VersionStep(Step):
    """Offered while nobody draws up a version, to whom somebody else can follow and publish it."""

    def is_offered(self, record, user) -> bool:
        return (
            super().is_offered(record, user)
            and not RebatePolicy.objects.draft_of(record).exists()
            and User.objects.on_duty().holding(PUBLISH).exclude(pk=user.pk).exists()
        )


def open_formally(dealer, *, by, note):
    """Formal operation rests on a signed contract that is valid today."""
    if not Authorisation.objects.valid_on(timezone.localdate()).filter(dealer=dealer).exists():
        raise StepRefused(
            _("“%(dealer)s” has no signed authorisation contract that is valid today. Sign one first.")
            % {"dealer": dealer}
        )


def leave_network(dealer, *, by, note):
    outlet = dealer.outlets.exclude(state=D.EXITED).first()
    if outlet:
        raise StepRefused(
            _("The outlet “%(outlet)s” still hangs on “%(dealer)s”. Let it leave the network first.")
            % {"outlet": outlet, "dealer": dealer}
        )


def sign(authorisation, *, by, note):
    """Contracts of one dealer are signed one after the other, and their periods do not overlap."""
    Dealer.objects.select_for_update(of=("self",)).get(pk=authorisation.dealer_id)
    rival = (
        Authorisation.objects.filter(
            dealer=authorisation.dealer_id,
            status=A.SIGNED,
            starts_on__lt=authorisation.ends_on,
            ends_on__gt=authorisation.starts_on,
        )
        .exclude(pk=authorisation.pk)
        .first()
    )
    if rival:
        raise StepRefused(
            _(
                "%(number)s authorises this dealer until %(day)s already. "
                "Terminate it first, or let this one start later."
            )
            % {"number": rival.number, "day": rival.ends_on}
        )


def publish(policy, *, by, note):
    """A later version takes over on its first day, which lies in no period that may be settled already."""
    earlier = RebatePolicy.objects.select_for_update(of=("self",)).published().filter(number=policy.number)
    overlapping = list(earlier.filter(valid_until__gte=policy.valid_from).order_by("pk"))
    cadences = {policy.cadence, *(version.cadence for version in overlapping)}
    first_open_day = max(period_of(cadence, timezone.localdate()).start for cadence in cadences)
    if overlapping and policy.valid_from < first_open_day:
        raise StepRefused(
            _("“%(policy)s” may be settled up to %(day)s. Let the new version begin on that day or later.")
            % {"policy": overlapping[0], "day": first_open_day}
        )
    for version in overlapping:
        _refuse_cut_period(version, policy.valid_from)
        if version.valid_from >= policy.valid_from:
            RebatePolicy.objects.filter(pk=version.pk).update(status=P.SUPERSEDED)
        else:
            RebatePolicy.objects.filter(pk=version.pk).update(valid_until=policy.valid_from - ONE_DAY)


def _refuse_cut_period(version, first_day):
    """A version settles its last period to the end: nothing else may pay for a part of it."""
    running = period_of(version.cadence, first_day)
    if version.valid_from < first_day != running.start:
        raise StepRefused(
            _("“%(policy)s” settles the whole period up to %(last)s. Let the new version begin on %(day)s.")
            % {"policy": version, "last": running.last_day, "day": running.end}
        )


def revise(policy, *, by, note):
    actions.next_version(policy, by=by)


def expire_authorisations(today) -> int:
    """Each night: signed contracts whose period is over."""
    ended = Authorisation.objects.filter(status=A.SIGNED, ends_on__lte=today).order_by("pk")
    keys = list(ended.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            authorisation = Authorisation.objects.select_for_update(of=("self",)).get(pk=key)
            if authorisation.status != A.SIGNED:
                continue
            authorisation.status = A.EXPIRED
            authorisation.save(update_fields=["status"])
            log_status(authorisation, by=None, step="expire", before=A.SIGNED, after=A.EXPIRED)
    return len(keys)


def approve_credit_line(change, *, by, note):
    actions.set_credit_line(change)


def withdraw_credit_line(change, *, by, note):
    if change.owner_id != by.pk:
        raise StepRefused(_("“%(change)s” was asked for by somebody else.") % {"change": change})


DEALER_STEPS = (
    Step(
        "build",
        gettext_lazy("Start building"),
        frozenset({D.PROSPECT}),
        D.BUILDING,
        "dealers.open_dealer",
        field="state",
    ),
    Step(
        "open_trial",
        gettext_lazy("Open on trial"),
        frozenset({D.BUILDING}),
        D.TRIAL,
        "dealers.open_dealer",
        field="state",
    ),
    Step(
        "open_formally",
        gettext_lazy("Open formally"),
        frozenset({D.TRIAL, D.RECTIFYING, D.SUSPENDED}),
        D.FORMAL,
        "dealers.open_dealer",
        open_formally,
        tone="success",
        field="state",
    ),
    Step(
        "rectify",
        gettext_lazy("Demand rectification"),
        frozenset({D.TRIAL, D.FORMAL}),
        D.RECTIFYING,
        "dealers.suspend_dealer",
        needs_note=True,
        tone="secondary",
        field="state",
    ),
    Step(
        "suspend",
        pgettext_lazy("dealer", "Suspend"),
        frozenset({D.TRIAL, D.FORMAL, D.RECTIFYING}),
        D.SUSPENDED,
        "dealers.suspend_dealer",
        needs_note=True,
        tone="secondary",
        field="state",
    ),
    Step(
        "exit",
        gettext_lazy("Leave the network"),
        frozenset(set(D) - {D.EXITED}),
        D.EXITED,
        "dealers.exit_dealer",
        leave_network,
        needs_note=True,
        tone="danger",
        field="state",
    ),
)
STATION_STEPS = (
    Step(
        "suspend",
        pgettext_lazy("dealer", "Suspend"),
        frozenset({S.ACTIVE}),
        S.SUSPENDED,
        "dealers.suspend_servicestation",
        needs_note=True,
        tone="secondary",
        field="state",
    ),
    Step(
        "resume",
        gettext_lazy("Resume"),
        frozenset({S.SUSPENDED}),
        S.ACTIVE,
        "dealers.suspend_servicestation",
        tone="success",
        field="state",
    ),
    Step(
        "exit",
        gettext_lazy("Leave the network"),
        frozenset({S.ACTIVE, S.SUSPENDED}),
        S.EXITED,
        "dealers.suspend_servicestation",
        needs_note=True,
        tone="danger",
        field="state",
    ),
)
AUTHORISATION_STEPS = (
    Step(
        "submit",
        gettext_lazy("Submit"),
        frozenset({A.DRAFT}),
        A.SUBMITTED,
        "dealers.submit_authorisation",
    ),
    Step(
        "return",
        gettext_lazy("Return"),
        frozenset({A.SUBMITTED}),
        A.DRAFT,
        "dealers.sign_authorisation",
        needs_note=True,
        tone="secondary",
    ),
    Step(
        "sign",
        gettext_lazy("Sign"),
        frozenset({A.SUBMITTED}),
        A.SIGNED,
        "dealers.sign_authorisation",
        sign,
        by_another=True,
        tone="success",
    ),
    Step(
        "terminate",
        gettext_lazy("Terminate"),
        frozenset({A.SIGNED}),
        A.TERMINATED,
        "dealers.terminate_authorisation",
        needs_note=True,
        tone="danger",
    ),
)
_CREDIT_LINE_STEPS = (
    Step(
        "approve",
        gettext_lazy("Approve"),
        frozenset({C.SUBMITTED}),
        C.APPROVED,
        "dealers.approve_creditlinechange",
        approve_credit_line,
        by_another=True,
        tone="success",
    ),
    Step(
        "reject",
        gettext_lazy("Reject"),
        frozenset({C.SUBMITTED}),
        C.REJECTED,
        "dealers.approve_creditlinechange",
        needs_note=True,
        by_another=True,
        tone="danger",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({C.SUBMITTED}),
        C.WITHDRAWN,
        "dealers.add_creditlinechange",
        withdraw_credit_line,
        tone="secondary",
    ),
)
CREDIT_LINE_STEPS = behind(CREDIT_LINE_APPROVAL, _CREDIT_LINE_STEPS)
REBATE_POLICY_STEPS = (
    Step(
        "publish",
        gettext_lazy("Publish"),
        frozenset({P.DRAFT}),
        P.PUBLISHED,
        PUBLISH,
        publish,
        by_another=True,
        tone="success",
    ),
    VersionStep(
        "revise",
        gettext_lazy("Make a new version"),
        frozenset({P.PUBLISHED}),
        P.PUBLISHED,
        "dealers.add_rebatepolicy",
        revise,
        tone="secondary",
    ),
)
