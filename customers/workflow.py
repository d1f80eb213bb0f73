"""The status diagrams of leads, opportunities and key account registrations."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.locks import hold
from core.models import StatusChange
from core.notices import notify
from core.undo import offer
from core.workflow import Step, log_status
from customers import actions, forms, queries, rules
from customers.gates import missing_for
from customers.models import KeyAccountRegistration, Lead, Opportunity, Stage
from customers.rules import is_same_company, plain_name

L, P, K = Lead.Status, Opportunity.Status, KeyAccountRegistration.Status


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


def move(opportunity, *, by, note, stage, drawn_in=""):
    """To another open stage of its pipeline, once everything is known that is asked for there.

    ``drawn_in`` is the key of the stage where the reader's board shows it.
    """
    before = opportunity.stage
    if drawn_in and drawn_in != str(before.pk):
        raise StepRefused(
            _("“%(opportunity)s” has been moved to “%(stage)s” meanwhile. Reload the board.")
            % {"opportunity": opportunity, "stage": before}
        )
    if stage.pipeline_id != opportunity.pipeline_id or stage.kind != Stage.Kind.OPEN or not stage.is_active:
        raise StepRefused(
            _("“%(stage)s” is no open stage of the pipeline %(pipeline)s.")
            % {"stage": stage, "pipeline": opportunity.pipeline}
        )
    missing = missing_for(opportunity, stage)
    if missing:
        raise StepRefused(
            _("“%(opportunity)s” cannot enter “%(stage)s” yet. Missing: %(missing)s.")
            % {"opportunity": opportunity, "stage": stage, "missing": "、".join(missing)}
        )
    actions.enter_stage(opportunity, stage, by=by)
    offer(
        "customers.move",
        by=by,
        parameters={"opportunity": opportunity.pk, "before": before.pk, "after": stage.pk},
        message=gettext_noop("“%(opportunity)s” was moved to “%(stage)s”."),
        words={"opportunity": opportunity.title, "stage": stage.name},
    )


def win(opportunity, *, by, note, amount):
    """Won by hand, for the amount agreed; an approved order wins by itself."""
    opportunity.amount = amount
    opportunity.save(update_fields=["amount"])
    actions.close_as_won(opportunity, by=by)


def ask_for_loss(opportunity, *, by, note, lost_reason, competitor=None, price_amount=None, dealer_name=""):
    actions.note_loss(
        opportunity, reason=lost_reason, competitor=competitor, price_amount=price_amount, dealer_name=dealer_name
    )
    notify(
        queries.managers_of(opportunity.unit, but=by),
        gettext_noop("%(by)s asks to confirm the loss of %(opportunity)s: %(reason)s"),
        url=reverse("customers:opportunity_detail", args=[opportunity.pk]),
        by=str(by),
        opportunity=opportunity.title,
        reason=note,
    )


def confirm_loss(opportunity, *, by, note):
    _refuse_own_loss(opportunity, by)
    actions.close_as_lost(opportunity, by=by)
    _tell_owner(opportunity, by, gettext_noop("%(by)s confirmed the loss of %(opportunity)s."))


def refuse_loss(opportunity, *, by, note):
    _refuse_own_loss(opportunity, by)
    actions.keep_open(opportunity)
    _tell_owner(
        opportunity, by, gettext_noop("%(by)s did not confirm the loss of %(opportunity)s: %(note)s"), note=note
    )


def withdraw_loss(opportunity, *, by, note):
    actions.keep_open(opportunity)


def open_again(opportunity, *, by, note):
    actions.open_again(opportunity, by=by)


def reopen(opportunity, *, by, note):
    """What an approved order won stays won as long as there is the order."""
    if _last_change(opportunity, P.WON).step != "win":
        raise StepRefused(
            _("“%(opportunity)s” was won by an order. Cancel the order, then it opens again by itself.")
            % {"opportunity": opportunity}
        )
    actions.open_again(opportunity, by=by)


def _refuse_own_loss(opportunity, by) -> None:
    if _last_change(opportunity, P.LOSING).by_id == by.pk:
        raise StepRefused(
            _("You asked for the loss of “%(opportunity)s” yourself; somebody else has to decide.")
            % {"opportunity": opportunity}
        )


def _last_change(opportunity, status: str) -> StatusChange:
    kind = ContentType.objects.get_for_model(Opportunity)
    return StatusChange.objects.filter(content_type=kind, object_id=opportunity.pk, after=status).latest("pk")


def _tell_owner(opportunity, by, message: str, **words: str) -> None:
    if opportunity.owner_id and opportunity.owner_id != by.pk:
        url = reverse("customers:opportunity_detail", args=[opportunity.pk])
        notify([opportunity.owner_id], message, url=url, by=str(by), opportunity=opportunity.title, **words)


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
        "move",
        gettext_lazy("Move to a stage"),
        frozenset({P.OPEN}),
        P.OPEN,
        "customers.advance_opportunity",
        move,
        forms.MoveForm,
    ),
    Step(
        "win",
        gettext_lazy("Mark won"),
        frozenset({P.OPEN}),
        P.WON,
        "customers.win_opportunity",
        win,
        forms.WinForm,
        tone="success",
    ),
    Step(
        "lose",
        gettext_lazy("Ask to confirm the loss"),
        frozenset({P.OPEN}),
        P.LOSING,
        "customers.lose_opportunity",
        ask_for_loss,
        forms.LoseForm,
        needs_note=True,
        tone="secondary",
    ),
    Step(
        "withdraw_loss",
        gettext_lazy("Not lost after all"),
        frozenset({P.LOSING}),
        P.OPEN,
        "customers.lose_opportunity",
        withdraw_loss,
        tone="secondary",
    ),
    Step(
        "confirm_loss",
        gettext_lazy("Confirm the loss"),
        frozenset({P.LOSING}),
        P.LOST,
        "customers.approve_opportunity",
        confirm_loss,
        by_another=True,
        tone="danger",
    ),
    Step(
        "refuse_loss",
        gettext_lazy("Do not confirm the loss"),
        frozenset({P.LOSING}),
        P.OPEN,
        "customers.approve_opportunity",
        refuse_loss,
        needs_note=True,
        by_another=True,
        tone="secondary",
    ),
    Step(
        "revive",
        gettext_lazy("Revive"),
        frozenset({P.LOST}),
        P.OPEN,
        "customers.revive_opportunity",
        open_again,
        needs_note=True,
    ),
    Step(
        "reopen",
        gettext_lazy("Open again"),
        frozenset({P.WON}),
        P.OPEN,
        "customers.approve_opportunity",
        reopen,
        needs_note=True,
        tone="secondary",
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
