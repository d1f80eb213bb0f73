"""The status diagrams of leads, opportunities and key account registrations."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.locks import hold
from core.notices import notify
from core.workflow import Step, log_status
from customers import actions, forms, rules
from customers.models import KeyAccountRegistration, Lead, Opportunity
from customers.rules import is_same_company, plain_name

L, S, K = Lead.Status, Opportunity.Stage, KeyAccountRegistration.Status


def assign(lead, *, by, note, owner):
    """The lead gets its owner and keeps its unit; the owner works in that unit, above it or below it."""
    if owner.unit is None or not (owner.unit.contains(lead.unit) or lead.unit.contains(owner.unit)):
        raise StepRefused(
            _("%(owner)s works in another part of the organisation. Choose somebody of this unit or above it.")
            % {"owner": owner}
        )
    lead.owner = owner
    lead.save(update_fields=["owner"])
    notify(
        [owner.pk],
        gettext_noop("%(by)s assigned the lead %(lead)s to you."),
        url=reverse("customers:lead_detail", args=[lead.pk]),
        by=str(by),
        lead=lead.name,
    )


def qualify(lead, *, by, note, intent_level, next_contact_on):
    lead.intent_level = intent_level
    lead.next_contact_on = next_contact_on or rules.next_contact_due(intent_level, timezone.localdate())
    lead.save(update_fields=["intent_level", "next_contact_on"])


def convert(lead, *, by, note, **choices):
    actions.convert_lead(lead, by=by, **choices)


def lose(opportunity, *, by, note, lost_reason):
    opportunity.lost_reason, opportunity.closed_at = lost_reason, timezone.now()
    opportunity.save(update_fields=["lost_reason", "closed_at"])


def register(registration, *, by, note):
    """Two dealers cannot hold the same project, whichever row of the customer each of them entered."""
    today = timezone.localdate()
    hold("customers.register_project")
    rival = _rival(registration, today)
    if rival:
        raise StepRefused(
            _("The project is already registered as %(number)s and protected until %(day)s.")
            % {"number": rival.number, "day": rival.protected_until}
        )
    _end_expired_twins(registration, by=by)
    registration.protected_until = rules.protection_end(today)
    registration.save(update_fields=["protected_until"])


def _rival(registration, today) -> KeyAccountRegistration | None:
    """The protected registration of the same project of the same company."""
    project = plain_name(registration.project_name)
    protected = KeyAccountRegistration.objects.protected(today).exclude(pk=registration.pk).select_related("customer")
    return next(
        (
            other
            for other in protected.order_by("pk")
            if plain_name(other.project_name) == project and is_same_company(other.customer, registration.customer)
        ),
        None,
    )


def _end_expired_twins(registration, *, by) -> None:
    """What is no longer protected makes way, as the database asks: one registration per customer and project."""
    twins = KeyAccountRegistration.objects.select_for_update(of=("self",)).filter(
        status=K.REGISTERED, customer=registration.customer_id, project_name=registration.project_name
    )
    for twin in twins.exclude(pk=registration.pk):
        twin.status = K.REJECTED
        twin.save(update_fields=["status"])
        log_status(twin, by=by, step="expire", before=K.REGISTERED, after=K.REJECTED, note=registration.number)


ASSIGN = Step(
    "assign",
    gettext_lazy("Assign"),
    frozenset({L.NEW, L.ASSIGNED}),
    L.ASSIGNED,
    "customers.assign_lead",
    assign,
    forms.AssignForm,
)
LEAD_STEPS = (
    ASSIGN,
    Step(
        "qualify",
        gettext_lazy("Qualify"),
        frozenset({L.NEW, L.ASSIGNED}),
        L.QUALIFIED,
        "customers.qualify_lead",
        qualify,
        forms.QualifyForm,
    ),
    Step(
        "convert",
        gettext_lazy("Convert"),
        frozenset({L.QUALIFIED}),
        L.CONVERTED,
        "customers.convert_lead",
        convert,
        forms.ConvertForm,
        tone="success",
    ),
    Step(
        "invalidate",
        gettext_lazy("Mark invalid"),
        frozenset(Lead.OPEN),
        L.INVALID,
        "customers.invalidate_lead",
        needs_note=True,
        tone="secondary",
    ),
)
OPPORTUNITY_STEPS = (
    Step(
        "propose",
        gettext_lazy("Proposal made"),
        frozenset({S.QUALIFICATION}),
        S.PROPOSAL,
        "customers.advance_opportunity",
        field="stage",
    ),
    Step(
        "negotiate",
        gettext_lazy("Negotiate"),
        frozenset({S.PROPOSAL}),
        S.NEGOTIATION,
        "customers.advance_opportunity",
        field="stage",
    ),
    Step(
        "lose",
        gettext_lazy("Mark lost"),
        frozenset({S.QUALIFICATION, S.PROPOSAL, S.NEGOTIATION}),
        S.LOST,
        "customers.lose_opportunity",
        lose,
        forms.LoseForm,
        needs_note=True,
        tone="secondary",
        field="stage",
    ),
)
REGISTRATION_STEPS = (
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
        "reject",
        gettext_lazy("Reject"),
        frozenset({K.SUBMITTED}),
        K.REJECTED,
        "customers.reject_keyaccountregistration",
        needs_note=True,
        by_another=True,
        tone="danger",
    ),
)
