"""The status diagram of leads."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.notices import notify
from core.workflow import Step
from customers import actions, forms, rules
from customers.models import Lead

S = Lead.Status


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


ASSIGN = Step(
    "assign",
    gettext_lazy("Assign"),
    frozenset({S.NEW, S.ASSIGNED}),
    S.ASSIGNED,
    "customers.assign_lead",
    assign,
    forms.AssignForm,
)
LEAD_STEPS = (
    ASSIGN,
    Step(
        "qualify",
        gettext_lazy("Qualify"),
        frozenset({S.NEW, S.ASSIGNED}),
        S.QUALIFIED,
        "customers.qualify_lead",
        qualify,
        forms.QualifyForm,
    ),
    Step(
        "convert",
        gettext_lazy("Convert"),
        frozenset({S.QUALIFIED}),
        S.CONVERTED,
        "customers.convert_lead",
        convert,
        forms.ConvertForm,
        tone="success",
    ),
    Step(
        "invalidate",
        gettext_lazy("Mark invalid"),
        frozenset(Lead.OPEN),
        S.INVALID,
        "customers.invalidate_lead",
        needs_note=True,
        tone="secondary",
    ),
)
