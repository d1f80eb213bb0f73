"""Who holds a project of a key account: the status diagram of registrations, with arbitration between two claims."""

from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.locks import hold
from core.notices import notify
from core.workflow import Step, behind, log_status, own_hands
from customers import rules
from customers.approvals import REGISTRATION_APPROVAL
from customers.key_account_forms import ArbitrateForm, ExtendForm
from customers.models import Arbitration, KeyAccountRegistration
from customers.queries import rival_for, rival_of

K = KeyAccountRegistration.Status
TOPIC = "customers.register_project"
REMIND_DAYS = 7


def register(registration, *, by, note):
    """Two dealers cannot hold the same project, whichever row of the customer each of them entered.

    Where both claims wait, somebody judges between them: the one that was opened first does not simply win.
    """
    today = timezone.localdate()
    hold(TOPIC)
    _refuse_rival(registration, today)
    waiting = rival_of(registration, KeyAccountRegistration.objects.claiming(today))
    if waiting:
        raise StepRefused(
            _("%(number)s claims the same project and waits as well. Arbitrate between the two, or reject one.")
            % {"number": waiting.number}
        )
    _protect(registration, today, by=by)


def _refuse_rival(registration, today) -> None:
    rival = rival_of(registration, KeyAccountRegistration.objects.protected(today))
    if rival:
        raise StepRefused(
            _("The project is already registered as %(number)s and protected until %(day)s. Reject, or arbitrate.")
            % {"number": rival.number, "day": rival.protected_until}
        )


def arbitrate(registration, *, by, note, decision):
    """One of two claims holds the project, the other gives way; both owners read why."""
    today = timezone.localdate()
    hold(TOPIC)
    rival = _locked_rival(registration, today, by=by, decision=decision)
    winner, loser = (registration, rival) if decision[0] == registration.pk else (rival, registration)
    for claim in (loser, winner):
        is_winner = claim is winner
        REGISTRATION_APPROVAL.settle(claim, gettext_lazy("Arbitrate"), by=by, note=note, is_approved=is_winner)
    if loser is rival:
        _close(rival, K.REJECTED, by=by, step="arbitrate", note=note)
    if winner.status != K.REGISTERED:
        _protect(winner, today, by=by)
    if winner is rival and rival.status != K.REGISTERED:
        _close(rival, K.REGISTERED, by=by, step="arbitrate", note=note)
    # The opened claim itself is saved and logged by the step.
    registration.status = K.REGISTERED if winner is registration else K.REJECTED
    Arbitration.objects.create(winner=winner, loser=loser, reason=note.strip(), by=by)
    for claim in (winner, loser):
        _tell_owner(
            claim,
            gettext_noop("%(by)s decided that %(winner)s holds the project and %(loser)s gives way: %(reason)s"),
            by=str(by),
            winner=winner.number,
            loser=loser.number,
            reason=note,
        )


def _locked_rival(registration, today, *, by, decision: tuple[int, int]):
    """Whoever decides on it at this moment in another window is not waited for: his decision comes first."""
    rival = rival_for(by, registration, today)
    if by.pk in own_hands(rival):
        raise StepRefused(_("The other claim, %(rival)s, is yours; somebody else has to decide.") % {"rival": rival})
    claims = KeyAccountRegistration.objects.claiming(today).select_for_update(of=("self",), skip_locked=True)
    rival = claims.filter(pk=rival.pk).first()
    if rival is None or {rival.pk, registration.pk} != set(decision):
        raise StepRefused(_("The claims have changed meanwhile. Look at them again."))
    return rival


def extend(registration, *, by, note, protected_until):
    hold(TOPIC)
    _refuse_rival(registration, timezone.localdate())
    registration.protected_until = protected_until
    registration.save(update_fields=["protected_until"])
    day = str(protected_until)
    _tell_owner(registration, gettext_noop("%(by)s extended %(project)s until %(day)s."), by=str(by), day=day)


def expire_registrations(today: date) -> int:
    """Each night: what is no longer protected is closed, and who holds what ends in a week hears of it."""
    ended = KeyAccountRegistration.objects.filter(status=K.REGISTERED, protected_until__lt=today)
    expired = list(ended.select_for_update(of=("self",)).order_by("pk"))
    for registration in expired:
        _close(registration, K.EXPIRED, by=None, step="expire", note="")
        _tell_owner(registration, gettext_noop("The protection of %(project)s has ended."))
    ending = KeyAccountRegistration.objects.filter(
        status=K.REGISTERED, protected_until__lte=today + timedelta(days=REMIND_DAYS)
    ).exclude(reminded_of=F("protected_until"))
    for registration in ending.select_for_update(of=("self",)).order_by("pk"):
        day = str(registration.protected_until)
        _tell_owner(registration, gettext_noop("The protection of %(project)s ends on %(day)s."), day=day)
        registration.reminded_of = registration.protected_until
        registration.save(update_fields=["reminded_of"])
    return len(expired)


def _protect(registration, today, *, by) -> None:
    """What is no longer protected makes way, as the database asks: one registration per customer and project."""
    twins = KeyAccountRegistration.objects.select_for_update(of=("self",)).filter(
        status=K.REGISTERED,
        protected_until__lt=today,
        customer=registration.customer_id,
        project_name=registration.project_name,
    )
    for twin in twins.exclude(pk=registration.pk):
        _close(twin, K.EXPIRED, by=by, step="expire", note=registration.number)
    registration.protected_until = rules.protection_end(today)
    registration.save(update_fields=["protected_until"])


def _close(registration, status: str, *, by, step: str, note: str) -> None:
    before, registration.status = registration.status, status
    registration.save(update_fields=["status"])
    log_status(registration, by=by, step=step, before=before, after=status, note=note)


def _tell_owner(registration, message: str, **words: str) -> None:
    url = reverse("customers:keyaccountregistration_detail", args=[registration.pk])
    owners = [registration.owner_id] if registration.owner_id else []
    notify(owners, message, url=url, project=str(registration), **words)


_STEPS = (
    Step(
        "submit", gettext_lazy("Submit"), frozenset({K.DRAFT}), K.SUBMITTED, "customers.submit_keyaccountregistration"
    ),
    Step(
        "register",
        gettext_lazy("Register"),
        frozenset({K.SUBMITTED}),
        K.REGISTERED,
        "customers.register_keyaccountregistration",
        register,
        by_another=True,
        tone="success",
    ),
    Step(
        "arbitrate",
        gettext_lazy("Arbitrate"),
        frozenset({K.SUBMITTED}),
        "",
        "customers.arbitrate_keyaccountregistration",
        arbitrate,
        ArbitrateForm,
        needs_note=True,
        by_another=True,
    ),
    Step(
        "extend",
        gettext_lazy("Extend"),
        frozenset({K.REGISTERED}),
        K.REGISTERED,
        "customers.extend_keyaccountregistration",
        extend,
        ExtendForm,
        needs_note=True,
        by_another=True,
    ),
    Step(
        "reject",
        gettext_lazy("Reject"),
        frozenset({K.SUBMITTED}),
        K.REJECTED,
        "customers.reject_keyaccountregistration",
        needs_note=True,
        by_another=True,
        tone="danger",
    ),
    Step(
        "withdraw",
        gettext_lazy("Withdraw"),
        frozenset({K.SUBMITTED}),
        K.DRAFT,
        "customers.submit_keyaccountregistration",
        tone="secondary",
    ),
)
REGISTRATION_STEPS = behind(REGISTRATION_APPROVAL, _STEPS)
