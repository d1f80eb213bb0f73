from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.models import Customer, Opportunity
from users.models import Unit, User


@transaction.atomic
def add_opportunity(
    *, by: User, customer: Customer, title: str, owner: User | None = None, unit: Unit | None = None, **fields
) -> Opportunity:
    number = next_number("opportunity", prefix="SJ", on=timezone.localdate())
    opportunity = Opportunity.objects.create(
        number=number,
        customer=customer,
        title=title.strip(),
        owner=owner or by,
        unit=unit or by.unit,
        search_text=search_text(title, number, customer.name),
        **fields,
    )
    log_status(opportunity, by=by, step="add", before="", after=opportunity.stage)
    return opportunity


@transaction.atomic
def change_opportunity(opportunity_id: int, *, by: User, **fields) -> Opportunity:
    opportunity = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity_id)
    if opportunity.stage not in Opportunity.CHANGEABLE:
        raise RuleBroken(_("“%(opportunity)s” is closed and can no longer be changed.") % {"opportunity": opportunity})
    for name, value in fields.items():
        setattr(opportunity, name, value)
    opportunity.search_text = search_text(opportunity.title, opportunity.number, opportunity.customer.name)
    opportunity.save(update_fields=[*fields, "search_text"])
    return opportunity


@transaction.atomic
def win_opportunity(opportunity_id: int, *, by: User) -> Opportunity:
    """An approved order wins its opportunity, whatever stage it was in; a second order changes nothing."""
    opportunity = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity_id)
    if opportunity.stage != Opportunity.Stage.WON:
        before, opportunity.stage = opportunity.stage, Opportunity.Stage.WON
        opportunity.closed_at, opportunity.lost_reason = timezone.now(), ""
        opportunity.save(update_fields=["stage", "closed_at", "lost_reason"])
        log_status(opportunity, by=by, step="win", before=before, after=opportunity.stage)
    return opportunity


@transaction.atomic
def reopen_opportunity(opportunity_id: int, *, by: User) -> Opportunity:
    """The order that won it was cancelled: it is negotiated again."""
    opportunity = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity_id)
    if opportunity.stage == Opportunity.Stage.WON:
        before, opportunity.stage = opportunity.stage, Opportunity.Stage.NEGOTIATION
        opportunity.closed_at = None
        opportunity.save(update_fields=["stage", "closed_at"])
        log_status(opportunity, by=by, step="reopen", before=before, after=opportunity.stage)
    return opportunity
