"""Campaigns of the regions, what they cost and the leads they brought."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.periods import add_months
from core.search import search_text
from customers.models import Lead
from hafei_crm.demo import words
from hafei_crm.demo.world import World
from marketing.models import Campaign, CampaignLead, Expense
from users.models import Unit

# name, kind, first month, days, budget in thousands of yuan
PLANS = (
    ("春季车展", "exhibition", 4, 7, 180),
    ("乡镇巡展", "roadshow", 6, 10, 60),
    ("试驾体验日", "test_drive", 9, 2, 40),
    ("国庆促销", "promotion", 10, 7, 120),
    ("线上直播卖车", "online", 11, 3, 30),
)
SHARES = (("venue", 45), ("media", 25), ("material", 15), ("gifts", 10))


def make_promotion(world: World) -> None:
    managers = dict(
        Unit.objects.filter(kind="region", people__groups__name="regional_manager").values_list("pk", "people")
    )
    campaigns = [
        _campaign(world, code, managers[world.units[code]], year, *plan)
        for code in words.REGIONS
        for year in (world.today.year - 1, world.today.year)
        for plan in PLANS
    ]
    world.copier.copy(Campaign, campaigns)
    world.copier.copy(Expense, (row for campaign in campaigns for row in _expenses(world, campaign)))
    world.copier.copy(CampaignLead, (row for campaign in campaigns for row in _leads(campaign)))


def _campaign(
    world: World, code: str, manager: int, year: int, name: str, kind: str, month: int, days: int, budget: int
) -> dict:
    region, _cities = words.REGIONS[code]
    starts_on = date(year, month, world.rng.randint(1, 20))
    ends_on = starts_on + timedelta(days=days - 1)
    number = world.number("campaign", "HD", min(starts_on, world.today))
    title = f"{year}年{region}{name}"
    status = "planned" if starts_on > world.today else "running" if ends_on >= world.today else "finished"
    return {
        "id": world.copier.key(Campaign),
        "number": number,
        "name": title,
        "kind": kind,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "place": region,
        "budget_amount": budget * 1000,
        "status": status,
        "owner_id": manager,
        "unit_id": world.units[code],
        "search_text": search_text(title, number),
    }


def _expenses(world: World, campaign: dict) -> Iterator[dict]:
    if campaign["status"] == "planned":
        return
    for kind, percent in SHARES:
        amount = round(campaign["budget_amount"] * percent / 100 * world.rng.uniform(0.8, 1.15))
        yield {
            "campaign_id": campaign["id"],
            "kind": kind,
            "amount": amount,
            "spent_on": min(campaign["starts_on"], world.today),
            "recorded_by_id": campaign["owner_id"],
        }


def _leads(campaign: dict) -> Iterator[dict]:
    """Every third lead of the region that was recorded during the campaign or in the four weeks after it."""
    if campaign["status"] == "planned":
        return
    until = add_months(campaign["ends_on"], 1)
    unit = Unit.objects.get(pk=campaign["unit_id"])
    leads = Lead.objects.filter(
        unit__path__startswith=unit.path, recorded_at__date__range=(campaign["starts_on"], until)
    )
    for key, recorded_at in leads.order_by("pk").values_list("pk", "recorded_at")[::3]:
        yield {
            "campaign_id": campaign["id"],
            "lead_id": key,
            "added_by_id": campaign["owner_id"],
            "added_at": recorded_at,
        }
