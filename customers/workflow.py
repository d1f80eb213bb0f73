"""The status diagrams of leads, opportunities and key account registrations."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.notices import notify
from core.workflow import Step
from customers import actions, forms, rules
from customers.models import KeyAccountRegistration, Lead, Opportunity

L, S, K = Lead.Status, Opportunity.Stage, KeyAccountRegistration.Status


def assign(lead, *, by, note, owner):
    """The lead moves to the new owner's unit, except that it never leaves the subtree it was recorded in."""
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
        url=f"/customers/leads/{lead.pk}/",
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
    """Two dealers cannot hold the same project: a protected one of the same name and customer refuses the second."""
    today = timezone.localdate()
    rival = (
        KeyAccountRegistration.objects.protected(today)
        .filter(customer=registration.customer_id, project_name=registration.project_name)
        .exclude(pk=registration.pk)
        .first()
    )
    if rival:
        raise StepRefused(
            _("The project is already registered as %(number)s and protected until %(day)s.")
            % {"number": rival.number, "day": rival.protected_until}
        )
    registration.protected_until = rules.protection_end(today)
    registration.save(update_fields=["protected_until"])


LEAD_STEPS = (
    Step(
        "assign",
        gettext_lazy("Assign"),
        frozenset({L.NEW, L.ASSIGNED}),
        L.ASSIGNED,
        "customers.assign_lead",
        assign,
        forms.AssignForm,
    ),
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
