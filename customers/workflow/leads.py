"""The status diagram of leads."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.notices import notify
from core.workflow import Step, log_status
from customers import actions, forms, queries
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
    lead.next_contact_on = next_contact_on or queries.next_contact_due(intent_level, timezone.localdate())
    lead.save(update_fields=["intent_level", "next_contact_on"])
    actions.rescore(Lead.objects.filter(pk=lead.pk))


def assign_by_rules(lead, *, by, note):
    turns = actions.assign_by_rules(lead)
    if not turns:
        raise StepRefused(_("No assignment rule fits “%(lead)s”. Choose its owner yourself.") % {"lead": lead})
    if turns[-1].person is None:
        raise StepRefused(" ".join(turn.reason for turn in turns))
    log_status(lead, by=by, step="assign_by_rules", before=lead.status, after=lead.status, note=turns[-1].reason)


def award(lead, *, by, note):
    """The lead goes to who contests it; the other one ends."""
    rival = _holder_seen(lead, by)
    if rival.status == S.CONVERTED:
        raise StepRefused(
            _("“%(lead)s” has become a customer of %(unit)s already. Dismiss this one.")
            % {"lead": rival, "unit": rival.unit}
        )
    before, rival.status = rival.status, S.INVALID
    rival.save(update_fields=["status"])
    log_status(rival, by=by, step="award", before=before, after=S.INVALID, note=note)
    lead.status, lead.contests = S.ASSIGNED if lead.owner_id else S.NEW, rival
    lead.save(update_fields=["status", "contests"])
    if lead.owner_id is None:
        actions.give_turn(lead, by=by)
    _tell_both(lead, rival, by, gettext_noop("%(by)s decided that the lead %(lead)s belongs to %(unit)s."))


def dismiss(lead, *, by, note):
    rival = _holder_seen(lead, by)
    if rival.status == S.INVALID or rival.binned_at:
        raise StepRefused(
            _("%(unit)s has given up “%(lead)s”. Give it to who contests it.") % {"lead": rival, "unit": rival.unit}
        )
    _tell_both(rival, lead, by, gettext_noop("%(by)s decided that the lead %(lead)s belongs to %(unit)s."))


def _holder_seen(lead, by) -> Lead:
    """Who decides between two must see both, even where one lies in the recycle bin."""
    holder = actions.holder_of(lead)
    rival = Lead.objects.select_for_update(of=("self",)).select_related("unit").get(pk=holder.pk)
    seen = (Lead.objects.visible_to(by), Lead.objects.binned_within(by))
    if not any(rows.filter(pk=rival.pk).exists() for rows in seen):
        raise StepRefused(
            _("The other lead belongs to %(unit)s, which you do not manage. The director decides.")
            % {"unit": rival.unit}
        )
    return rival


def _tell_both(winner, loser, by, message: str) -> None:
    for lead in (winner, loser):
        people = {lead.owner_id, lead.recorded_by_id} - {None, by.pk}
        url = reverse("customers:lead_detail", args=[lead.pk])
        notify(sorted(people), message, url=url, by=str(by), lead=lead.name, unit=winner.unit.name)


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
ASSIGN_BY_RULES = Step(
    "assign_by_rules",
    gettext_lazy("Assign by rule"),
    frozenset({S.NEW}),
    "",
    "customers.assign_lead",
    assign_by_rules,
    tone="secondary",
)
LEAD_STEPS = (
    Step(
        "award",
        gettext_lazy("Give to who contests it"),
        frozenset({S.CONTESTED}),
        "",
        "customers.arbitrate_lead",
        award,
        needs_note=True,
        tone="success",
    ),
    Step(
        "dismiss",
        gettext_lazy("Leave with who has it"),
        frozenset({S.CONTESTED}),
        S.INVALID,
        "customers.arbitrate_lead",
        dismiss,
        needs_note=True,
        tone="secondary",
    ),
    ASSIGN,
    ASSIGN_BY_RULES,
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
