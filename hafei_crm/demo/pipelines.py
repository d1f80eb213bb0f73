"""How opportunities went through their stages, what competitors were met, who gets leads, who came without a name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType

from core.models import StatusChange
from customers.models import (
    Absence,
    AssignmentRule,
    MetCompetitor,
    Opportunity,
    OpportunityLine,
    Pipeline,
    Stage,
    StageChange,
    WalkIns,
)
from hafei_crm.demo.world import World
from products.models import CompetitorModel

COUNTED_DAYS = 120
HOURS_EACH_STAGE = (30, 300)
RIVAL_DEALERS = ("远大汽车城", "通达汽贸", "新世纪汽车", "恒信名车广场")


def find_stages(world: World) -> None:
    """The stages of the company's pipeline, the open ones by their position."""
    world.pipeline = Pipeline.objects.get(unit=None).pk
    for key, kind, position in Stage.objects.filter(pipeline=world.pipeline).values_list("pk", "kind", "position"):
        world.stages[position if kind == Stage.Kind.OPEN else kind] = key
    world.competitors = list(CompetitorModel.objects.order_by("pk").values_list("pk", flat=True))


def write_opportunities(world: World, opportunities: list[dict]) -> None:
    """With the log of their stages, which says since when they stand there, and some losses to be confirmed."""
    changes = [change for opportunity in opportunities for change in _stage_changes(world, opportunity)]
    losing = [
        _ask_for_loss(world, one) for one in opportunities if one["status"] == "open" and world.rng.random() < 0.03
    ]
    world.copier.copy(Opportunity, opportunities)
    world.copier.copy(StageChange, changes)
    world.copier.copy(OpportunityLine, _lines(world, opportunities))
    world.copier.copy(MetCompetitor, _competitors(world, opportunities))
    kind = ContentType.objects.get_for_model(Opportunity).pk
    rows = ({"content_type_id": kind, "object_id": one["id"], **LOSS, "by_id": one["owner_id"]} for one in losing)
    StatusChange.objects.bulk_create([StatusChange(**row) for row in rows])


LOSS = {"step": "lose", "before": "open", "after": "losing", "note": "客户已在别处下订"}


def _stage_changes(world: World, opportunity: dict) -> Iterator[dict]:
    """Stage by stage up to where it stands; the last entry is the moment it came there."""
    last = opportunity.pop("place")
    way = list(range(1, last + 1)) if isinstance(last, int) else [*range(1, world.rng.randint(1, 3) + 1), last]
    at, end, before = opportunity["created_at"], opportunity["closed_at"], None
    for place in way:
        stage = world.stages[place]
        opportunity["stage_since"] = at
        yield {
            "opportunity_id": opportunity["id"],
            "before_id": before,
            "stage_id": stage,
            "at": at,
            "by_id": opportunity["owner_id"],
        }
        at, before = _later(world, at, end), stage


def _later(world: World, at: datetime, end: datetime | None) -> datetime:
    later = at + timedelta(hours=world.rng.randint(*HOURS_EACH_STAGE))
    return min(later, end or world.copier.now, world.copier.now)


def _ask_for_loss(world: World, opportunity: dict) -> dict:
    opportunity["status"], opportunity["lost_reason"] = "losing", "gave_up"
    return opportunity


def _lines(world: World, opportunities: list[dict]) -> Iterator[dict]:
    for one in opportunities[::2]:
        yield {
            "opportunity_id": one["id"],
            "series_id": one["series_id"],
            "quantity": one["quantity"],
            "unit_price_amount": one["amount"] // one["quantity"],
        }


def _competitors(world: World, opportunities: list[dict]) -> Iterator[dict]:
    for one in opportunities:
        model = one["lost_to_id"] or (world.rng.choice(world.competitors) if world.rng.random() < 0.3 else None)
        if model:
            yield {
                "opportunity_id": one["id"],
                "model_id": model,
                "price_amount": world.rng.randint(380, 720) * 100,
                "dealer_name": world.rng.choice(RIVAL_DEALERS),
            }


def make_showrooms(world: World) -> None:
    """A rule for each of the larger dealers, some people on leave, and parties counted at the door."""
    largest = sorted(world.shops, key=lambda shop: -shop.weight)[:8]
    world.copier.copy(
        AssignmentRule,
        (
            {
                "position": number,
                "name": f"{shop.name}轮转",
                "dealer_id": shop.key,
                "team_id": shop.unit,
                "capacity": 30,
            }
            for number, shop in enumerate(largest, start=1)
        ),
    )
    world.copier.copy(
        Absence,
        (
            {
                "person_id": shop.sellers[-1],
                "starts_on": world.today,
                "ends_on": world.today + timedelta(days=6),
                "note": "年休假",
            }
            for shop in largest[:4]
        ),
    )
    world.copier.copy(WalkIns, _walk_ins(world))


def _walk_ins(world: World) -> Iterator[dict]:
    for shop in world.shops:
        for ago in range(COUNTED_DAYS):
            count = world.rng.choice((0, 0, 0, 0, 0, 1))
            if count:
                day = world.today - timedelta(days=ago)
                yield {"on": day, "count": count, "unit_id": shop.unit, "owner_id": shop.manager}
