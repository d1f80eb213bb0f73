from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.changes import changed
from core.errors import RuleBroken
from core.models import StatusChange
from core.numbering import next_number
from core.search import search_text
from core.workflow import log_status
from customers.models import (
    Customer,
    MetCompetitor,
    Opportunity,
    OpportunityLine,
    Pipeline,
    Stage,
    StageChange,
)
from products.models import CompetitorModel, Configuration, Price
from users.actions import refuse_without_unit
from users.models import Unit, User


@transaction.atomic
def add_opportunity(
    *,
    by: User,
    customer: Customer,
    title: str,
    owner: User | None = None,
    unit: Unit | None = None,
    lines: Iterable[dict] = (),
    **fields,
) -> Opportunity:
    """It begins in the first stage of the pipeline of its unit; with product lines it is worth their sum."""
    if unit is None:
        refuse_without_unit(by)
        unit = by.unit
    pipeline, stage = _beginning(unit)
    number = next_number("opportunity", prefix="SJ", on=timezone.localdate())
    products = _products(lines)
    opportunity = Opportunity.objects.create(
        number=number,
        customer=customer,
        title=title.strip(),
        owner=owner or by,
        unit=unit,
        pipeline=pipeline,
        stage=stage,
        search_text=search_text(title, number, customer.name),
        **fields | _sums(products),
    )
    _write_lines(opportunity, products)
    StageChange.objects.create(opportunity=opportunity, stage=stage, at=opportunity.stage_since, by=by)
    log_status(opportunity, by=by, step="add", before="", after=opportunity.status)
    return opportunity


@transaction.atomic
def change_opportunity(opportunity_id: int, *, by: User, lines: Iterable[dict] | None = None, **fields) -> Opportunity:
    opportunity = _locked(opportunity_id)
    _check_changeable(opportunity)
    if lines is not None:
        products = _products(lines)
        opportunity.lines.all().delete()
        _write_lines(opportunity, products)
        fields |= _sums(products)
    for name, value in fields.items():
        setattr(opportunity, name, value)
    opportunity.search_text = search_text(opportunity.title, opportunity.number, opportunity.customer.name)
    opportunity.save(update_fields=[*fields, "search_text"])
    return opportunity


def enter_stage(opportunity: Opportunity, stage: Stage, *, by: User | None) -> None:
    """Put a locked opportunity into a stage; its own estimate was meant for the stage before."""
    if opportunity.stage_id == stage.pk:
        return
    before, opportunity.stage = opportunity.stage, stage
    opportunity.stage_since, opportunity.manual_probability = timezone.now(), None
    opportunity.save(update_fields=["stage", "stage_since", "manual_probability"])
    StageChange.objects.create(opportunity=opportunity, before=before, stage=stage, at=opportunity.stage_since, by=by)


@transaction.atomic
def undo_move(parameters: dict, *, by: User) -> None:
    opportunity = _locked(parameters["opportunity"])
    if opportunity.status != Opportunity.Status.OPEN or opportunity.stage_id != parameters["after"]:
        raise RuleBroken(_("“%(opportunity)s” has moved on since.") % {"opportunity": opportunity})
    before = Stage.objects.get(pk=parameters["before"])
    if not before.is_active:
        raise RuleBroken(_("The stage “%(stage)s” has been switched off since.") % {"stage": before})
    enter_stage(opportunity, before, by=by)
    opportunity.stage_since = datetime.fromisoformat(parameters["since"])
    opportunity.manual_probability = parameters["estimate"]
    opportunity.save(update_fields=["stage_since", "manual_probability"])


def close_as_won(opportunity: Opportunity, *, by: User | None) -> None:
    opportunity.status, opportunity.closed_at = Opportunity.Status.WON, timezone.now()
    _forget_loss(opportunity)
    enter_stage(opportunity, _last_stage(opportunity, Stage.Kind.WON), by=by)


def close_as_lost(opportunity: Opportunity, *, by: User | None) -> None:
    opportunity.status, opportunity.closed_at = Opportunity.Status.LOST, timezone.now()
    opportunity.save(update_fields=["status", "closed_at"])
    enter_stage(opportunity, _last_stage(opportunity, Stage.Kind.LOST), by=by)


def note_loss(
    opportunity: Opportunity,
    *,
    reason: str,
    competitor: CompetitorModel | None,
    price_amount: Decimal | None,
    dealer_name: str,
) -> None:
    """Why, and to whom: a competitor named here counts as met, at the price and dealer told last."""
    opportunity.lost_reason = reason
    opportunity.lost_to = competitor if reason == Opportunity.LostReason.COMPETITOR else None
    opportunity.save(update_fields=["lost_reason", "lost_to"])
    if competitor is not None:
        told = {"price_amount": price_amount, "dealer_name": dealer_name}
        MetCompetitor.objects.update_or_create(
            opportunity=opportunity, model=competitor, defaults={name: value for name, value in told.items() if value}
        )


def keep_open(opportunity: Opportunity) -> None:
    """The loss that was asked for is none."""
    opportunity.status = Opportunity.Status.OPEN
    _forget_loss(opportunity)


def open_again(opportunity: Opportunity, *, by: User | None) -> None:
    """Back to the open stage it was closed in, with the chance of that stage."""
    opportunity.status, opportunity.closed_at = Opportunity.Status.OPEN, None
    _forget_loss(opportunity)
    open_stages = opportunity.pipeline.stages.open()
    former = opportunity.stage_changes.filter(stage__in=open_stages).order_by("-pk").values_list("stage", flat=True)
    enter_stage(opportunity, open_stages.filter(pk__in=former[:1]).first() or _first_open(open_stages), by=by)


@transaction.atomic
def win_opportunity(opportunity_id: int, *, by: User) -> Opportunity:
    """An approved order wins its opportunity, whatever stage it was in; a second order changes nothing."""
    opportunity = _locked(opportunity_id)
    if opportunity.status != Opportunity.Status.WON:
        before = opportunity.status
        close_as_won(opportunity, by=by)
        log_status(opportunity, by=by, step="win_by_order", before=before, after=opportunity.status)
    return opportunity


@transaction.atomic
def reopen_opportunity(opportunity_id: int, *, by: User) -> Opportunity:
    """What had won it was cancelled: it is negotiated again, unless somebody had marked it won by hand."""
    opportunity = _locked(opportunity_id)
    if opportunity.status == Opportunity.Status.WON and not is_won_by_hand(opportunity):
        before = opportunity.status
        open_again(opportunity, by=by)
        log_status(opportunity, by=by, step="reopen", before=before, after=opportunity.status)
    return opportunity


def is_won_by_hand(opportunity: Opportunity) -> bool:
    won = StatusChange.objects.filter(
        content_type=ContentType.objects.get_for_model(Opportunity),
        object_id=opportunity.pk,
        after=Opportunity.Status.WON,
    )
    return won.order_by("-pk").values_list("step", flat=True).first() == "win"


@transaction.atomic
def add_competitor(*, by: User, opportunity: Opportunity, **fields) -> MetCompetitor:
    _check_changeable(_locked(opportunity.pk))
    return MetCompetitor.objects.create(opportunity=opportunity, **fields)


@transaction.atomic
def change_competitor(competitor_id: int, *, by: User, **fields) -> MetCompetitor:
    met = MetCompetitor.objects.select_related("opportunity").get(pk=competitor_id)
    _check_changeable(_locked(met.opportunity_id))
    return changed(MetCompetitor, competitor_id, fields)


def _forget_loss(opportunity: Opportunity) -> None:
    opportunity.lost_reason, opportunity.lost_to = "", None
    opportunity.save(update_fields=["status", "closed_at", "lost_reason", "lost_to"])


def _locked(opportunity_id: int) -> Opportunity:
    return Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity_id)


def _check_changeable(opportunity: Opportunity) -> None:
    if opportunity.status not in Opportunity.CHANGEABLE:
        raise RuleBroken(
            _("“%(opportunity)s” is %(status)s and can no longer be changed.")
            % {"opportunity": opportunity, "status": opportunity.get_status_display()}
        )


def _beginning(unit: Unit) -> tuple[Pipeline, Stage]:
    """The nearest pipeline that has an open stage."""
    for pipeline in Pipeline.objects.of_unit(unit):
        first = pipeline.stages.open().first()
        if first:
            return pipeline, first
    raise RuleBroken(_("No pipeline has an open stage. Ask the director to add one."))


def _first_open(stages) -> Stage:
    first = stages.first()
    if first is None:
        raise RuleBroken(_("No pipeline has an open stage. Ask the director to add one."))
    return first


def _last_stage(opportunity: Opportunity, kind: str) -> Stage:
    return opportunity.pipeline.stages.get(kind=kind)


def _products(lines: Iterable[dict]) -> list[OpportunityLine]:
    products = []
    for line in lines:
        configuration = line.get("configuration")
        if configuration and configuration.vehicle_model.series_id != line["series"].pk:
            raise RuleBroken(
                _("“%(configuration)s” is no configuration of %(series)s.")
                % {"configuration": configuration, "series": line["series"]}
            )
        price = line.get("unit_price_amount")
        if price is None:
            price = _guide_price(configuration)
        products.append(OpportunityLine(**line | {"unit_price_amount": price}))
    return products


def _guide_price(configuration: Configuration | None) -> Decimal:
    prices = Price.objects.valid_on(timezone.localdate()).filter(configuration=configuration, kind=Price.Kind.GUIDE)
    return prices.values_list("amount", flat=True).first() or Decimal(0)


def _sums(products: list[OpportunityLine]) -> dict:
    """What the lines say about the whole; without lines it is what was typed."""
    if not products:
        return {}
    return {
        "series": products[0].series,
        "quantity": sum(line.quantity for line in products),
        "amount": sum((line.quantity * line.unit_price_amount for line in products), Decimal(0)),
    }


def _write_lines(opportunity: Opportunity, products: list[OpportunityLine]) -> None:
    for line in products:
        line.opportunity = opportunity
    OpportunityLine.objects.bulk_create(products)
