"""The status diagram of opportunities; the stage they stand in is moved apart from it."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.errors import StepRefused
from core.models import StatusChange
from core.notices import notify
from core.undo import offer
from core.workflow import Step, behind
from customers import actions, forms
from customers.approvals import LOSS_APPROVAL
from customers.gates import missing_for
from customers.models import ContactRecord, Opportunity, Stage

S = Opportunity.Status


def move(opportunity, *, by, note, stage, drawn_in=""):
    """To another open stage of its pipeline, once everything is known that is asked for there.

    ``drawn_in`` is the key of the stage where the reader's board shows it.
    """
    before, since, estimate = opportunity.stage, opportunity.stage_since, opportunity.manual_probability
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
    _refuse_while_missing(opportunity, stage)
    actions.enter_stage(opportunity, stage, by=by)
    offer(
        "customers.move",
        by=by,
        parameters={
            "opportunity": opportunity.pk,
            "before": before.pk,
            "after": stage.pk,
            "since": since.isoformat(),
            "estimate": estimate,
        },
        message=gettext_noop("“%(opportunity)s” was moved to “%(stage)s”."),
        words={"opportunity": opportunity.title, "stage": stage.name},
    )


def win(opportunity, *, by, note, amount):
    """Won by hand, for the amount agreed and with everything known; an approved order wins by itself."""
    opportunity.amount = amount
    _refuse_while_missing(opportunity, opportunity.pipeline.stages.get(kind=Stage.Kind.WON))
    opportunity.save(update_fields=["amount"])
    actions.close_as_won(opportunity, by=by)


def ask_for_loss(opportunity, *, by, note, lost_reason, competitor=None, price_amount=None, dealer_name=""):
    actions.note_loss(
        opportunity, reason=lost_reason, competitor=competitor, price_amount=price_amount, dealer_name=dealer_name
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
    change = _last_change(opportunity, S.WON)
    # What was taken over from elsewhere has no such change; there the approved order tells.
    has_order = opportunity.contact_records.filter(kind=ContactRecord.Kind.ORDER).exists()
    if change.step != "win" if change else has_order:
        raise StepRefused(
            _("“%(opportunity)s” was won by an order. Cancel the order, then it opens again by itself.")
            % {"opportunity": opportunity}
        )
    actions.open_again(opportunity, by=by)


def _refuse_while_missing(opportunity, stage) -> None:
    missing = missing_for(opportunity, stage)
    if missing:
        raise StepRefused(
            _("“%(opportunity)s” cannot enter “%(stage)s” yet. Missing: %(missing)s.")
            % {"opportunity": opportunity, "stage": stage, "missing": "、".join(missing)}
        )


def _refuse_own_loss(opportunity, by) -> None:
    change = _last_change(opportunity, S.LOSING)
    if change is not None and change.by_id == by.pk:
        raise StepRefused(
            _("You asked for the loss of “%(opportunity)s” yourself; somebody else has to decide.")
            % {"opportunity": opportunity}
        )


def _last_change(opportunity, status: str) -> StatusChange | None:
    kind = ContentType.objects.get_for_model(Opportunity)
    return StatusChange.objects.filter(content_type=kind, object_id=opportunity.pk, after=status).order_by("pk").last()


def _tell_owner(opportunity, by, message: str, **words: str) -> None:
    if opportunity.owner_id and opportunity.owner_id != by.pk:
        url = reverse("customers:opportunity_detail", args=[opportunity.pk])
        notify([opportunity.owner_id], message, url=url, by=str(by), opportunity=opportunity.title, **words)


_STEPS = (
    Step(
        "move",
        gettext_lazy("Move to a stage"),
        frozenset({S.OPEN}),
        S.OPEN,
        "customers.advance_opportunity",
        move,
        forms.MoveForm,
    ),
    Step(
        "win",
        gettext_lazy("Mark won"),
        frozenset({S.OPEN}),
        S.WON,
        "customers.win_opportunity",
        win,
        forms.WinForm,
        tone="success",
    ),
    Step(
        "lose",
        gettext_lazy("Ask to confirm the loss"),
        frozenset({S.OPEN}),
        S.LOSING,
        "customers.lose_opportunity",
        ask_for_loss,
        forms.LoseForm,
        needs_note=True,
        tone="secondary",
    ),
    Step(
        "withdraw_loss",
        gettext_lazy("Not lost after all"),
        frozenset({S.LOSING}),
        S.OPEN,
        "customers.lose_opportunity",
        withdraw_loss,
        tone="secondary",
    ),
    Step(
        "confirm_loss",
        gettext_lazy("Confirm the loss"),
        frozenset({S.LOSING}),
        S.LOST,
        "customers.approve_opportunity",
        confirm_loss,
        by_another=True,
        tone="danger",
    ),
    Step(
        "refuse_loss",
        gettext_lazy("Do not confirm the loss"),
        frozenset({S.LOSING}),
        S.OPEN,
        "customers.approve_opportunity",
        refuse_loss,
        needs_note=True,
        by_another=True,
        tone="secondary",
    ),
    Step(
        "revive",
        gettext_lazy("Revive"),
        frozenset({S.LOST}),
        S.OPEN,
        "customers.revive_opportunity",
        open_again,
        needs_note=True,
    ),
    Step(
        "reopen",
        gettext_lazy("Open again"),
        frozenset({S.WON}),
        S.OPEN,
        "customers.approve_opportunity",
        reopen,
        needs_note=True,
        tone="secondary",
    ),
)
OPPORTUNITY_STEPS = behind(LOSS_APPROVAL, _STEPS)
